"""From rows to a frozen clock. Each process keeps what it has built, by the calendar's revision."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from callcenter.errors import DomainError, NotFound
from callcenter.worktime import china, parsing
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.enums import Base, DayKind
from callcenter.worktime.models import Calendar, CalendarDay
from callcenter.worktime.spec import Spec

Revision = tuple[UUID, UUID | None]
TOLD = ("time_zone", "weekly", "base", "revision", "parent__revision")
"""What a clock is built from, and when that changed."""
# Put together by the framework it would cost a page more than the answer.
REVISIONS = """
SELECT calendar.id, calendar.revision, company.revision
  FROM worktime_calendar AS calendar LEFT JOIN worktime_calendar AS company ON company.id = calendar.parent_id
 WHERE calendar.id = ANY(%s)
"""
_built: dict[int, tuple[Revision, WorkHours]] = {}


def load(calendar_id: int) -> WorkHours:
    """Return the clock of one calendar, as its rows are now. One query while nothing has changed."""
    return load_many([calendar_id])[calendar_id]


def load_by_code(code: str) -> WorkHours:
    """Return the clock of the calendar named `code`; `CN` is built in and needs no database."""
    if code == "CN":
        return china.CN
    calendar_id = Calendar.objects.filter(code=code).values_list("pk", flat=True).first()
    if calendar_id is None:
        raise DomainError(_("There is no calendar “%s”.") % code[:60], code="unknown", field="calendar")
    return load(calendar_id)


def load_many(calendar_ids: Collection[int]) -> dict[int, WorkHours]:
    """Return the clocks of several calendars: one query while nothing has changed, two more if something has."""
    if not calendar_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(REVISIONS, [list(calendar_ids)])
        revisions = cursor.fetchall()
    if missing := set(calendar_ids) - {pk for pk, *_revisions in revisions}:
        raise NotFound(_("There is no calendar number %s.") % min(missing), field="calendar")
    return as_of(revisions)


def as_of(told: Iterable[tuple[int, UUID, UUID | None]]) -> dict[int, WorkHours]:
    """Return the clocks of calendars (key, own revision, that of the calendar above) that were read just now: no query while nothing has changed, else two."""
    revisions = {pk: (own, above) for pk, own, above in told}
    stale = [pk for pk, revision in revisions.items() if pk not in _built or _built[pk][0] != revision]
    if stale:
        rows = list(Calendar.objects.filter(pk__in=stale).select_related("parent").only(*TOLD).order_by())
        wanted = {row.pk for row in rows} | {row.parent_id for row in rows}
        days = list(CalendarDay.objects.filter(calendar__in=wanted - {None}))
        for row in rows:
            _built[row.pk] = (_revision(row), WorkHours(spec_of(row, days)))
    return {pk: _built[pk][1] for pk in revisions}


def revision(calendar_id: int) -> str:
    """Return the mark of what a calendar says now, its company's exceptions included: another one, other hours."""
    return revisions([calendar_id])[calendar_id]


def revisions(calendar_ids: Collection[int] | None = None) -> dict[int, str]:
    """Return the marks of these calendars, of all without any: of what they and their company's say, and of the holidays known."""
    rows = Calendar.objects.order_by()
    wanted = rows if calendar_ids is None else rows.filter(pk__in=calendar_ids)
    found = wanted.values_list("pk", "revision", "parent__revision")
    return {pk: f"{own}/{above or ''}/{china.EDITION}" for pk, own, above in found}


def spec_of(calendar: Calendar, days: Collection[CalendarDay]) -> Spec:
    """Return what a calendar says; of `days` those of its parent and its own count, its own first."""
    by_date: dict[date, CalendarDay] = {}
    for owner in (calendar.parent_id, calendar.pk):
        by_date.update({day.date: day for day in days if day.calendar_id == owner})
    kinds = {kind: {at for at, day in by_date.items() if day.kind == kind} for kind in DayKind}
    return Spec(
        zone=parsing.zone(calendar.time_zone),
        weekly=parsing.weekly(calendar.weekly),
        holidays=frozenset(kinds[DayKind.HOLIDAY]),
        overrides={at: parsing.hours(day.hours) for at, day in by_date.items() if day.hours},
        worked=frozenset(kinds[DayKind.WORKING]),
        public=china.year_days if calendar.base == Base.CHINA else None,
    )


def _revision(calendar: Calendar) -> Revision:
    return calendar.revision, calendar.parent.revision if calendar.parent else None
