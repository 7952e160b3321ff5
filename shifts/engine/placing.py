"""From counts to people: who of a group works what, so that the counts are met."""

from collections import defaultdict
from collections.abc import Mapping
from math import ceil

from ortools.sat.python import cp_model

from shifts.engine.bound import Group
from shifts.engine.model import Linear, Model, Work, person_rules, total
from shifts.engine.problem import Person, Problem, Works
from shifts.engine.score import SHARED, Mark
from shifts.engine.wanted import unfairness, wishes

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
PATIENCE = 8
"""How many times longer to look for anything at all."""
MOST = 40
"""People whose limits are solved together."""
Counts = Mapping[tuple[int, int], int]


def solver_for(seconds: float, workers: int, seed: int) -> cp_model.CpSolver:
    """Return a solver with its limits."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    return solver


def split(problem: Problem, group: Group, counts: Counts) -> list[tuple[Group, dict[tuple[int, int], int]]]:
    """Part a large group into equal ones of at most MOST people, and its counts with it.

    Head by head, week by week, the part that is furthest behind its share has its turn.
    """
    parts = -(-len(group.people) // MOST)
    groups = [Group(group.people[first::parts], group.choices[first::parts]) for first in range(parts)]
    shared: list[dict[tuple[int, int], int]] = [defaultdict(int) for _ in groups]
    week, given = None, [0] * parts
    for key, count in sorted(counts.items()):
        if problem.week(key[0]) != week:
            week, given = problem.week(key[0]), [0] * parts
        for _ in range(count):
            behind = min(range(parts), key=lambda part: (given[part] + 1) / len(groups[part].people))
            given[behind] += 1
            shared[behind][key] += 1
    return list(zip(groups, shared, strict=True))


class Placing:
    """The people of a group and how many of them are to work what; each step keeps what the one before it reached."""

    def __init__(self, problem: Problem, group: Group, counts: Counts, *, seed: int) -> None:
        self.problem, self.counts, self.seed = problem, counts, seed
        self.model = Model()
        self.people: list[tuple[Person, Work]] = [
            (person, person_rules(self.model, problem, person, choices))
            for person, choices in zip(group.people, group.choices, strict=True)
        ]
        self.missed = self._missed()
        self.works: Works = {}
        self.is_impossible = False

    def meet(self, seconds: float) -> None:
        """Miss as few of the counts as can be; if that takes too long, find whatever keeps the limits."""
        self.model.minimize(self.missed)
        missed = self._solve(seconds)
        if missed is None and not self.is_impossible:
            self.model.clear_objective()  # type: ignore[no-untyped-call]
            missed = self._solve(PATIENCE * seconds)
        if missed is not None:
            self.model.add(self.missed <= missed)

    def please(self, seconds: float) -> None:
        """Break as few wishes as can be, then share nights and weekends as fairly as can be."""
        if not self.works:
            return
        fair: list[tuple[int, Mapping[int, int]]] = [(self._share(mark), {}) for mark in SHARED]
        wanted = total(wishes(person, work, range(self.problem.days)) for person, work in self.people)
        worst = 10 * self.problem.days * len(self.people)
        self.model.minimize(worst * wanted + unfairness(self.model, self.problem, self.people, fair))
        self._solve(seconds)

    def _share(self, mark: Mark) -> int:
        counted = sum(count for key, count in self.counts.items() if mark(self.problem.duty[key]))
        return ceil(counted / len(self.people))

    def _solve(self, seconds: float) -> int | None:
        solver = solver_for(seconds, 1, self.seed)
        status = solver.solve(self.model)
        if status not in FOUND:
            self.is_impossible = status == cp_model.INFEASIBLE
            return None
        self.works = {}
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for person, work in self.people:
            for (day, pattern), works in work.items():
                value = solver.value(works)
                self.model.add_hint(works, value)
                if value:
                    self.works[person.key, day] = pattern
        return int(solver.value(self.missed))

    def _missed(self) -> Linear:
        by_duty: dict[tuple[int, int], list[Linear]] = defaultdict(list)
        for _, work in self.people:
            for key, works in work.items():
                by_duty[key].append(works)
        missed = []
        for key, works in by_duty.items():
            count = self.counts.get(key, 0)
            too_few = self.model.new_int_var(0, count, "")
            # More than were counted on only where limits ask for it, which the counts do not know of.
            too_many = self.model.new_int_var(0, len(works) if self._has_least() else 0, "")
            self.model.add(total(works) + too_few - too_many == count)
            missed += [too_few, too_many]
        return total(missed)

    def _has_least(self) -> bool:
        limits = self.people[0][0].limits
        return bool(limits.least_minutes) or limits.least_days_in_row > 1 or limits.least_days_off > 1
