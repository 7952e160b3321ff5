"""Roll-ups of calls."""
