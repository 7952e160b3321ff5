"""What people type about people and places: shape only, no rules."""
