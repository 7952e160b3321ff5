"""How good a plan is: what is short, which wishes it breaks, how nights and weekends are shared, what is too much."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from shifts.engine.problem import Cell, Duty, Fixed, Need, Person, Plan, Problem, Wish

FAIR = 10
"""A night or weekend shift above the fair share weighs as much as so many half hours of heads too many."""
LEVELS = 4
"""Each further shift above the share costs one more, up to so many."""
Mark = Callable[[Duty | Fixed], bool]
SHARED: tuple[Mark, ...] = (lambda shift: shift.is_night, lambda shift: shift.is_weekend)
"""What is to be shared fairly: nights, and shifts at the weekend."""


@dataclass(frozen=True, slots=True)
class Score:
    """The cost of a plan, the most important part first; `short` counts head half hours by the weight of the need."""

    short: int
    wishes: int
    unfair: int
    surplus: int

    def rank(self, problem: Problem) -> tuple[int, ...]:
        """Return what a smaller one of is better: all in one where nothing comes strictly first."""
        rest = FAIR * self.unfair + self.surplus
        if problem.is_strict:
            return self.short, self.wishes, rest
        return (self.short + self.wishes + self.surplus,)


def score(problem: Problem, plan: Plan) -> Score:
    """Score a plan."""
    there = present(problem, plan)
    needs = {cell: need_of(problem, cell) for cell in there.keys() | problem.need.keys()}
    return Score(
        short=sum(need.under * max(0, need.heads - there[cell]) for cell, need in needs.items()),
        wishes=sum(wish.weight for _, wish in broken_wishes(problem, plan)),
        unfair=sum(
            _steps(count - share) for share, counts in shares(problem, plan) for count in counts.values()
        ),
        surplus=sum(need.over * max(0, there[cell] - need.heads) for cell, need in needs.items()),
    )


def need_of(problem: Problem, cell: Cell) -> Need:
    """Return the need of a cell. Where a half hour asks for heads of any skill, other skills are asked for nothing."""
    if (need := problem.need.get(cell)) is not None:
        return need
    return Need(0, 0, 0) if (cell[0], None) in problem.need else Need(0)


def present(problem: Problem, plan: Plan) -> Counter[Cell]:
    """Count the heads of each cell: those who serve its skill, or everybody who is there."""
    there = fixed_heads(problem)
    for (_, day), given in plan.items():
        for half_hour in problem.duty[day, given.pattern].staffed[given.breaks]:
            _count(there, problem, half_hour, given.skill)
    return there


def fixed_heads(problem: Problem) -> Counter[Cell]:
    """Count the heads of the shifts that stay."""
    there: Counter[Cell] = Counter()
    for fixed in (fixed for person in problem.people for fixed in person.fixed):
        for half_hour in fixed.staffed:
            _count(there, problem, half_hour, fixed.skill)
    return there


def _count(there: Counter[Cell], problem: Problem, half_hour: int, skill: int | None) -> None:
    there[half_hour, skill] += 1
    if skill is not None and (half_hour, None) in problem.need:
        there[half_hour, None] += 1


def broken_wishes(problem: Problem, plan: Plan) -> Iterator[tuple[Person, Wish]]:
    """Go through the wishes that a plan breaks; what stays by hand is nobody's fault here."""
    for person in problem.people:
        taken = {fixed.day for fixed in person.fixed}
        for wish in person.wishes:
            given = plan.get((person.key, wish.day))
            if wish.day not in taken and wish.is_broken_by(given.pattern if given else None):
                yield person, wish


def shares(problem: Problem, plan: Plan) -> list[tuple[int, Counter[int]]]:
    """Return, for nights and for weekends, a fair share and how many each person has."""
    found = []
    for mark in SHARED:
        counts: Counter[int] = Counter()
        for (key, day), given in plan.items():
            counts[key] += mark(problem.duty[day, given.pattern])
        for person in problem.people:
            counts[person.key] += sum(map(mark, inside(person.fixed)))
        found.append((ceil(counts.total() / max(1, len(problem.people))), counts))
    return found


def inside(fixed: Iterable[Fixed]) -> list[Fixed]:
    """Return the shifts of this roster among those that stay."""
    return [one for one in fixed if one.inside]


def _steps(excess: int) -> int:
    return sum(max(0, excess - level) for level in range(LEVELS))
