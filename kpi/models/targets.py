"""Models of targets."""
