"""What may be wanted of a figure: as a target, or as the goal of an aim."""

from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from kpi.measures import Metric


def check_wanted(metric: Metric, value: float, *, field: str) -> None:
    """Raise DomainError for a value, in the unit of the metric, that it can never have."""
    if 0 <= value <= metric.most:
        return
    most = f"{metric.most:g} (100 %)" if metric.unit == "share" else f"{metric.most:g}"
    raise DomainError(
        _("A target of this figure lies between 0 and %(most)s.") % {"most": most},
        field=field,
        mend=_("Enter a value in between."),
    )
