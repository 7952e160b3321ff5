"""Every write to rosters; a module for each concern."""
