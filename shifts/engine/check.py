"""Reads a finished plan day by day and says which rules it breaks. It shares nothing with the search but the data."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from shifts.engine.problem import Given, Limits, Person, Plan, Problem


class Rule(StrEnum):
    """Which rule."""

    UNKNOWN = "unknown"
    AWAY = "away"
    SKILL = "skill"
    OVERLAP = "overlap"
    REST = "rest"
    ORDER = "order"
    ROW = "row"
    WEEK = "week"
    MINUTES = "minutes"
    SHORT_ROW = "short_row"
    SHORT_OFF = "short_off"
    WEEKENDS = "weekends"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken for a person; `day` is the first day concerned. Minutes or days: `found` against `limit`.

    `is_given` says that the shifts that stay break it alone, whatever is proposed.
    """

    person: int
    rule: Rule
    day: int
    found: int = 0
    limit: int = 0
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class _Shift:
    day: int
    start: int
    end: int
    working: int
    pattern: int | None
    is_new: bool


def check(problem: Problem, plan: Plan) -> list[Broken]:
    """Return every rule that the plan breaks, with what the shifts that stay break of themselves."""
    known = {person.key for person in problem.people}
    found = [Broken(key, Rule.UNKNOWN, day) for key, day in plan if key not in known]
    for person in problem.people:
        days = {day: given for (key, day), given in plan.items() if key == person.key}
        found += _check_person(problem, person, days)
    return found


def _check_person(problem: Problem, person: Person, days: dict[int, Given]) -> Iterator[Broken]:
    shifts = [_Shift(one.day, one.start, one.end, one.working, None, is_new=False) for one in person.fixed]
    for day, given in days.items():
        match = [duty for duty in problem.duties if (duty.day, duty.pattern) == (day, given.pattern)]
        if not match or not 0 <= given.breaks < len(match[0].staffed):
            yield Broken(person.key, Rule.UNKNOWN, day)
            continue
        duty = match[0]
        shifts.append(_Shift(day, duty.start, duty.end, duty.working, duty.pattern, is_new=True))
        if any(start < duty.end and end > duty.start for start, end in person.away):
            yield Broken(person.key, Rule.AWAY, day)
        if given.skill is not None and not any(
            held.skill == given.skill and held.since <= day < held.until for held in person.skills
        ):
            yield Broken(person.key, Rule.SKILL, day)
    shifts.sort(key=lambda one: (one.start, one.end))
    yield from _neighbours(problem, person, shifts)
    yield from _rows(person, shifts)
    yield from _weeks(problem, person, shifts)
    yield from _whole(problem, person, [one for one in shifts if 0 <= one.day < problem.days])


def _neighbours(problem: Problem, person: Person, shifts: list[_Shift]) -> Iterator[Broken]:
    for first, second in pairwise(shifts):
        rest, given = second.start - first.end, not (first.is_new or second.is_new)
        least = person.limits.rest_minutes
        if rest < 0 or first.day == second.day:
            yield Broken(person.key, Rule.OVERLAP, second.day, max(0, -rest), 0, given)
        elif rest < least:
            yield Broken(person.key, Rule.REST, second.day, rest, least, given)
        if second.day - first.day == 1 and (first.pattern, second.pattern) in problem.barred:
            yield Broken(person.key, Rule.ORDER, second.day)


def _rows(person: Person, shifts: list[_Shift]) -> Iterator[Broken]:
    limit, row, new = person.limits.days_in_row, 0, False
    last: int | None = None
    for day in sorted({shift.day for shift in shifts}):
        is_new = any(shift.is_new for shift in shifts if shift.day == day)
        row, new = (row + 1, new or is_new) if last == day - 1 else (1, is_new)
        last = day
        if row > limit:
            yield Broken(person.key, Rule.ROW, day, row, limit, not new)


def _weeks(problem: Problem, person: Person, shifts: list[_Shift]) -> Iterator[Broken]:
    limit = person.limits.weekly_minutes
    monday = -problem.first_weekday
    while limit is not None and monday < problem.days:
        week = [shift for shift in shifts if monday <= shift.day < monday + 7]
        worked = sum(shift.working for shift in week)
        if worked > limit:
            yield Broken(
                person.key, Rule.WEEK, monday, worked, limit, not any(shift.is_new for shift in week)
            )
        monday += 7


def _whole(problem: Problem, person: Person, shifts: list[_Shift]) -> Iterator[Broken]:
    """Check the limits that count the whole roster."""
    limits, worked = person.limits, sum(shift.working for shift in shifts)
    given = not any(shift.is_new for shift in shifts)
    if worked < limits.least_minutes:
        yield Broken(person.key, Rule.MINUTES, 0, worked, limits.least_minutes, given)
    if limits.most_minutes is not None and worked > limits.most_minutes:
        yield Broken(person.key, Rule.MINUTES, 0, worked, limits.most_minutes, given)
    for pattern, most in limits.most_of:
        count = sum(shift.pattern == pattern for shift in shifts)
        if count > most:
            yield Broken(person.key, Rule.TOO_OFTEN, 0, count, most, given)
    weekends = {
        (shift.day + problem.first_weekday) // 7
        for shift in shifts
        if (shift.day + problem.first_weekday) % 7 in {5, 6}
    }
    if limits.most_weekends is not None and len(weekends) > limits.most_weekends:
        yield Broken(person.key, Rule.WEEKENDS, 0, len(weekends), limits.most_weekends, given)
    yield from _short_rows(problem, person.key, limits, {shift.day for shift in shifts})


def _short_rows(problem: Problem, key: int, limits: Limits, worked: set[int]) -> Iterator[Broken]:
    """Find rows of days alike that are too short; one at an end of the roster may go on outside it."""
    begin = 0
    for day in range(1, problem.days + 1):
        if day < problem.days and (day in worked) == (begin in worked):
            continue
        at_work = begin in worked
        least = limits.least_days_in_row if at_work else limits.least_days_off
        if begin > 0 and day < problem.days and day - begin < least:
            yield Broken(key, Rule.SHORT_ROW if at_work else Rule.SHORT_OFF, begin, day - begin, least)
        begin = day
