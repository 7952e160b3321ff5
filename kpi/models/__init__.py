"""Roll-ups, targets, schemes and assessments, warnings."""
