"""Models of early warnings."""
