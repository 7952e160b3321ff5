"""The search over everything: each app finds its own (settings.SEARCHES)."""
