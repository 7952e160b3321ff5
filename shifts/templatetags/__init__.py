"""What the templates of rosters draw with."""
