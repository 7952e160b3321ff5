"""What the auto-roster is asked: people, what they may work, and how many heads are needed. Plain data, no clock.

Instants are whole minutes from any one origin, half hours are numbered from the same origin, and days count from the
first one of the roster; what lies before or after it has negative or larger days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

STEP = 30
WEEK = 7
PRIORITIES = {1: 100, 2: 10, 3: 1}
"""How much a wish of each priority weighs."""

Cell = tuple[int, int | None]
"""A half hour and a skill; without a skill it means everybody who is there."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A pattern on a day: from and to, the minutes that count as work, and which half hours are staffed.

    `staffed` has an entry for each way of placing the breaks.
    """

    day: int
    pattern: int
    start: int
    end: int
    working: int
    staffed: tuple[tuple[int, ...], ...]
    is_night: bool = False
    is_weekend: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A shift that stays: locked by hand, or of another roster. One `inside` is of this roster and counts for shares.

    `staffed` are the half hours of this roster in which it covers something.
    """

    day: int
    start: int
    end: int
    working: int
    staffed: tuple[int, ...] = ()
    skill: int | None = None
    inside: bool = False
    is_night: bool = False
    is_weekend: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A skill from one day until another, the second not included."""

    skill: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for one day: it is broken by a pattern in `unwanted`, or by anything but one in `wanted`, if that says any.

    `key` names the standing rule it comes from, `weight` says how much breaking it costs.
    """

    key: int
    day: int
    weight: int
    unwanted: frozenset[int] = frozenset()
    wanted: frozenset[int] = frozenset()

    def is_broken_by(self, pattern: int | None) -> bool:
        """Say whether working `pattern`, or nothing, on its day breaks it."""
        return pattern in self.unwanted or bool(self.wanted and pattern not in self.wanted)


@dataclass(frozen=True, slots=True)
class Limits:
    """What nobody may be made to break. The ones with None or an empty value do not hold.

    `least_minutes`, `most_minutes` and `most_weekends` count the whole roster, `most_of` the shifts of a pattern in it.
    A row of days at work or off that touches an end of the roster need not have its least length.
    """

    rest_minutes: int = 11 * 60
    days_in_row: int = 6
    weekly_minutes: int | None = 40 * 60
    most_minutes: int | None = None
    least_minutes: int = 0
    least_days_in_row: int = 1
    least_days_off: int = 1
    most_weekends: int | None = None
    most_of: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to roster; `away` are the times in which they cannot work."""

    key: int
    skills: tuple[Held, ...] = ()
    limits: Limits = Limits()
    away: tuple[tuple[int, int], ...] = ()
    fixed: tuple[Fixed, ...] = ()
    wishes: tuple[Wish, ...] = ()

    def skills_on(self, day: int) -> frozenset[int]:
        """Return the skills that the person has on a day."""
        return frozenset(held.skill for held in self.skills if held.since <= day < held.until)


@dataclass(frozen=True, slots=True)
class Need:
    """Heads needed; one too few costs `under`, one too many `over`."""

    heads: int
    under: int = 1
    over: int = 1


@dataclass(frozen=True)
class Problem:
    """Fill the days from 0 to `days`. `first_weekday` is that of day 0, 0 for Monday; weeks begin on Mondays.

    `barred` names pairs of patterns of which the second may not follow the first on the next day. When it `is_strict`,
    cover comes before all wishes and these before fair shares and heads too many; else costs are simply added.
    """

    days: int
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    need: Mapping[Cell, Need]
    first_weekday: int = 0
    barred: frozenset[tuple[int, int]] = frozenset()
    is_strict: bool = True

    @cached_property
    def duty(self) -> dict[tuple[int, int], Duty]:
        """Return the duties by day and pattern."""
        return {(duty.day, duty.pattern): duty for duty in self.duties}

    @cached_property
    def duties_of(self) -> dict[int, tuple[Duty, ...]]:
        """Return the duties of each day."""
        return {day: tuple(duty for duty in self.duties if duty.day == day) for day in range(self.days)}

    @cached_property
    def skills(self) -> frozenset[int]:
        """Return the skills that are asked for."""
        return frozenset(skill for _, skill in self.need if skill is not None)

    def week(self, day: int) -> int:
        """Return the number of the week that a day lies in; the one that day 0 lies in is 0."""
        return (day + self.first_weekday) // WEEK

    def is_weekend(self, day: int) -> bool:
        """Say whether a day is a Saturday or a Sunday."""
        return (day + self.first_weekday) % WEEK >= WEEK - 2


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody is to work on a day: the pattern, the skill they serve, and which placing of the breaks."""

    pattern: int
    skill: int | None = None
    breaks: int = 0


Plan = dict[tuple[int, int], Given]
"""What is proposed, by the person's key and the day."""

Works = dict[tuple[int, int], int]
"""Which pattern is worked, by the person's key and the day."""
