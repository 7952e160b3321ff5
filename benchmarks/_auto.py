"""A roster to fill: so many agents of a site, three skills, half-hour need by Erlang C."""

import math
import random

from shifts.engine.problem import STEP, Cell, Duty, Held, Limits, Need, Person, Problem
from shifts.erlang import heads_needed

DAY = 24 * 60
SKILLS = {1: 0.55, 2: 0.30, 3: 0.15}
"""The share of the calls of each skill."""
WEEKEND, SATURDAY = 0.6, 5
HANDLE, SHARE, WITHIN = 300, 0.8, 20
CALLS_AN_AGENT = 62.0
PATTERNS = (
    (7 * 60, "early"),
    (8 * 60 + 30, "day"),
    (10 * 60, "middle"),
    (13 * 60, "late"),
    (22 * 60, "night"),
)
LENGTH, LUNCH, LUNCH_FROM, LUNCH_TO = 9 * 60, 60, 180, 300
"""Eight hours of work and an hour of lunch, which begins three to five hours after the shift does."""
HELD = ({1}, {1}, {1}, {1, 2}, {1, 2}, {2}, {2, 3}, {3}, {1, 3}, {1, 2, 3})


def problem(agents: int = 100, days: int = 14, seed: int = 1) -> Problem:
    """Return the same problem for the same numbers."""
    dice = random.Random(seed)  # noqa: S311 (the same numbers every time)
    return Problem(
        days=days,
        people=tuple(
            Person(key, tuple(Held(skill, 0, days) for skill in sorted(HELD[key % len(HELD)])), Limits())
            for key in range(agents)
        ),
        duties=tuple(
            _duty(day, pattern, begins) for day in range(days) for pattern, (begins, _) in enumerate(PATTERNS)
        ),
        need=_need(agents, days, dice),
    )


def _duty(day: int, pattern: int, begins: int) -> Duty:
    start = day * DAY + begins
    placings = tuple(
        tuple(
            half_hour
            for half_hour in range(start // STEP, (start + LENGTH) // STEP)
            if not lunch <= half_hour * STEP < lunch + LUNCH
        )
        for lunch in range(start + LUNCH_FROM, start + LUNCH_TO + 1, STEP)
    )
    is_night = begins + LENGTH > DAY
    return Duty(day, pattern, start, start + LENGTH, LENGTH - LUNCH, placings, is_night, day % 7 >= SATURDAY)


def _need(agents: int, days: int, dice: random.Random) -> dict[Cell, Need]:
    calls_a_day = CALLS_AN_AGENT * agents * 5 / 7
    shape = [_shape(half_hour / 2) for half_hour in range(48)]
    need: dict[Cell, Need] = {}
    for day in range(days):
        scale = calls_a_day * (WEEKEND if day % 7 >= SATURDAY else 1) * dice.uniform(0.9, 1.1) / sum(shape)
        for half_hour, weight in enumerate(shape):
            for skill, share in SKILLS.items():
                calls = scale * weight * share * dice.uniform(0.9, 1.1)
                heads = heads_needed(calls, HANDLE, SHARE, WITHIN, 0.85)
                need[day * 48 + half_hour, skill] = Need(heads)
    return need


def _shape(hour: float) -> float:
    """Return how much of a day's calls come at an hour: a peak before noon, one in the afternoon, little at night."""
    morning, afternoon = math.exp(-((hour - 10) ** 2) / 5), math.exp(-((hour - 15.5) ** 2) / 8)
    return 0.02 + morning + 0.9 * afternoon + 0.25 * math.exp(-((hour - 20) ** 2) / 6)
