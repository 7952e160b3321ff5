"""The early warnings of the latest day with calls, as the watch would have raised them, and what a lead did about one."""

from datetime import datetime, timedelta

from calls.models import Source
from kpi.enums.warnings import DeedKind, Subject
from kpi.models import EarlyWarning
from kpi.selectors.answering import answering_for
from kpi.services import rollups, warnings, watch

HALF_HOUR = timedelta(minutes=30)
SOON = timedelta(minutes=10)
DAY = 20
"""Half hours from the first call of a day to the last."""


def seed(*, now: datetime) -> None:
    """Watch the latest day half hour by half hour, up to `now`; a lead answers the first warning about a team."""
    source = Source.objects.filter(site__code="harbour").latest("last_at")
    rollups.refresh_all()
    last = min(now, (source.last_at or now) + HALF_HOUR)
    for back in range(DAY, -1, -1):
        watch.sweep(now=last - back * HALF_HOUR)
        if back == DAY // 2:
            _answer(last - back * HALF_HOUR + SOON)


def _answer(now: datetime) -> None:
    row = EarlyWarning.objects.open().exclude(kind=Subject.SITE).order_by("pk").first()
    people = answering_for([row], now=now)[row.pk] if row else []
    if row and people:
        warnings.record_deed(
            actor=people[0],
            warning_id=row.pk,
            kind=DeedKind.COACHED,
            note="一起听了三通电话，先确认问题再查资料。Listened to three calls together: first the question, then the search.",
            now=now,
        )
