"""Roll-ups, targets, schemes and assessments, warnings."""

from kpi.models.targets import Target as Target
