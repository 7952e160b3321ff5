"""What a change would move, and what stands against it. Pure.

Of each person it looks at the published shifts of some weeks around the change: what is broken there already, and no
further by the change, does not stand against it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shifts import limits
from shifts.enums import STEP_MINUTES
from shifts.limits import Broken, Limits, Span

Period = tuple[datetime, datetime]
STEP = timedelta(minutes=STEP_MINUTES)
LONGEST = timedelta(hours=16)
"""As long as a pattern may be."""


class Times(NamedTuple):
    """When a shift is to begin and to end."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A shift that goes from its `giver` (None: it is open) to a `taker`, at the times of `new`. One who keeps it is both."""

    shift: int
    giver: int | None
    taker: int
    old: Span
    new: Span
    skill: int | None = None


@dataclass(frozen=True)
class Working:
    """What is known of a person: published shifts by key, leave, what they can do until when, what they may work.

    `skills` are those that any shift of the change asks for and the person has, each with the days on which they have it.
    """

    person: int
    spans: Mapping[int, Span] = field(default_factory=dict)
    away: Sequence[Period] = ()
    skills: Mapping[int, Sequence[tuple[date, date]]] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def can(self, skill: int | None, day: date) -> bool:
        """Say whether the person has the skill on the day."""
        return skill is None or any(since <= day < until for since, until in self.skills.get(skill, ()))

    def broken(self, zone: ZoneInfo) -> list[Broken]:
        """Return the limits that are broken as it is."""
        return limits.broken(list(self.spans.values()), self.limits, zone)

    def is_away(self, span: Span) -> bool:
        """Say whether leave lies in the time of the span."""
        return any(since < span.ends_at and span.starts_at < until for since, until in self.away)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands against a change: `code` for machines, whose it is (None: the site's), what it is.

    Codes: overlap, rest, days, week, skill, leave, cover, notice, flexible.
    """

    code: str
    about: Broken | Promise | str
    person: int | None = None

    @property
    def words(self) -> str:
        """Say it in the reader's language."""
        return self.about.words if isinstance(self.about, Broken) else str(self.about)


def against(working: Working, moves: Sequence[Move], zone: ZoneInfo) -> Iterator[Obstacle]:
    """Yield what stands against these moves on the side of one person who gives or takes."""
    given = [move for move in moves if move.giver == working.person]
    taken = [move for move in moves if move.taker == working.person]
    for move in taken:
        if move.giver != working.person and not working.can(move.skill, move.new.day):
            yield Obstacle("skill", _("The skill that the shift asks for is missing."), working.person)
    touched = [move.old for move in given] + [move.new for move in taken]
    if any(working.is_away(span) for span in touched):
        yield Obstacle("leave", _("Leave lies in the time of the shift."), working.person)
    if taken:
        yield from (Obstacle(one.code, one, working.person) for one in _broken(working, given, taken, zone))


def _broken(working: Working, given: Iterable[Move], taken: Iterable[Move], zone: ZoneInfo) -> list[Broken]:
    gone = {move.shift for move in given}
    kept = [span for key, span in working.spans.items() if key not in gone]
    after = limits.broken([*kept, *(move.new for move in taken)], working.limits, zone)
    return limits.added(working.broken(zone), after) if after else []


def fits(working: Working, moves: Sequence[Move], zone: ZoneInfo) -> bool:
    """Say whether nothing stands against the moves on the side of this person."""
    return next(against(working, moves, zone), None) is None


def due_at(days: Iterable[date], notice_days: int, zone: ZoneInfo) -> datetime:
    """Return from when on it is too late: the local midnight after the day that is `notice_days` before the earliest shift."""
    first = min(days) - timedelta(days=notice_days - 1)
    return datetime.combine(first, time(), zone)


def with_times(old: Span, starts_at: datetime, ends_at: datetime) -> Span:
    """Return the span at other times; what it grows or shrinks by is work."""
    grown = (ends_at - starts_at) - (old.ends_at - old.starts_at)
    return Span(starts_at, ends_at, old.day, old.working_minutes + int(grown / limits.MINUTE))


def without(period: Period, breaks: Iterable[Period]) -> Iterator[Period]:
    """Yield what is left of a period when the breaks are cut out of it."""
    since, until = period
    for begins, ends in sorted(breaks):
        if since < min(begins, until):
            yield since, min(begins, until)
        since = max(since, ends)
    if since < until:
        yield since, until
