"""How a roster is found: a bound and counts for groups, people for the counts, then one piece after the other."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from shifts.engine.bound import Bound, Group, grouped, groups_of
from shifts.engine.dealing import deal
from shifts.engine.improving import improve
from shifts.engine.outcome import Outcome, Progress, Told
from shifts.engine.pieces import Pieces
from shifts.engine.placing import Placing
from shifts.engine.problem import Plan, Problem, Works
from shifts.engine.score import Score, score

SHARE_OF_BOUND, SHARE_OF_PLACING, SHARE_OF_WISHES = 0.35, 0.25, 0.2
PIECE_SECONDS, WHOLE_SECONDS = 3.0, 12.0
PATIENCE = 25
"""So many pieces in a row that could not be made better end the search, if nothing more is short than the bound."""


class Search:
    """One search. `told` hears of its progress several times a second at best; what it raises ends the search."""

    def __init__(self, problem: Problem, *, seconds: float, seed: int, workers: int, told: Told) -> None:
        self.problem, self.seconds, self.seed, self.workers = problem, seconds, seed, workers
        self.told = told
        self.began = time.monotonic()
        self.bound: Bound | None = None
        self.impossible: list[int] = []

    def run(self) -> Outcome:
        """Search until the time is over, or nothing better can be had."""
        groups = groups_of(self.problem)
        self.told(Progress(self.taken()))
        self.bound = grouped(self.problem, groups, seconds=max(1.0, SHARE_OF_BOUND * self.seconds))
        works = self._place(groups)
        plan = deal(self.problem, works, seconds=max(1.0, self.left() / 2))
        first = self.taken()
        plan, best = self._improve(plan)
        return Outcome(plan, best, self.least(), self.taken(), first, tuple(self.impossible))

    def taken(self) -> float:
        """Return the seconds since the begin."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.seconds - self.taken()

    def least(self) -> int | None:
        """Return the bound."""
        return self.bound.cost if self.bound else None

    def _place(self, groups: Sequence[Group]) -> Works:
        """Place all groups, two at a time; then spend a share of the time on what people wish."""
        counts = self.bound.counts if self.bound else [{} for _ in groups]
        placings = [
            Placing(self.problem, group, count, seed=self.seed)
            for group, count in zip(groups, counts, strict=True)
        ]
        self._for_all(placings, lambda one: one.meet(max(1.0, SHARE_OF_PLACING * self.seconds)))
        size = len(self.problem.people)
        for_wishes = SHARE_OF_WISHES * self.seconds * self.workers
        self._for_all(placings, lambda one: one.please(for_wishes * len(one.people) / size))
        works: Works = {}
        for one in placings:
            if one.is_impossible:
                self.impossible += [person.key for person, _ in one.people]
            works |= one.works
        return works

    def _for_all(self, placings: Sequence[Placing], step: Callable[[Placing], object]) -> None:
        with ThreadPoolExecutor(self.workers) as pool:
            for _ in pool.map(step, placings):
                self.told(Progress(self.taken(), bound=self.least()))

    def _improve(self, plan: Plan) -> tuple[Plan, Score]:
        """Free one piece after the other, and keep what makes the plan better."""
        dice = random.Random(self.seed)  # noqa: S311 (it only chooses where to look)
        best, rank = plan, score(self.problem, plan)
        pieces, idle = Pieces(self.problem, dice), 0
        while self.left() > 0 and not self._is_done(rank, idle):
            self.told(Progress(self.taken(), rank, self.least()))
            piece = pieces.next(best)
            found, certain = improve(
                self.problem,
                best,
                piece,
                seconds=max(
                    0.1, min(WHOLE_SECONDS if pieces.is_whole(piece) else PIECE_SECONDS, self.left())
                ),
                workers=self.workers,
                seed=dice.randrange(1 << 30),
            )
            idle += 1
            if found and (new := score(self.problem, found)).rank(self.problem) < rank.rank(self.problem):
                best, rank, idle = found, new, 0
            if certain and pieces.is_whole(piece):
                break
            pieces.learn(piece, certain=certain)
        return best, rank

    def _is_done(self, rank: Score, idle: int) -> bool:
        if rank.short != self.least():
            return False
        return idle >= PATIENCE or not (rank.wishes or rank.unfair)


def solve(problem: Problem, *, seconds: float, seed: int = 1, workers: int = 2, told: Told) -> Outcome:
    """Fill the roster within about `seconds`; `told` hears of the progress and may raise to end it."""
    return Search(problem, seconds=seconds, seed=seed, workers=workers, told=told).run()
