"""Calls counted by the keys of a grain, all cells at once. Pure; `kpi verify` holds it against plain counting."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kpi.rollup.bags import MOST, SECONDS, in_bag
from kpi.rollup.calls import ABANDONED, ANSWERED, FLOWED_OUT, Calls, Column
from kpi.rollup.columns import (
    BAGGED,
    EXACT,
    EXTREMES,
    FEWEST,
    LARGEST,
    LAST,
    MARKED,
    RANKED,
    RANKS,
    STEP,
)

Numbers = NDArray[np.int64]
MARKS: Final = (1, 2, 3, 4, 5)
MOST_KINDS: Final = 1 << 22
"""Of so many kinds of calls one can keep a list; more are sorted."""
SHORT: Final = np.array(["", *map(str, range(1, 4096))], dtype=object)
"""Small numbers as they are written."""


class Facts:
    """What is counted of calls: which are of a kind, and how long they took. Reckoned once for all grains."""

    def __init__(self, calls: Calls) -> None:
        taken, lost = calls["outcome"] == ANSWERED, calls["outcome"] == ABANDONED
        known = {name: calls[name] >= 0 for name in ("wait", "talk", "hold", "wrap")}
        self.size = len(taken)
        self.kinds: dict[str, Column] = {
            "answered": taken,
            "abandoned": lost,
            "flowed_out": calls["outcome"] == FLOWED_OUT,
            "nameless": taken & (calls["agent"] == 0) & (calls["name"] == 0),
            **{name: calls[name] == 1 for name in MARKED},
            **{f"rated_{mark}": calls["rated"] == mark for mark in MARKS},
            "no_wait": taken & ~known["wait"],
            "no_lost_wait": lost & ~known["wait"],
            **{f"no_{name}": taken & ~known[name] for name in ("talk", "hold", "wrap")},
            **{f"no_{name}": taken & (calls[name] < 0) for name in MARKED},
        }
        handle = calls["talk"].astype(np.int64)
        for name in ("hold", "wrap"):
            handle += np.maximum(calls[name], 0)
        self.lengths: dict[str, tuple[Numbers, Column]] = {
            "wait": (calls["wait"].astype(np.int64), np.flatnonzero(taken & known["wait"])),
            "lost_wait": (calls["wait"].astype(np.int64), np.flatnonzero(lost & known["wait"])),
            **{
                name: (calls[name].astype(np.int64), np.flatnonzero(taken & known[name]))
                for name in ("talk", "hold", "wrap")
            },
            "handle": (handle, np.flatnonzero(taken & known["talk"])),
        }
        self.steps = {name: _steps(self.lengths[name][0]) for name in BAGGED}


def _steps(seconds: Numbers) -> Numbers:
    """Return the steps of bags that lengths fall into, as `columns.step_of` tells them."""
    steps = seconds.copy()
    beyond = np.flatnonzero(seconds > EXACT)
    steps[beyond] = EXACT + 1 + np.floor(np.log(seconds[beyond] / EXACT) / np.log(STEP))
    return np.minimum(steps, LAST)


@dataclass(frozen=True)
class Cells:
    """Calls by the cell that each is counted in: `place` is its number, of `count`; `first` is a call of each cell."""

    facts: Facts
    place: Numbers
    first: Numbers

    @classmethod
    def of(cls, facts: Facts, keys: Sequence[Column]) -> "Cells":
        """Put calls together that are alike in all keys."""
        code, kinds = np.zeros(facts.size, np.int64), 1
        for key in keys:
            number, more = _numbered(key)
            code, kinds = code * more + number, kinds * more
            if kinds > MOST_KINDS:
                code, kinds = _numbered(code)
        known = np.flatnonzero(np.bincount(code, minlength=kinds))
        numbers = np.zeros(kinds, np.int64)
        numbers[known] = np.arange(len(known))
        place = numbers[code]
        first = np.zeros(len(known), np.int64)
        first[place[::-1]] = np.arange(
            facts.size - 1, -1, -1
        )  # of several calls of a cell, the last one set is the first
        return cls(facts, place, first)

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.first)

    def number(self, name: str) -> list[str]:
        """Return a number of each cell as the database reads it; what is 0 or not there takes no room."""
        what, _mark, part = name.rpartition("_")
        if name == "offered":
            return _written(np.bincount(self.place))
        if name in self.facts.kinds:
            return _written(np.bincount(self.place[self.facts.kinds[name]], minlength=self.count))
        if part == "sum":
            return _written(self._sum(what))
        if part in EXTREMES:
            return _written(self._extreme(what, part))
        if part == "bag":
            return self._bag(what)
        return _written(self._ranks[what][int(part.removeprefix("p"))], nothing=-1)

    def _sum(self, what: str) -> Numbers:
        seconds, known = self.facts.lengths[what]
        # Exact: no sum of a day comes near the 2^53 up to which a float counts whole numbers.
        sums = np.bincount(self.place[known], weights=seconds[known], minlength=self.count)
        return np.minimum(sums, LARGEST).astype(np.int64)

    def _extreme(self, what: str, edge: str) -> Numbers:
        seconds, known = self.facts.lengths[what]
        beyond = known[seconds[known] > EXACT]
        better, nothing = (np.minimum, LARGEST) if edge == "least" else (np.maximum, 0)
        found = np.full(self.count, nothing)
        better.at(found, self.place[beyond], seconds[beyond])
        return np.where(found == nothing, 0, found)

    def _bag(self, what: str) -> list[str]:
        ordered = self._ordered[what]
        begins = np.flatnonzero(np.diff(ordered, prepend=-1))
        full, rest = np.divmod(np.diff(begins, append=len(ordered)) - 1, MOST)
        runs = np.repeat(ordered[begins], full + 1)
        # The last entry of a run stands for what is over, those before it for as many as an entry can.
        more = np.full(len(runs), MOST - 1)
        more[np.cumsum(full + 1) - 1] = rest
        entries = ((runs % (LAST + 1)) * MOST + more).astype(">i2").tobytes().hex()
        ends = np.searchsorted(runs // (LAST + 1), np.arange(self.count + 1)) * 4
        bounds = ends.tolist()
        return [
            f"\\x{entries[begin:end]}" if end > begin else "" for begin, end in itertools.pairwise(bounds)
        ]

    @cached_property
    def _ordered(self) -> dict[str, Numbers]:
        """The steps of every known length with their cells, in order of cells and lengths."""
        found = {}
        for what in BAGGED:
            known = self.facts.lengths[what][1]
            found[what] = np.sort(in_bag(self.place[known], self.facts.steps[what][known]))
        return found

    @cached_property
    def _ranks(self) -> dict[str, dict[int, Numbers]]:
        """The nearest-rank percentiles of each cell; -1 where fewer than ten lengths are known."""
        return {what: dict(self._ranks_of(what)) for what in RANKED}

    def _ranks_of(self, what: str) -> Iterator[tuple[int, Numbers]]:
        ordered = self._ordered[what]
        totals = np.bincount(ordered // (LAST + 1), minlength=self.count)
        begins = np.cumsum(totals) - totals
        enough = totals >= FEWEST
        for percent in RANKS:
            found = np.full(self.count, -1)
            wanted = np.maximum(-(-percent * totals[enough] // 100), 1)
            found[enough] = SECONDS[ordered[begins[enough] + wanted - 1] % (LAST + 1)]
            yield percent, found


def _numbered(key: Column) -> tuple[Numbers, int]:
    """Return numbers from 0 that are equal where the key is, and below what they are; as they stand where they lie near."""
    if not key.size:
        return key.astype(np.int64), 1
    least, most = int(key.min()), int(key.max())
    if most - least < MOST_KINDS:
        return key.astype(np.int64) - least, most - least + 1
    kinds, number = np.unique(key, return_inverse=True)
    return number, len(kinds)


def _written(numbers: Numbers, *, nothing: int = 0) -> list[str]:
    if nothing == 0 and numbers.size and numbers.min() >= 0 and numbers.max() < len(SHORT):
        written: list[str] = SHORT[numbers].tolist()
        return written
    return ["" if number == nothing else str(number) for number in numbers.tolist()]
