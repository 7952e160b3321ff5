"""What no roster can beat: equal people counted as one group, whose limits hold in sum."""

import math
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver.python import model_builder

from shifts.engine.model import HUGE, AnyModel, Linear, clashes, cover, most_surplus, total, weekly_room
from shifts.engine.options import Choices, options
from shifts.engine.problem import Limits, Person, Problem

SHARE_OF_NEAR = 0.8
SMALL = 1e-6


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
    """Solve the grouped problem for what is short, then for the fewest heads too many.

    First without whole numbers, which is a bound already; then in whole numbers next to these, which is quick and close;
    in the time that is left without that restriction, for a better bound. None where the time was too short for any of it.
    """
    began = time.monotonic()
    model: AnyModel = model_builder.Model()  # type: ignore[no-untyped-call]
    work = [_group(model, problem, group) for group in groups]
    under = most_surplus(problem) + 1
    model.minimize(_cost(model, problem, groups, work, under))
    variables = [model.var_from_index(number) for number in range(model.num_variables)]
    counts = [count for one in work for count, _ in one.values()]
    ideal = _relaxed(model, variables, seconds)
    if ideal is None:
        return None
    limits = [(count.lower_bound, count.upper_bound) for count in counts]
    for count in counts:
        value = ideal.value(count)
        count.lower_bound, count.upper_bound = math.floor(value + SMALL), math.ceil(value - SMALL)
    near = _solve(model, "scip", SHARE_OF_NEAR * seconds)
    for count, (least, most) in zip(counts, limits, strict=True):
        count.lower_bound, count.upper_bound = least, most
    bound = _cost_of_short(ideal.objective_value, under)
    if near and _cost_of_short(near.objective_value, under) > bound:
        better = _solve(model, "scip", max(1.0, seconds - (time.monotonic() - began)))
        if better:
            bound = max(bound, _cost_of_short(better.best_objective_bound, under))
            near = min(near, better, key=lambda one: one.objective_value)
    # Fewer people than ideal break no limit either.
    whole = (
        (lambda count: round(near.value(count))) if near else (lambda count: int(ideal.value(count) + SMALL))
    )
    return Bound(bound, [{key: whole(count) for key, (count, _) in one.items()} for one in work])


def _cost(
    model: AnyModel,
    problem: Problem,
    groups: Sequence[Group],
    work: Sequence[Mapping[tuple[int, int], tuple[Linear, int]]],
    under: int,
) -> Linear:
    heads: dict[tuple[frozenset[int], int, int], list[Linear]] = defaultdict(list)
    most: dict[tuple[frozenset[int], int, int], int] = defaultdict(int)
    for group, counts in zip(groups, work, strict=True):
        for (day, pattern), (count, largest) in counts.items():
            key = group.people[0].skills_on(day), day, pattern
            heads[key].append(count)
            most[key] += largest
    return cover(
        model, problem, {key: total(counts) for key, counts in heads.items()}, most, under=under
    ).cost


def _relaxed(model: AnyModel, variables: Sequence[Linear], seconds: float) -> Linear | None:
    """Solve without whole numbers."""
    for variable in variables:
        variable.is_integral = False
    found = _solve(model, "glop", seconds)
    for variable in variables:
        variable.is_integral = True
    return found


def _solve(model: AnyModel, name: str, seconds: float) -> Linear | None:
    solver = model_builder.Solver(name)
    solver.set_time_limit_in_seconds(seconds)
    status = solver.solve(model)
    found = (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE)
    return solver if status in found else None


def _cost_of_short(cost: float, under: int) -> int:
    """Return the least that can be short, by the least cost of all, in which heads too many count less than one that is short."""
    return max(0, math.ceil((cost - under + 1) / under - SMALL))


def _group(model: AnyModel, problem: Problem, group: Group) -> dict[tuple[int, int], tuple[Linear, int]]:
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
    model: AnyModel, problem: Problem, group: Group, work: dict[tuple[int, int], tuple[Linear, int]]
) -> None:
    rest = group.people[0].limits.rest_minutes
    for day, later in ((day, day + after) for day in range(problem.days) for after in (1, 2)):
        there = sum(day in choices or later in choices for choices in group.choices)
        pairs = clashes(problem, rest, problem.duties_of[day], problem.duties_of.get(later, ()))
        for follows, firsts in pairs:
            sides = [(day, duty.pattern) for duty in firsts] + [(later, duty.pattern) for duty in follows]
            model.add(total(work[key][0] for key in sides if key in work) <= there)


def _rows(model: AnyModel, problem: Problem, group: Group, daily: dict[int, Linear]) -> None:
    most = group.people[0].limits.days_in_row
    for first in range(-most, problem.days):
        window = range(first, first + most + 1)
        room = 0
        for person, choices in zip(group.people, group.choices, strict=True):
            stays = sum(fixed.day in window for fixed in person.fixed)
            room += min(max(0, most - stays), sum(day in choices for day in window))
        model.add(total(daily[day] for day in window if day in daily) <= room)


def _weeks(
    model: AnyModel,
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
