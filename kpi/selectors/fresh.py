"""How fresh figures are: which half hours have calls that are not counted yet."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from calls.querysets import WHOLE_CENTRE
from kpi.models.rollups import StaleSlot

ZONES: Final = timedelta(hours=15)
"""No wall clock is further than this from UTC."""
LIVE: Final = timedelta(hours=1)
"""Calls of the last hour come in all the time, and are counted some seconds later: that is not worth a word."""


def uncounted(user: Any, first: date, last: date, *, now: datetime) -> int:
    """Return how many half hours of these days, at the sites that the person sees, have changes that are not counted yet.

    The last hour before `now` is left out.
    """
    begin, end = (datetime.combine(day, at, UTC) for day, at in ((first, time()), (last, time.max)))
    slots = StaleSlot.objects.filter(at__range=(begin - ZONES, min(end + ZONES, now - LIVE)))
    if not user.holds(*WHOLE_CENTRE):
        slots = slots.filter(site__in={*user.site_ids, user.site_id})
    return slots.values("site", "at").distinct().count()
