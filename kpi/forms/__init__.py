"""What people fill in about key figures."""
