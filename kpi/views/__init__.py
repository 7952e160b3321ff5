"""Pages of key figures."""
