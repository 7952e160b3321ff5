"""Which piece of a plan to look at next, and how large it may be."""

import random

from shifts.engine.improving import Piece
from shifts.engine.problem import Person, Plan, Problem
from shifts.engine.score import broken_wishes

FEW_PEOPLE, LEAST_PEOPLE = 10, 4
FEW_DAYS, LEAST_DAYS = 3, 2
MANY_PEOPLE = 120
DAYS_TURNS = 4
"""One piece in so many frees a few people on all days: it takes longer and finds less."""
WHOLE_PEOPLE = 60
"""A problem whose costs are simply added is looked at whole from the begin, if it has no more people than that."""


class Pieces:
    """Frees many people on a few days, now and then a few people on all days; learns what can be solved in time."""

    def __init__(self, problem: Problem, dice: random.Random) -> None:
        self.problem, self.dice = problem, dice
        self.people = list(problem.people)
        is_small = not problem.is_strict and len(self.people) <= WHOLE_PEOPLE
        self.few = len(self.people) if is_small else min(FEW_PEOPLE, len(self.people))
        self.days = min(FEW_DAYS, problem.days)
        # Order of patterns and limits of the whole roster are only counted over whole rosters of people.
        self.by_days = problem.is_strict and not problem.barred
        self.turn = 0

    def next(self, plan: Plan) -> Piece:
        """Return the next piece, most often around a wish that is broken."""
        self.turn += 1
        unhappy = sorted({(wish.day, person.key) for person, wish in broken_wishes(self.problem, plan)})
        if self.by_days and self.turn % DAYS_TURNS:
            return self._of_days(unhappy)
        return Piece(self._people(unhappy, self.few), range(self.problem.days))

    def learn(self, piece: Piece, *, certain: bool) -> None:
        """Take larger pieces after one that could be solved for certain, smaller ones after one that could not."""
        if len(piece.days) == self.problem.days:
            more = self.few + 2 if certain else max(LEAST_PEOPLE, self.few - 2)
            self.few = min(len(self.people), more)
        elif certain:
            self.days = min(self.problem.days, self.days + 1)
        else:
            self.days = min(self.problem.days, max(LEAST_DAYS, self.days - 1))

    def is_whole(self, piece: Piece) -> bool:
        """Say whether nothing of the problem stays outside of the piece."""
        return len(piece.people) == len(self.people) and len(piece.days) == self.problem.days

    def _of_days(self, unhappy: list[tuple[int, int]]) -> Piece:
        last = self.problem.days - self.days
        middle = self.dice.choice(unhappy)[0] if unhappy else self.dice.randrange(self.problem.days)
        first = max(0, min(last, middle - self.dice.randrange(self.days)))
        near = [one for one in unhappy if first <= one[0] < first + self.days]
        people = self._people(near, min(MANY_PEOPLE, len(self.people)))
        return Piece(people, range(first, first + self.days))

    def _people(self, unhappy: list[tuple[int, int]], size: int) -> tuple[Person, ...]:
        wanting = sorted({key for _day, key in unhappy})
        first = set(self.dice.sample(wanting, min(len(wanting), max(1, size // 3))))
        rest = [person.key for person in self.people if person.key not in first]
        free = first | set(self.dice.sample(rest, max(0, size - len(first))))
        return tuple(person for person in self.people if person.key in free)
