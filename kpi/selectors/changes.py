"""Which figures are new since somebody asked: versions and changed intervals, known without counting calls."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Sum
from django.utils import timezone

from agents.models import Site
from calls.querysets import WHOLE_CENTRE
from kpi.metrics import REGISTRY
from kpi.models import Change, StaleSlot, Version
from kpi.selectors.counting.pieces import RAW_CALLS
from kpi.selectors.counting.plan import plan
from kpi.selectors.counting.scope import Scope

if TYPE_CHECKING:
    from kpi.selectors.series import Question

OVERLAP: Final = timedelta(minutes=1)
"""What was noted in the last minute may not be seen yet; so it is told twice rather than not at all."""
DATED: Final = ("30m", "hour", "day", "week", "month")
"""Intervals that lie at one place in time, and so can change by themselves."""


def version(user: Any) -> str:
    """Return what changes whenever figures from roll-ups do: how often they were counted anew, and who sees which of them."""
    counted = Version.objects.aggregate(total=Sum("number"))["total"] or 0
    seen = (
        "all"
        if user.holds(*WHOLE_CENTRE)
        else f"{user.pk}:{sorted(user.site_ids)}:{sorted(user.led_team_ids)}"
    )
    return f"{counted}:{seen}:{timezone.localdate()}"


def waiting() -> int:
    """Return how many half hours have changed and are not counted anew yet."""
    return StaleSlot.objects.values("site", "at").distinct().count()


def watermark(now: datetime) -> datetime:
    """Return the instant to ask from the next time, so that nothing is missed."""
    return now - OVERLAP


def changed(question: "Question", since: datetime) -> set[str]:
    """Return the intervals of a dated question whose calls were counted anew at `since` or later, as `series` names them."""
    first = datetime.combine(question.start, time())
    last = datetime.combine(question.end + timedelta(days=1), time())
    found = Change.objects.filter(changed_at__gte=since, at__gte=first, at__lt=last)
    if site := dict(question.filters).get("site"):
        found = found.filter(site__in=Site.objects.filter(code=site).values("pk"))
    return set(_named(found.values_list("at", flat=True).distinct(), question.interval))


def _named(halves: Iterable[datetime], interval: str) -> Iterable[str]:
    for at in halves:
        if interval == "30m":
            yield at.isoformat(timespec="minutes")
        elif interval == "hour":
            yield at.replace(minute=0).isoformat(timespec="minutes")
        elif interval == "month":
            yield f"{at:%Y-%m}"
        else:
            yield day_of(at.date(), interval).isoformat()


def day_of(day: date, interval: str) -> date:
    """Return the first day of the interval that a day lies in."""
    if interval == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if interval == "month" else day


def is_rolled(user: Any, question: "Question") -> bool:
    """Say whether an answer hangs on nothing but roll-ups: then its version is known without making it."""
    parts = {part for key in question.metrics for part in REGISTRY[key].parts}
    if any(part.source != "calls" for part in parts):
        return False
    pieces = plan(question, Scope.of(user), parts)
    return all(piece.table is not RAW_CALLS for piece in pieces)
