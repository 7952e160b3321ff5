"""A plan made better piece by piece: some people on some days are free, all else stays, and cover is counted whole."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from ortools.sat.python.cp_model import IntVar

from shifts.engine.dealing import deal_out
from shifts.engine.model import Cover, Linear, Model, Work, cover, heads_of, person_rules, total
from shifts.engine.options import options
from shifts.engine.placing import FOUND, solver_for
from shifts.engine.problem import Fixed, Person, Plan, Problem
from shifts.engine.score import FAIR, LEVELS, SHARED, present, shares
from shifts.engine.wanted import unfairness, wishes


@dataclass(frozen=True, slots=True)
class Piece:
    """Who is free, and on which days."""

    people: tuple[Person, ...]
    days: range


def improve(
    problem: Problem, plan: Plan, piece: Piece, *, seconds: float, workers: int, seed: int
) -> tuple[Plan | None, bool]:
    """Return the best plan that differs only within the piece, and whether that is certain."""
    model = Model()
    people = [_free(model, problem, plan, person, piece.days) for person in piece.people]
    keys = {person.key for person in piece.people}
    here = {slot: given for slot, given in plan.items() if slot[1] in piece.days}
    beside = {slot: given for slot, given in plan.items() if slot not in here}
    stays = {slot: given.pattern for slot, given in here.items() if slot[0] not in keys}
    heads: dict[tuple[frozenset[int], int, int], Linear] = defaultdict(int, heads_of(problem, stays))
    most: dict[tuple[frozenset[int], int, int], int] = defaultdict(int, heads_of(problem, stays))
    for person, work in people:
        for (day, pattern), works in work.items():
            key = person.skills_on(day), day, pattern
            heads[key] += works
            most[key] += 1
            given = plan.get((person.key, day))
            model.add_hint(works, given is not None and given.pattern == pattern)
    under, dear = _weights(problem, piece)
    covered = cover(model, problem, heads, most, under=under, beside=present(problem, beside))
    hinted = {works.index for _, work in people for works in work.values()}
    _hint(model, problem, covered, plan, here, hinted)
    wanted = total(wishes(person, work, piece.days) for person, work in people)
    uneven = unfairness(model, problem, people, shares(problem, plan)) if problem.is_strict else 0
    model.minimize(covered.cost + dear * wanted + FAIR * uneven)
    solver = solver_for(seconds, workers, seed)
    status = solver.solve(model)
    if status not in FOUND:
        return None, False
    works_now = dict(stays)
    for person, work in people:
        works_now |= {(person.key, day): pattern for (day, pattern), one in work.items() if solver.value(one)}
    dealt = deal_out(problem, works_now, covered, lambda count: int(solver.value(count)))
    return beside | dealt, status == FOUND[0]


def _free(model: Model, problem: Problem, plan: Plan, person: Person, days: range) -> tuple[Person, Work]:
    """Add somebody to the model; what they work on other days stays."""
    outside = []
    for (key, day), given in plan.items():
        if key == person.key and day not in days:
            duty = problem.duty[day, given.pattern]
            outside.append(
                Fixed(
                    day,
                    duty.start,
                    duty.end,
                    duty.working,
                    inside=True,
                    is_night=duty.is_night,
                    is_weekend=duty.is_weekend,
                )
            )
    bound = replace(person, fixed=(*person.fixed, *outside))
    choices = {day: duties for day, duties in options(problem, bound).items() if day in days}
    return bound, person_rules(model, problem, bound, choices)


def _hint(
    model: Model, problem: Problem, covered: Cover, plan: Plan, here: Plan, hinted: Collection[int]
) -> None:
    """Tell the solver how heads are dealt out now, so that it begins where the plan is."""
    people = {person.key: person for person in problem.people}
    counts: Counter[tuple[object, ...]] = Counter()
    for (key, day), given in here.items():
        counts[people[key].skills_on(day), day, given.pattern, given.skill] += 1
        counts[day, given.pattern, given.skill, given.breaks] += 1
    there = present(problem, plan)
    for dealt in (covered.served, covered.placed):
        for part, count in dealt.items():
            if isinstance(count, IntVar) and count.index not in hinted:
                model.add_hint(count, counts[part])
    for cell, lack in covered.lacks.items():
        model.add_hint(lack, max(0, problem.need[cell].heads - there[cell]))


def _weights(problem: Problem, piece: Piece) -> tuple[int, int]:
    """Return how dear what is short and a wish are, so that each comes before all that follows it."""
    if not problem.is_strict:
        return 1, 1
    longest = max((len(duty.staffed[0]) for duty in problem.duties), default=0)
    shifts = len(piece.people) * len(piece.days)
    dear = 1 + shifts * (2 * longest + FAIR * LEVELS * len(SHARED))
    at_stake = sum(wish.weight for one in piece.people for wish in one.wishes if wish.day in piece.days)
    return dear * (1 + at_stake), dear
