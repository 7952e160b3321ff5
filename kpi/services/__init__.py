"""Every write about key figures; a module for each concern."""
