"""Roll-ups, targets, schemes and assessments, warnings."""

from kpi.models.targets import Target as Target
from kpi.models.warnings import EarlyWarning as EarlyWarning
from kpi.models.warnings import WarningDeed as WarningDeed
from kpi.models.warnings import WarningMail as WarningMail
from kpi.models.warnings import WarningPolicy as WarningPolicy
from kpi.models.warnings import WarningReading as WarningReading
