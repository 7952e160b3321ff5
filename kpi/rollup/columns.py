"""The numbers of a roll-up as SQL: counted from raw calls, and merged from finer rows. `c` is the call or the row."""

from collections.abc import Collection
from typing import Final

ANSWERED: Final = "c.outcome = 'answered'"
ABANDONED: Final = "c.outcome = 'abandoned'"
HANDLE: Final = "c.talk_seconds + coalesce(c.hold_seconds, 0) + coalesce(c.wrap_seconds, 0)"
LENGTHS: Final = {
    "wait": ("c.wait_seconds", ANSWERED),
    "lost_wait": ("c.wait_seconds", ABANDONED),
    "talk": ("c.talk_seconds", ANSWERED),
    "hold": ("c.hold_seconds", ANSWERED),
    "wrap": ("c.wrap_seconds", ANSWERED),
    "handle": (HANDLE, ANSWERED),
}
"""Lengths in whole seconds, and of which calls; only where the length is known."""
MARKED: Final = ("resolved", "transferred")
"""What a source may say of a call, or leave open."""
EXTREMES: Final = {"least": "min", "most": "max"}
BAGGED: Final = ("wait", "lost_wait", "talk", "handle")
RANKED: Final = ("wait", "talk", "handle")
RANKS: Final = (10, 50, 90, 95)
FEWEST: Final = 10
"""A percentile of fewer calls says nothing."""

EXACT: Final = 600
"""Seconds up to which a bag is exact; beyond, a step is 2 % wide."""
STEP: Final = 1.02
LAST: Final = 1023
LARGEST: Final = 2**31 - 1
"""Where a sum ends: only seconds that cannot be right come so far."""


def _count(condition: str) -> str:
    return f"nullif(count(*) FILTER (WHERE {condition}), 0)"


def step_of(seconds: str) -> str:
    """Return the step of a bag that a length falls into. The logarithm is floored before it becomes whole."""
    return (
        f"CASE WHEN {seconds} <= {EXACT} THEN {seconds} "
        f"ELSE least({EXACT + 1} + floor(ln(({seconds}) / {EXACT}.0::float8) / ln({STEP}::float8))::integer, {LAST}) END"
    )


def bag_of(seconds: str, condition: str) -> str:
    """Return the bag of a length: two bytes for each call (kpi/rollup/bags.py)."""
    return f"string_agg(int2send((({step_of(seconds)}) * 32)::int2), '') FILTER (WHERE {condition} AND {seconds} IS NOT NULL)"


def extreme_of(how: str, seconds: str, condition: str) -> str:
    """Return the least or the most (`how` is min or max) of the lengths that a bag does not tell to the second."""
    return f"{how}({seconds}) FILTER (WHERE {condition} AND {seconds} > {EXACT})"


def extremes_of(names: Collection[str]) -> dict[str, str]:
    """Return the extremes of lengths by the names of their columns."""
    return {
        f"{name}_{edge}": extreme_of(how, *LENGTHS[name]) for name in names for edge, how in EXTREMES.items()
    }


TALLIES: Final = {
    "offered": "count(*)",
    "answered": _count(ANSWERED),
    "abandoned": _count(ABANDONED),
    "flowed_out": _count("c.outcome = 'flowed_out'"),
    "nameless": _count(f"{ANSWERED} AND c.agent_id IS NULL AND c.agent_name = ''"),
    **{name: _count(f"c.{name}") for name in MARKED},
    **{f"rated_{mark}": _count(f"c.satisfaction = {mark}") for mark in (1, 2, 3, 4, 5)},
    **{
        f"no_{name}": _count(f"{of} AND {seconds} IS NULL")
        for name, (seconds, of) in LENGTHS.items()
        if name != "handle"
    },
    **{f"no_{name}": _count(f"{ANSWERED} AND c.{name} IS NULL") for name in MARKED},
}
SUMS: Final = {
    f"{name}_sum": f"nullif(least(coalesce(sum({seconds}) FILTER (WHERE {of}), 0), {LARGEST}), 0)"
    for name, (seconds, of) in LENGTHS.items()
}
BAGS: Final = {f"{name}_bag": bag_of(*LENGTHS[name]) for name in BAGGED}
BEYOND: Final = extremes_of(BAGGED)
"""The shortest and longest of the lengths beyond 600 s, which bags tell only nearly."""
READY: Final = tuple(f"{name}_p{rank}" for name in RANKED for rank in RANKS)

COUNTED: Final = {**TALLIES, **SUMS}
FROM_CALLS: Final = {**COUNTED, **BEYOND, **BAGS}


def merged(name: str) -> str:
    """Return how a number of several rows becomes one."""
    if name in READY:
        return f"max(c.{name})"
    if name.endswith("_bag"):
        return f"string_agg(c.{name}, '')"
    if name in BEYOND:
        return f"{EXTREMES[name.rpartition('_')[2]]}(c.{name})"
    return f"sum(c.{name})"


def kept(name: str) -> str:
    """Return how a number of several rows is kept as one row's."""
    return (
        f"nullif(least(coalesce({merged(name)}, 0), {LARGEST}), 0)" if name.endswith("_sum") else merged(name)
    )


def listed(expressions: dict[str, str]) -> str:
    """Return expressions with their names, as a SELECT lists them."""
    return ", ".join(f"{how} AS {name}" for name, how in expressions.items())
