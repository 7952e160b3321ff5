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
from shifts.engine.outcome import Outcome, Progress, Stopped, Told
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
    """One search, with the best plan `so_far`. `told` hears of its progress twice a second; what it raises ends the search.

    Stopped ends it with the best plan, if there is one by then.
    """

    def __init__(self, problem: Problem, *, seconds: float, seed: int, workers: int, told: Told) -> None:
        self.problem, self.seconds, self.seed, self.workers = problem, seconds, seed, workers
        self.told = told
        self.began = time.monotonic()
        self.bound: Bound | None = None
        self.placings: list[Placing] = []
        self.so_far: tuple[Plan, Score] | None = None
        self.first = 0.0

    def run(self) -> Outcome:
        """Search until the time is over, nothing better can be had, or somebody stops it."""
        stopped = False
        try:
            self._search()
        except Stopped:
            stopped = True
        plan, best = self.best()
        impossible = tuple(
            person.key for one in self.placings if one.is_impossible for person, _ in one.people
        )
        return Outcome(plan, best, self.least(), self.taken(), self.first, impossible, stopped)

    def _search(self) -> None:
        groups = groups_of(self.problem)
        most = min(LONGEST_STEP, max(1.0, SHARE_OF_BOUND * self.seconds))
        (self.bound,) = self._heeding([lambda: grouped(self.problem, groups, seconds=most)])
        self.placings = self._place(groups)
        self._take(self._deal())
        self.first = self.taken()
        self._please()
        self._take(self._deal())
        self._improve()

    def taken(self) -> float:
        """Return the seconds since the begin."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.seconds - self.taken()

    def least(self) -> int | None:
        """Return the bound."""
        return self.bound.cost if self.bound else None

    def best(self) -> tuple[Plan, Score]:
        """Return the best plan so far; Stopped where none was dealt yet."""
        if self.so_far is None:
            raise Stopped
        return self.so_far

    def _take(self, plan: Plan) -> bool:
        """Keep a plan if it is better than what there is; say whether it is."""
        found = score(self.problem, plan)
        if self.so_far and found.rank(self.problem) >= self.so_far[1].rank(self.problem):
            return False
        self.so_far = plan, found
        return True

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

    def _please(self) -> None:
        """Spend a share of the time on what people wish, each group as much as it has people."""
        seconds = min(LONGEST_STEP, SHARE_OF_WISHES * self.seconds) * self.workers / len(self.problem.people)
        self._heeding([partial(one.please, seconds * len(one.people)) for one in self.placings])

    def _deal(self) -> Plan:
        works: Works = {}
        for one in self.placings:
            works |= one.works
        return deal(self.problem, works, seconds=min(LONGEST_STEP, max(1.0, self.left() / 4)))

    def _heeding(self, steps: Sequence[Callable[[], Any]]) -> list[Any]:
        """Take the steps, as many at once as there are workers; whoever listens hears of it and can end it at any time."""
        pool = ThreadPoolExecutor(self.workers)
        try:
            self._tell()
            futures = [pool.submit(step) for step in steps]
            while wait(futures, timeout=BEAT).not_done:
                self._tell()
            return [future.result() for future in futures]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _tell(self) -> None:
        self.told(Progress(self.taken(), self.so_far and self.so_far[1], self.least()))

    def _improve(self) -> None:
        """Free one piece after the other, and keep what makes the plan better."""
        dice = random.Random(self.seed)  # noqa: S311 (it only chooses where to look)
        pieces, idle = Pieces(self.problem, dice), 0
        while self.left() > 0 and not self._is_done(idle):
            best, _score = self.best()
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
            if found and self._take(found):
                idle = 0
            if certain and pieces.is_whole(piece):
                break
            pieces.learn(piece, certain=certain)

    def _is_done(self, idle: int) -> bool:
        _plan, rank = self.best()
        if rank.short != self.least():
            return False
        return idle >= PATIENCE or not (rank.wishes or rank.unfair)


def solve(problem: Problem, *, seconds: float, seed: int = 1, workers: int = 2, told: Told) -> Outcome:
    """Fill the roster within about `seconds`; `told` hears of the progress and may raise to end it (Search)."""
    return Search(problem, seconds=seconds, seed=seed, workers=workers, told=told).run()
