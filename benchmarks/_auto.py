"""A roster to fill: so many agents of a site, three skills, half-hour need by Erlang C."""

import math
import random
import time
from statistics import median

from benchmarks.runner import Bench
from shifts.engine.check import check
from shifts.engine.outcome import Outcome
from shifts.engine.problem import STEP, Cell, Duty, Held, Limits, Need, Person, Problem
from shifts.engine.search import solve
from shifts.erlang import heads_needed

DAY = 24 * 60
SKILLS = {1: 0.55, 2: 0.30, 3: 0.15}
"""The share of the calls of each skill."""
WEEKEND, SATURDAY = 0.6, 5
HANDLE, SHARE, WITHIN = 300, 0.8, 20
CALLS_AN_AGENT = 62.0
SEEDS = 5
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


def measure(bench: Bench) -> None:
    """Fill the roster of 100 agents and 14 days within 10 and within 60 seconds; medians over the seeds.

    The gap is that of what is short to the grouped bound. A broken rule is an error, by code that shares nothing with the search.
    """
    agents, days = bench.size("agents", 100), bench.size("days", 14)
    for seconds, goal in ((10, 5.0), (60, 2.0)):
        outcomes = [_filled(problem(agents, days, seed), seconds, seed) for seed in range(1, SEEDS + 1)]
        name = f"auto_{agents}x{days}_{seconds}s"
        bench.report(f"{name}_gap", median(outcome.gap or 0 for outcome, _ in outcomes) * 100, "%", goal)
        bench.report(f"{name}_short", median(outcome.score.short for outcome, _ in outcomes), "")
        bench.report(
            f"{name}_first_legal", median(outcome.first_seconds for outcome, _ in outcomes), "s", 5.0
        )
        bench.report(f"{name}_taken", median(outcome.seconds for outcome, _ in outcomes), "s")
        bench.report(f"{name}_cpu", median(cpu for _, cpu in outcomes), "s CPU")


def _filled(asked: Problem, seconds: float, seed: int) -> tuple[Outcome, float]:
    began = time.process_time()
    outcome = solve(asked, seconds=seconds, seed=seed, workers=2, told=lambda _progress: None)
    taken = time.process_time() - began
    if broken := check(asked, outcome.plan):
        message = f"{len(broken)} rules broken, first {broken[0]}"
        raise AssertionError(message)
    return outcome, taken
