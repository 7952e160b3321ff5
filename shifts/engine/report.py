"""What to tell about a plan: what is short and what never could be met, and which wishes and rules it breaks, and why."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from shifts.engine.check import Broken, check
from shifts.engine.options import options
from shifts.engine.problem import Cell, Given, Plan, Problem
from shifts.engine.score import broken_wishes, fixed_heads, present

MOST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Short:
    """A cell in which heads are missing; `possible` is how many could be there if nothing else asked for them."""

    cell: Cell
    need: int
    present: int
    possible: int

    @property
    def is_impossible(self) -> bool:
        """Say whether no roster could meet it, whatever else is left unmet."""
        return self.possible < self.need


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that is broken. `cells` are some of those that would be short, or shorter, had it been honoured.

    Without cells, a rule forbids honouring it, or nothing better was found in the time.
    """

    person: int
    key: int
    day: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What is short by cell, the wishes unmet, and the rules broken, which only shifts that stay can do."""

    short: tuple[Short, ...]
    wishes: tuple[Unmet, ...]
    rules: tuple[Broken, ...]


def report(problem: Problem, plan: Plan) -> Report:
    """Return what there is to tell about a plan."""
    there = present(problem, plan)
    most = possible(problem)
    short = (
        Short(cell, need.heads, there[cell], most[cell])
        for cell, need in problem.need.items()
        if there[cell] < need.heads
    )
    unmet = (
        Unmet(
            person.key, wish.key, wish.day, _why(problem, there, wish.day, plan.get((person.key, wish.day)))
        )
        for person, wish in broken_wishes(problem, plan)
    )
    return Report(
        short=tuple(sorted(short, key=lambda one: (one.cell[0], one.cell[1] or 0))),
        wishes=tuple(sorted(unmet, key=lambda one: (one.day, one.person))),
        rules=tuple(check(problem, plan)),
    )


def possible(problem: Problem) -> Counter[Cell]:
    """Count who could be there in each cell, taken alone: employed, not away, with the skill."""
    there = fixed_heads(problem)
    for person in problem.people:
        cells: set[Cell] = set()
        for day, duties in options(problem, person).items():
            skills = {None, *person.skills_on(day)}
            for duty in duties:
                half_hours = {one for staffed in duty.staffed for one in staffed}
                cells |= {(one, skill) for one in half_hours for skill in skills}
        there.update(cells)
    return there


def _why(problem: Problem, there: Counter[Cell], day: int, given: Given | None) -> tuple[Cell, ...]:
    """Return some of the cells that need the shift by which the wish is broken."""
    if given is None:
        return ()
    half_hours = problem.duty[day, given.pattern].staffed[given.breaks]
    cells = ((half_hour, skill) for half_hour in half_hours for skill in dict.fromkeys((given.skill, None)))
    needed = (cell for cell in cells if cell in problem.need and there[cell] <= problem.need[cell].heads)
    return tuple(islice(needed, MOST_CELLS))
