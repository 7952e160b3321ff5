"""Lists about key figures."""
