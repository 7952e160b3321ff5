"""Closed lists of key figures; a module for each concern."""
