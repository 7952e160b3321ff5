"""How a roster is found: a bound and counts for groups, people for the counts, then one piece after the other."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import Any

from shifts.engine.bound import Bound, Group, grouped, groups_of
from shifts.engine.dealing import deal
from shifts.engine.improving import improve
from shifts.engine.outcome import Outcome, Progress, Told
from shifts.engine.pieces import Pieces
from shifts.engine.placing import Placing, split
from shifts.engine.problem import Plan, Problem, Works
from shifts.engine.score import Score, score

SHARE_OF_BOUND, SHARE_OF_PLACING, SHARE_OF_WISHES = 0.5, 0.25, 0.2
PIECE_SECONDS, WHOLE_SECONDS = 3.0, 12.0
LONGEST_STEP = 30.0
BEAT = 0.5
PATIENCE = 25
"""So many pieces in a row that could not be made better end the search, if nothing more is short than the bound."""


class Search:
    """One search. `told` hears of its progress twice a second; what it raises ends the search."""

    def __init__(self, problem: Problem, *, seconds: float, seed: int, workers: int, told: Told) -> None:
        self.problem, self.seconds, self.seed, self.workers = problem, seconds, seed, workers
        self.told = told
        self.began = time.monotonic()
        self.bound: Bound | None = None
        self.now: Score | None = None

    def run(self) -> Outcome:
        """Search until the time is over, or nothing better can be had."""
        groups = groups_of(self.problem)
        most = min(LONGEST_STEP, max(1.0, SHARE_OF_BOUND * self.seconds))
        (self.bound,) = self._heeding([lambda: grouped(self.problem, groups, seconds=most)])
        placings = self._place(groups)
        plan = self._deal(placings)
        first = self.taken()
        self._please(placings)
        pleasing = self._deal(placings)
        plan = min(plan, pleasing, key=lambda one: score(self.problem, one).rank(self.problem))
        plan, best = self._improve(plan)
        impossible = tuple(person.key for one in placings if one.is_impossible for person, _ in one.people)
        return Outcome(plan, best, self.least(), self.taken(), first, impossible)

    def taken(self) -> float:
        """Return the seconds since the begin."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.seconds - self.taken()

    def least(self) -> int | None:
        """Return the bound."""
        return self.bound.cost if self.bound else None

    def _place(self, groups: Sequence[Group]) -> list[Placing]:
        """Place the people of all groups."""
        counts = self.bound.counts if self.bound else [{} for _ in groups]
        most = min(LONGEST_STEP, max(1.0, SHARE_OF_PLACING * self.seconds))
        placings = [
            Placing(self.problem, part, share, seed=self.seed)
            for group, count in zip(groups, counts, strict=True)
            for part, share in split(self.problem, group, count)
        ]
        self._heeding([partial(one.meet, most) for one in placings])
        return placings

    def _please(self, placings: Sequence[Placing]) -> None:
        """Spend a share of the time on what people wish, each group as much as it has people."""
        seconds = min(LONGEST_STEP, SHARE_OF_WISHES * self.seconds) * self.workers / len(self.problem.people)
        self._heeding([partial(one.please, seconds * len(one.people)) for one in placings])

    def _deal(self, placings: Sequence[Placing]) -> Plan:
        works: Works = {}
        for one in placings:
            works |= one.works
        plan = deal(self.problem, works, seconds=min(LONGEST_STEP, max(1.0, self.left() / 4)))
        self.now = score(self.problem, plan)
        return plan

    def _heeding(self, steps: Sequence[Callable[[], Any]]) -> list[Any]:
        """Take the steps, as many at once as there are workers; whoever listens hears of it and can end it at any time."""
        pool = ThreadPoolExecutor(self.workers)
        try:
            futures = [pool.submit(step) for step in steps]
            while wait(futures, timeout=BEAT).not_done:
                self.told(Progress(self.taken(), self.now, self.least()))
            return [future.result() for future in futures]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _improve(self, plan: Plan) -> tuple[Plan, Score]:
        """Free one piece after the other, and keep what makes the plan better."""
        dice = random.Random(self.seed)  # noqa: S311 (it only chooses where to look)
        best, rank = plan, score(self.problem, plan)
        pieces, idle = Pieces(self.problem, dice), 0
        while self.left() > 0 and not self._is_done(rank, idle):
            piece = pieces.next(best)
            most = WHOLE_SECONDS if pieces.is_whole(piece) else PIECE_SECONDS
            step = partial(
                improve,
                self.problem,
                best,
                piece,
                seconds=max(0.1, min(most, self.left())),
                workers=self.workers,
                seed=dice.randrange(1 << 30),
            )
            ((found, certain),) = self._heeding([step])
            idle += 1
            if found and (new := score(self.problem, found)).rank(self.problem) < rank.rank(self.problem):
                best, rank, idle = found, new, 0
                self.now = rank
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
