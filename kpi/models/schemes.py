"""Models of schemes and assessments."""
