"""What people type about feedback: shape only, no rules."""
