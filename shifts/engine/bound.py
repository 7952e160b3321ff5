"""What no roster can beat: equal people counted as one group, whose limits hold in sum."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.linear_solver.python import model_builder

from shifts.engine.model import HUGE, Linear, Model, clashes, cover, most_surplus, total, weekly_room
from shifts.engine.options import Choices, options
from shifts.engine.problem import Limits, Person, Problem


@dataclass(frozen=True, slots=True)
class Group:
    """People with the same skills and limits, with what each may be given."""

    people: tuple[Person, ...]
    choices: tuple[Choices, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """The least that can be short (a bound, proven), and how many of each group work which pattern to get near it."""

    cost: int
    counts: list[dict[tuple[int, int], int]]


def groups_of(problem: Problem) -> list[Group]:
    """Put people together whom no rule tells apart but what is away or fixed."""
    found: dict[object, list[Person]] = defaultdict(list)
    for person in problem.people:
        found[person.skills, person.limits].append(person)
    return [Group(tuple(people), tuple(options(problem, one) for one in people)) for people in found.values()]


def grouped(problem: Problem, groups: Sequence[Group], *, seconds: float) -> Bound | None:
    """Solve the grouped problem for what is short, then for the fewest heads too many."""
    model = model_builder.Model()
    heads: dict[tuple[frozenset[int], int, int], list[Linear]] = defaultdict(list)
    most: dict[tuple[frozenset[int], int, int], int] = defaultdict(int)
    work = [_group(model, problem, group) for group in groups]
    for group, counts in zip(groups, work, strict=True):
        for (day, pattern), (count, largest) in counts.items():
            key = group.people[0].skills_on(day), day, pattern
            heads[key].append(count)
            most[key] += largest
    under = most_surplus(problem) + 1
    covered = cover(model, problem, {key: total(counts) for key, counts in heads.items()}, most, under=under)
    model.minimize(covered.cost)
    solver = model_builder.Solver("scip")
    solver.set_time_limit_in_seconds(seconds)
    status = solver.solve(model)
    if status not in {model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE}:
        return None
    return Bound(
        max(0, math.floor(solver.best_objective_bound / under + 1e-6)),
        [{key: round(solver.value(count)) for key, (count, _) in one.items()} for one in work],
    )


def _group(model: Model, problem: Problem, group: Group) -> dict[tuple[int, int], tuple[Linear, int]]:
    first = group.people[0]
    limits = first.limits
    available: dict[tuple[int, int], int] = defaultdict(int)
    on_day: dict[int, int] = defaultdict(int)
    for choices in group.choices:
        for day, duties in choices.items():
            on_day[day] += 1
            for duty in duties:
                available[day, duty.pattern] += 1
    work = {key: (model.new_int_var(0, largest, ""), largest) for key, largest in available.items()}
    daily = {day: total(count for (one, _), (count, _) in work.items() if one == day) for day in on_day}
    for day, count in daily.items():
        model.add(count <= on_day[day])
    _rest(model, problem, group, work)
    _rows(model, problem, group, daily)
    _weeks(model, problem, group, work, limits)
    return work


def _rest(
    model: Model, problem: Problem, group: Group, work: dict[tuple[int, int], tuple[Linear, int]]
) -> None:
    rest = group.people[0].limits.rest_minutes
    for day, later in ((day, day + after) for day in range(problem.days) for after in (1, 2)):
        there = sum(day in choices or later in choices for choices in group.choices)
        pairs = clashes(problem, rest, problem.duties_of[day], problem.duties_of.get(later, ()))
        for follows, firsts in pairs:
            sides = [(day, duty.pattern) for duty in firsts] + [(later, duty.pattern) for duty in follows]
            model.add(total(work[key][0] for key in sides if key in work) <= there)


def _rows(model: Model, problem: Problem, group: Group, daily: dict[int, Linear]) -> None:
    most = group.people[0].limits.days_in_row
    for first in range(-most, problem.days):
        window = range(first, first + most + 1)
        room = 0
        for person, choices in zip(group.people, group.choices, strict=True):
            stays = sum(fixed.day in window for fixed in person.fixed)
            room += min(max(0, most - stays), sum(day in choices for day in window))
        model.add(total(daily[day] for day in window if day in daily) <= room)


def _weeks(
    model: Model,
    problem: Problem,
    group: Group,
    work: dict[tuple[int, int], tuple[Linear, int]],
    limits: Limits,
) -> None:
    if limits.weekly_minutes is None:
        return
    rooms = [weekly_room(problem, person) for person in group.people]
    for week in rooms[0]:
        counts = {key: count for key, (count, _) in work.items() if problem.week(key[0]) == week}
        if not counts:
            continue
        shortest = min(problem.duty[key].working for key in counts)
        minutes = total(problem.duty[key].working * count for key, count in counts.items())
        model.add(minutes <= sum(min(room[week], HUGE) for room in rooms))
        model.add(total(counts.values()) <= sum(room[week] // shortest for room in rooms))
