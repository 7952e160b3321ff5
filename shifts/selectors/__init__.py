"""What pages and services read of rosters."""
