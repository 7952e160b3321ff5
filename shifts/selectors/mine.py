"""What an agent sees of each of their days: published shifts, leave, changes that wait, meetings, attendance."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agents.models import User
from shifts.enums import BreakKind, ChangeState, LeaveState, OccupancyKind, RosterState
from shifts.models import Attendance, Change, Correction, Leave, Occupancy, Roster

WAITING = (ChangeState.ASKED, ChangeState.ACCEPTED)
SHOWN_LEAVE = (LeaveState.REQUESTED, LeaveState.APPROVED, LeaveState.FILED)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A regular meeting of the house (domain §3), and its begin on a day."""

    label: str | Promise
    at: time
    weekday: int | None = None
    """1 for Monday to 7; None is every day."""
    after_work: bool = False
    """It follows the shift instead of lying within it."""


MEETINGS = (
    Meeting(_("Daily briefing"), time(9)),
    Meeting(_("Evening report"), time(18)),
    Meeting(_("Weekly meeting"), time(18), weekday=6, after_work=True),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a shift between two instants: at work, or a break of a kind."""

    kind: OccupancyKind
    starts_at: datetime
    ends_at: datetime
    break_kind: BreakKind | None = None

    @property
    def label(self) -> str | Promise:
        """What it is, in words."""
        return (self.break_kind or self.kind).label

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class MyShift:
    """A published shift as leave has left it. Instants are UTC, `day` is the local day on which it begins."""

    pk: int
    day: date
    code: str
    name: str
    colour: int
    skill: str
    site: str
    note: str
    changed_at: datetime
    """When it was published last, or cut by leave after that."""
    parts: tuple[Part, ...]

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return self.parts[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.parts[-1].ends_at

    @property
    def breaks(self) -> tuple[Part, ...]:
        """The breaks in it."""
        return tuple(part for part in self.parts if part.kind == OccupancyKind.BREAK)

    @property
    def minutes(self) -> int:
        """Minutes at work, breaks left out."""
        return sum(part.minutes for part in self.parts if part.kind == OccupancyKind.WORK)


@dataclass(frozen=True, slots=True)
class Day:
    """One local day of a person."""

    date: date
    is_today: bool
    is_published: bool
    """Whether the site's roster of this day is published: without a shift, it is free then."""
    shifts: tuple[MyShift, ...]
    leave: tuple[Leave, ...]
    changes: tuple[Change, ...]
    corrections: tuple[Correction, ...]
    meetings: tuple[Meeting, ...]
    attendance: tuple[Attendance, ...]

    @property
    def minutes(self) -> int:
        """Minutes at work."""
        return sum(shift.minutes for shift in self.shifts)


def days(person: User, since: date, until: date, now: datetime) -> list[Day]:
    """Return the person's local days from `since` until before `until`, in order; six queries, however many days."""
    zone = ZoneInfo(person.time_zone)
    shifts = _by_day((shift.day, shift) for shift in shifts_of(person, since, until))
    leave = _by_day(_leave(person, since, until, zone))
    changes = _by_day(_changes(person, since, until))
    attendance = Attendance.objects.filter(person=person, day__gte=since, day__lt=until).order_by("begins_at")
    attended = _by_day((row.day, row) for row in attendance)
    asked = Correction.objects.filter(person=person, shift__day__gte=since, shift__day__lt=until)
    corrections = _by_day((row.shift.day, row) for row in asked.select_related("shift").order_by("asked_at"))
    rosters = Roster.objects.filter(site=person.site_id, state=RosterState.PUBLISHED)
    told = list(rosters.filter(period__overlap=(since, until)).values_list("period", flat=True))
    today = now.astimezone(zone).date()
    every = (since + DAY * number for number in range((until - since).days))
    return [
        Day(
            day,
            is_today=day == today,
            is_published=bool(shifts[day]) or any(day in period for period in told),
            shifts=tuple(shifts[day]),
            leave=tuple(leave[day]),
            changes=tuple(changes[day]),
            corrections=tuple(corrections[day]),
            meetings=tuple(_meetings(shifts[day], zone)),
            attendance=tuple(attended[day]),
        )
        for day in every
    ]


def shifts_of(person: User, since: date, until: date) -> list[MyShift]:
    """Return the person's published shifts that begin on a local day from `since` until before `until`; one query."""
    pieces = Occupancy.objects.filter(person=person, shift__day__gte=since, shift__day__lt=until)
    cuts = Leave.objects.filter(
        person=OuterRef("person"),
        starts_at__lt=OuterRef("shift__published_ends_at"),
        ends_at__gt=OuterRef("shift__published_starts_at"),
    )
    pieces = pieces.annotate(
        cut_at=Subquery(cuts.order_by(F("decided_at").desc(nulls_last=True)).values("decided_at")[:1])
    )
    rows: list[Any] = list(pieces.select_related("shift__pattern", "skill", "site").order_by("period"))
    kinds = _kinds_of_breaks(row.shift for row in rows)
    parts: dict[int, list[Part]] = defaultdict(list)
    for row in rows:
        parts[row.shift_id].append(_part(row, kinds))
    first = {row.shift_id: row for row in reversed(rows)}
    return [_my_shift(first[key], tuple(found)) for key, found in parts.items()]


def _by_day(pairs: Iterable[tuple[date, Any]]) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = defaultdict(list)
    for day, row in pairs:
        found[day].append(row)
    return found


def _kinds_of_breaks(shifts: Iterable[Any]) -> dict[tuple[int, datetime], BreakKind]:
    """Return the kind of each break by its shift and its begin, as agents were told."""
    told = ((shift.pk, one) for shift in shifts for one in shift.published_breaks)
    return {(pk, datetime.fromisoformat(one["starts_at"])): BreakKind(one["kind"]) for pk, one in told}


def _part(row: Any, kinds: dict[tuple[int, datetime], BreakKind]) -> Part:
    kind = OccupancyKind(row.kind)
    found = None
    if kind == OccupancyKind.BREAK:
        # What leave has cut at its begin is found no more.
        found = kinds.get((row.shift_id, row.period.lower), BreakKind.REST)
    return Part(kind, row.period.lower, row.period.upper, found)


def _my_shift(row: Any, parts: tuple[Part, ...]) -> MyShift:
    shift = row.shift
    # Until it is published, what a draft has made of a shift is nobody's to see.
    is_as_told = (shift.starts_at, shift.ends_at) == (shift.published_starts_at, shift.published_ends_at)
    pattern = shift.pattern if is_as_told else None
    return MyShift(
        pk=shift.pk,
        day=shift.day,
        code=pattern.code if pattern else "",
        name=pattern.name if pattern else "",
        colour=pattern.colour if pattern else 1,
        skill=str(row.skill or ""),
        site=str(row.site),
        note=shift.note if is_as_told else "",
        changed_at=max(shift.published_at, row.cut_at or shift.published_at),
        parts=parts,
    )


def _leave(person: User, since: date, until: date, zone: ZoneInfo) -> Iterable[tuple[date, Leave]]:
    begin, end = (datetime.combine(day, time(), zone) for day in (since, until))
    rows = Leave.objects.filter(person=person, state__in=SHOWN_LEAVE, starts_at__lt=end, ends_at__gt=begin)
    for row in rows.select_related("type").order_by("starts_at"):
        day = max(row.starts_at.astimezone(zone).date(), since)
        # An end at midnight is no part of the next day.
        last = min((row.ends_at - timedelta(seconds=1)).astimezone(zone).date(), until - DAY)
        while day <= last:
            yield day, row
            day += DAY


def _changes(person: User, since: date, until: date) -> Iterable[tuple[date, Change]]:
    mine = Q(person=person) | Q(colleague=person)
    inside = Q(shift__day__gte=since, shift__day__lt=until)
    other = Q(other_shift__day__gte=since, other_shift__day__lt=until)
    rows = Change.objects.filter(mine, inside | other, state__in=WAITING)
    for row in rows.select_related("shift", "other_shift", "person", "colleague").order_by("asked_at"):
        touched = {row.shift.day, *([row.other_shift.day] if row.other_shift else [])}
        yield from ((day, row) for day in sorted(touched))


def _meetings(shifts: list[MyShift], zone: ZoneInfo) -> Iterable[Meeting]:
    for meeting in MEETINGS:
        if any(_takes_part(meeting, shift, zone) for shift in shifts):
            yield meeting


def _takes_part(meeting: Meeting, shift: MyShift, zone: ZoneInfo) -> bool:
    if meeting.weekday not in (None, shift.day.isoweekday()):
        return False
    at = datetime.combine(shift.day, meeting.at, zone)
    return shift.starts_at <= at and (meeting.after_work or at < shift.ends_at)
