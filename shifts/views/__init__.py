"""Pages of rosters; a module for each concern."""
