"""How the lists of rosters are narrowed; a module for each concern."""
