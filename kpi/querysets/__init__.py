"""Row scopes of key figures; one module for each concern."""
