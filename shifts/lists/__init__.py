"""The lists of rosters; a module for each concern."""
