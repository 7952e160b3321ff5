"""Who serves which skill, and when their breaks are: heads that are equal so far are dealt out."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from ortools.linear_solver.python import model_builder

from shifts.engine.model import AnyModel, Cover, cover, heads_of
from shifts.engine.problem import Given, Plan, Problem, Works

Slot = tuple[int, int]
"""A person and a day."""


def deal(problem: Problem, works: Works, *, seconds: float) -> Plan:
    """Let everybody who works serve a skill and place their breaks so that the least is short."""
    heads = heads_of(problem, works)
    model: AnyModel = model_builder.Model()  # type: ignore[no-untyped-call]
    covered = cover(model, problem, heads, heads)
    model.minimize(covered.cost)
    solver = model_builder.Solver("scip")
    solver.set_time_limit_in_seconds(seconds)
    solver.solve(model)
    return deal_out(
        problem, works, covered, lambda count: count if isinstance(count, int) else round(solver.value(count))
    )


def deal_out(problem: Problem, works: Works, covered: Cover, value: Callable[[Any], int]) -> Plan:
    """Give each person one of the skills that their equals are to serve, then one of the placings of breaks."""
    people = {person.key: person for person in problem.people}
    equals: dict[Any, list[Slot]] = defaultdict(list)
    for (key, day), pattern in sorted(works.items()):
        equals[people[key].skills_on(day), day, pattern].append((key, day))
    skill_of = _hand_out(equals, covered.served, value)
    serving: dict[Any, list[Slot]] = defaultdict(list)
    for slot, skill in skill_of.items():
        serving[slot[1], works[slot], skill].append(slot)
    breaks_of = _hand_out(serving, covered.placed, value)
    return {slot: Given(works[slot], skill_of[slot], breaks) for slot, breaks in breaks_of.items()}


def _hand_out(
    slots: Mapping[Any, list[Slot]], counts: Mapping[Any, Any], value: Callable[[Any], int]
) -> dict[Slot, Any]:
    """Return what each slot gets: the last part of the keys of `counts`, so often as they say."""
    given: dict[Slot, Any] = {}
    left = {key: list(reversed(waiting)) for key, waiting in slots.items()}
    for (*key, what), count in counts.items():
        waiting = left.get(tuple(key), [])
        for _ in range(value(count)):
            given[waiting.pop()] = what
    return given
