"""Months are judged by figures that are counted to the end, never by those of calls that still wait to be counted."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from agents.selectors import DAY_OF_CENTRE
from callcenter.errors import Conflict
from kpi import months
from kpi.models.rollups import StaleSlot
from kpi.services import rollups

ZONES = timedelta(days=1)
"""No site's day is further than this from the centre's."""


def count_month(month: date) -> None:
    """Count the calls of a month that wait for it; a Conflict while another worker still counts some."""
    first, last = (
        datetime.combine(day, time(), DAY_OF_CENTRE) for day in (month - ZONES, months.after(month) + ZONES)
    )
    waiting = StaleSlot.objects.filter(at__gte=first, at__lt=last)
    if not waiting.exists():
        return
    rollups.refresh_all()
    if waiting.exists():
        raise Conflict(
            _("Calls of %(month)s are still being counted.") % {"month": f"{month:%Y-%m}"},
            mend=_("Compute it again in some minutes."),
        )
