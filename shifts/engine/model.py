"""The roster as constraints for CP-SAT: what one person may work, and what the heads at work cover.

People are told apart only by what they may work. Which skill a head serves and when its break is are counted by skills,
day and pattern, and dealt out afterwards: equal heads need not be told apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from shifts.engine.options import may_follow
from shifts.engine.problem import Cell, Duty, Person, Problem, Works
from shifts.engine.score import fixed_heads, inside, need_of

Model = cp_model.CpModel
AnyModel = Any
"""A model of either solver: they read alike."""
Linear = Any
Heads = Mapping[tuple[frozenset[int], int, int], Linear]
"""How many people with these skills work a pattern on a day."""
HUGE = 10**6


def total(terms: Iterable[Linear]) -> Linear:
    """Add the terms up, for whichever solver they are."""
    return sum(terms, start=0)


@dataclass(frozen=True, slots=True)
class Cover:
    """What heads cover: what all that is short and too much costs, what is short alone, how the heads are dealt out."""

    cost: Linear
    short: Linear
    lacks: dict[Cell, Linear]
    served: dict[tuple[frozenset[int], int, int, int | None], Linear] = field(default_factory=dict)
    placed: dict[tuple[int, int, int | None, int], Linear] = field(default_factory=dict)


def cover(
    model: AnyModel,
    problem: Problem,
    heads: Heads,
    most: Mapping[Any, int],
    *,
    under: int = 1,
    beside: Mapping[Cell, int] | None = None,
) -> Cover:
    """Let the heads serve skills and place their breaks; `most` is the largest value of each of the heads.

    `under` makes what is short dearer than it is, so that it comes before everything else. `beside` are heads that are
    there anyway; only cells that the heads can touch are then counted, else all, beside the shifts that stay.
    """
    served = _serve(model, problem, heads, most)
    placed = _place(model, problem, served, most)
    present: dict[Cell, list[Linear]] = defaultdict(list)
    for (day, pattern, skill, breaks), count in placed.items():
        for half_hour in problem.duty[day, pattern].staffed[breaks]:
            present[half_hour, skill].append(count)
            if skill is not None and (half_hour, None) in problem.need:
                present[half_hour, None].append(count)
    there = fixed_heads(problem) if beside is None else beside
    cells = set(present) if beside is not None else present.keys() | problem.need.keys()
    short, cost, lacks = [], [], {}
    for cell in sorted(cells, key=lambda cell: (cell[0], cell[1] or 0)):
        need = need_of(problem, cell)
        at_work = total(present.get(cell, ())) + there.get(cell, 0)
        lack: Linear = 0
        if need.heads:
            lack = lacks[cell] = model.new_int_var(0, need.heads, "")
            model.add(lack + at_work >= need.heads)
        short.append(need.under * lack)
        cost.append(need.over * (at_work - need.heads + lack))
    whole = total(short)
    return Cover(under * whole + total(cost), whole, lacks, served, placed)


def _serve(model: AnyModel, problem: Problem, heads: Heads, most: Mapping[Any, int]) -> dict[Any, Linear]:
    served: dict[Any, Linear] = {}
    for key, count in heads.items():
        choices: list[int | None] = [*sorted(key[0] & problem.skills)] or [None]
        if len(choices) == 1:
            served[*key, choices[0]] = count
            continue
        parts = {skill: model.new_int_var(0, most[key], "") for skill in choices}
        model.add(total(parts.values()) == count)
        served |= {(*key, skill): part for skill, part in parts.items()}
    return served


def _place(
    model: AnyModel, problem: Problem, served: dict[Any, Linear], most: Mapping[Any, int]
) -> dict[Any, Linear]:
    together: dict[Any, list[Linear]] = defaultdict(list)
    limit: dict[Any, int] = defaultdict(int)
    for (skills, day, pattern, skill), count in served.items():
        together[day, pattern, skill].append(count)
        limit[day, pattern, skill] += most[skills, day, pattern]
    placed: dict[Any, Linear] = {}
    for key, counts in together.items():
        ways = len(problem.duty[key[0], key[1]].staffed)
        if ways == 1:
            placed[*key, 0] = total(counts)
            continue
        parts = [model.new_int_var(0, limit[key], "") for _ in range(ways)]
        model.add(total(parts) == total(counts))
        placed |= {(*key, breaks): part for breaks, part in enumerate(parts)}
    return placed


def heads_of(problem: Problem, works: Works) -> dict[tuple[frozenset[int], int, int], int]:
    """Count who works, by skills, day and pattern."""
    people = {person.key: person for person in problem.people}
    heads: dict[tuple[frozenset[int], int, int], int] = defaultdict(int)
    for (key, day), pattern in works.items():
        heads[people[key].skills_on(day), day, pattern] += 1
    return heads


Work = dict[tuple[int, int], Linear]
"""Whether a person works a pattern on a day."""


def person_rules(
    model: Model, problem: Problem, person: Person, choices: Mapping[int, Sequence[Duty]]
) -> Work:
    """Add somebody and their limits to the model; `choices` are the duties that they may be given."""
    work = {(day, duty.pattern): model.new_bool_var("") for day, duties in choices.items() for duty in duties}
    on_day = {day: total(work[day, duty.pattern] for duty in duties) for day, duties in choices.items()}
    for day, duties in choices.items():
        model.add_at_most_one(work[day, duty.pattern] for duty in duties)
    _rest(model, problem, person, choices, work)
    _rows(model, problem, person, on_day)
    _minutes(model, problem, person, work)
    _further(model, problem, person, work, on_day)
    return work


def _rest(
    model: Model, problem: Problem, person: Person, choices: Mapping[int, Sequence[Duty]], work: Work
) -> None:
    rest = person.limits.rest_minutes
    for day, duties in choices.items():
        for later in (day + 1, day + 2):
            for follows, firsts in clashes(problem, rest, duties, choices.get(later, ())):
                model.add_at_most_one(
                    [work[day, duty.pattern] for duty in firsts]
                    + [work[later, duty.pattern] for duty in follows]
                )


def clashes(
    problem: Problem, rest: int, duties: Sequence[Duty], later: Sequence[Duty]
) -> list[tuple[tuple[Duty, ...], list[Duty]]]:
    """Return sets of later duties with the earlier ones that none of them may follow."""
    firsts: dict[tuple[Duty, ...], list[Duty]] = {}
    closed = {
        duty: tuple(second for second in later if not may_follow(problem, rest, duty, second))
        for duty in duties
    }
    for follows in set(closed.values()) - {()}:
        firsts[follows] = [duty for duty in duties if set(follows) <= set(closed[duty])]
    return list(firsts.items())


def _rows(model: Model, problem: Problem, person: Person, on_day: Mapping[int, Linear]) -> None:
    most = person.limits.days_in_row
    taken = {fixed.day for fixed in person.fixed}
    for first in range(-most, problem.days):
        window = range(first, first + most + 1)
        free = [on_day[day] for day in window if day in on_day]
        stays = sum(day in taken for day in window)
        if free and len(free) + stays > most:
            model.add(total(free) <= max(0, most - stays))


def weekly_room(problem: Problem, person: Person) -> dict[int, int]:
    """Return how many minutes the person may still be given in each week that the roster touches."""
    worked: dict[int, int] = defaultdict(int)
    for fixed in person.fixed:
        worked[problem.week(fixed.day)] += fixed.working
    most = HUGE if person.limits.weekly_minutes is None else person.limits.weekly_minutes
    weeks = range(problem.week(0), problem.week(problem.days - 1) + 1)
    return {week: max(0, most - worked[week]) for week in weeks}


def _minutes(model: Model, problem: Problem, person: Person, work: Work) -> None:
    by_week: dict[int, list[Linear]] = defaultdict(list)
    for (day, pattern), works in work.items():
        by_week[problem.week(day)].append(problem.duty[day, pattern].working * works)
    for week, room in weekly_room(problem, person).items():
        if by_week[week] and room < HUGE:
            model.add(total(by_week[week]) <= room)


def _further(
    model: Model, problem: Problem, person: Person, work: Work, on_day: Mapping[int, Linear]
) -> None:
    """Add the limits that count the whole roster, or ask for rows of at least some length."""
    limits = person.limits
    stays = sum(fixed.working for fixed in inside(person.fixed))
    minutes = total(problem.duty[key].working * works for key, works in work.items())
    if limits.least_minutes:
        model.add(minutes >= limits.least_minutes - stays)
    if limits.most_minutes is not None:
        model.add(minutes <= max(0, limits.most_minutes - stays))
    for pattern, most in limits.most_of:
        model.add(total(works for (_, one), works in work.items() if one == pattern) <= most)
    taken = {fixed.day for fixed in person.fixed}
    works_on = [int(day in taken) or on_day.get(day, 0) for day in range(problem.days)]
    _least_rows(model, works_on, limits.least_days_in_row, at_work=True)
    _least_rows(model, works_on, limits.least_days_off, at_work=False)
    if limits.most_weekends is not None:
        _weekends(model, problem, works_on, limits.most_weekends)


def _least_rows(model: Model, works_on: list[Linear], least: int, *, at_work: bool) -> None:
    """Forbid rows shorter than `least`: a change, fewer days alike than that, and a change back."""
    days = [day if at_work else 1 - day for day in works_on]
    for length in range(1, least):
        for first in range(1, len(days) - length):
            row = days[first : first + length]
            model.add(days[first - 1] - total(row) + days[first + length] >= 1 - length)


def _weekends(model: Model, problem: Problem, works_on: list[Linear], most: int) -> None:
    by_week: dict[int, list[Linear]] = defaultdict(list)
    for day, works in enumerate(works_on):
        if problem.is_weekend(day):
            by_week[problem.week(day)].append(works)
    worked = []
    for days in by_week.values():
        weekend = model.new_bool_var("")
        for works in days:
            model.add(weekend >= works)
        worked.append(weekend)
    model.add(total(worked) <= most)


def most_surplus(problem: Problem) -> int:
    """Return a cost that heads too many can never reach, whatever is rostered."""
    dearest = max((need.over for need in problem.need.values()), default=1)
    longest = max((len(duty.staffed[0]) for duty in problem.duties), default=0)
    return max(1, dearest) * 2 * longest * len(problem.people) * problem.days
