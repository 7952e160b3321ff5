"""Bags of lengths: exact to the second up to 600 s, in steps of 2 % beyond. Two bags together are their bytes in a row.

An entry is two bytes, the first the higher: the step times 32, plus how many more calls than one it stands for. So the
database builds a bag with `string_agg` and merges bags with it. Pure.
"""

from collections.abc import Sequence
from math import floor, log
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kpi.rollup.columns import EXACT, LAST, STEP

Counts = NDArray[np.int64]
Column = NDArray[Any]
NARROW: Final = 2**31 // (LAST + 1)
"""Up to so many bags, their steps are sorted as numbers of 32 bits: five times as fast as those of 64."""
MOST: Final = 32
"""Calls that one entry stands for at most."""
STEPS: Final = np.arange(LAST + 1)
SECONDS: Final = np.where(
    STEPS <= EXACT, STEPS, np.rint(EXACT * STEP ** (np.maximum(STEPS - EXACT - 1, 0) + 0.5))
).astype(np.int64)
"""The length that each step stands for: the middle of the step, so that it is at most 1 % from any in it."""


def step_of(seconds: int) -> int:
    """Return the step that a length falls into, as the database tells it (kpi/rollup/columns.py)."""
    if seconds <= EXACT:
        return seconds
    return min(EXACT + 1 + floor(log(seconds / EXACT) / log(STEP)), LAST)


def counts_of(bag: bytes | memoryview) -> Counts:
    """Return how many calls each step has."""
    entries = np.frombuffer(bag, dtype=">i2")
    return np.bincount(entries >> 5, weights=(entries & 31) + 1, minlength=LAST + 1).astype(np.int64)


def bag_of(counts: Counts) -> bytes:
    """Return the smallest bag with these counts, in order."""
    steps = np.flatnonzero(counts)
    full, rest = np.divmod(counts[steps] - 1, MOST)
    entries = np.repeat(steps * MOST + MOST - 1, full)
    last = steps * MOST + rest
    return np.sort(np.concatenate((entries, last))).astype(">i2").tobytes()


def within(counts: Counts, seconds: int) -> int:
    """Return how many calls last at most so long; exact for whole seconds up to 600."""
    return int(counts[: np.searchsorted(SECONDS, seconds, side="right")].sum())


def shortest(counts: Counts) -> int | None:
    """Return the shortest length; None of an empty bag."""
    found = np.flatnonzero(counts)
    return int(SECONDS[found[0]]) if found.size else None


def longest(counts: Counts) -> int | None:
    """Return the longest length; None of an empty bag."""
    found = np.flatnonzero(counts)
    return int(SECONDS[found[-1]]) if found.size else None


def rank(counts: Counts, percent: int) -> int | None:
    """Return the nearest-rank percentile: the least length that so many in 100 do not exceed; None of an empty bag."""
    total = int(counts.sum())
    if not total:
        return None
    # Whole numbers: 0.95 × 20 is 19, which floating point can take for a bit more.
    wanted = -(-percent * total // 100)
    return int(SECONDS[np.searchsorted(np.cumsum(counts), max(wanted, 1))])


def in_bag(bags: Column, steps: Column) -> Column:
    """Return steps with the number of the bag they lie in, so that sorting puts bags together; in 32 bits, if they suffice."""
    width = np.int32 if not bags.size or int(bags.max()) < NARROW else np.int64
    found: Column = bags.astype(width) * (LAST + 1) + steps.astype(width)
    return found


def ranks_of_many(
    bags: Sequence[bytes | memoryview | None], percents: Sequence[int], *, fewest: int
) -> Counts:
    """Return the percentiles of many bags at once, a row for each; -1 where a bag has fewer calls than `fewest`."""
    sizes = np.array([len(bag) // 2 if bag else 0 for bag in bags])
    entries = np.frombuffer(b"".join(bag for bag in bags if bag), dtype=">i2")
    repeats = (entries & 31) + 1
    owners = np.repeat(np.arange(len(bags)), sizes)
    totals = np.bincount(owners, weights=repeats, minlength=len(bags)).astype(np.int64)
    ordered = np.sort(np.repeat(in_bag(owners, entries >> 5), repeats))
    firsts = np.cumsum(totals) - totals
    found = np.full((len(bags), len(percents)), -1)
    enough = totals >= max(fewest, 1)
    for column, percent in enumerate(percents):
        wanted = np.maximum(-(-percent * totals[enough] // 100), 1)
        found[enough, column] = SECONDS[ordered[firsts[enough] + wanted - 1] % (LAST + 1)]
    return found
