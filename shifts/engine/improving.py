"""A plan made better piece by piece: some people are free, all others stay, and cover is counted whole."""

from collections.abc import Collection

from shifts.engine.dealing import deal_out
from shifts.engine.model import Linear, Model, cover, heads_of, person_rules, total
from shifts.engine.options import Choices
from shifts.engine.placing import FOUND, solver_for
from shifts.engine.problem import Person, Plan, Problem, Works
from shifts.engine.score import FAIR, LEVELS, SHARED, shares
from shifts.engine.wanted import unfairness, wishes


def improve(
    problem: Problem,
    plan: Plan,
    free: Collection[Person],
    choices: dict[int, Choices],
    *,
    seconds: float,
    workers: int,
    seed: int,
) -> tuple[Plan | None, bool]:
    """Return the best plan in which only what the people in `free` work differs, and whether that is certain."""
    model = Model()
    people = [(person, person_rules(model, problem, person, choices[person.key])) for person in free]
    keys = {person.key for person in free}
    stays = {slot: given.pattern for slot, given in plan.items() if slot[0] not in keys}
    heads: dict[tuple[frozenset[int], int, int], Linear] = dict(heads_of(problem, stays))
    most: dict[tuple[frozenset[int], int, int], int] = dict(heads_of(problem, stays))
    for person, work in people:
        for (day, pattern), works in work.items():
            key = person.skills_on(day), day, pattern
            heads[key] = heads.get(key, 0) + works
            most[key] = most.get(key, 0) + 1
            model.add_hint(works, _works(plan, person, day) == pattern)
    fair = tuple(share for share, _ in shares(problem, plan))
    under, dear = _weights(problem, free)
    covered = cover(model, problem, heads, most, under=under)
    wanted = total(wishes(person, work) for person, work in people)
    uneven = unfairness(model, problem, people, fair) if problem.is_strict else 0
    model.minimize(covered.cost + dear * wanted + FAIR * uneven)
    solver = solver_for(seconds, workers, seed)
    status = solver.solve(model)
    if status not in FOUND:
        return None, False
    worked: Works = dict(stays)
    for person, work in people:
        worked |= {
            (person.key, day): pattern for (day, pattern), works in work.items() if solver.value(works)
        }
    found = deal_out(problem, worked, covered, lambda count: int(solver.value(count)))
    return found, status == FOUND[0]


def _works(plan: Plan, person: Person, day: int) -> int | None:
    given = plan.get((person.key, day))
    return given.pattern if given else None


def _weights(problem: Problem, free: Collection[Person]) -> tuple[int, int]:
    """Return how dear what is short and a wish are, so that each comes before all that follows it."""
    if not problem.is_strict:
        return 1, 1
    longest = max((len(duty.staffed[0]) for duty in problem.duties), default=0)
    shifts = len(free) * problem.days
    dear = 1 + shifts * (2 * longest + FAIR * LEVELS * len(SHARED))
    return dear * (1 + sum(wish.weight for person in free for wish in person.wishes)), dear
