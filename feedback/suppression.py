"""Which counts of small groups may be told. Pure: no database.

What is told of a period and a cut (by department, say) are the counts of disjoint groups that cover everything: some values
one by one, and the rest together. Each of them is 0 or at least `Least.cell`, so every sum and every difference of what is told
is a union of such groups and has the same property. What is hidden is in no other sum: longer periods add up what was told.
Parts (on time and late, say) follow the same rule within the groups.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

UNSIZED: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest count that is told, and how many people a place must have to be told of."""

    cell: int
    unit: int

    def allows(self, count: int) -> bool:
        """Say whether a count may be told: nobody, or enough."""
        return count == 0 or count >= self.cell


@dataclass(frozen=True, slots=True)
class Cut:
    """The values that are told one by one, and those that are told together only."""

    told: tuple[str, ...]
    rest: tuple[str, ...]


def cut(counts: Mapping[str, int], least: Least, sizes: Mapping[str, int] = UNSIZED) -> Cut | None:
    """Return what of `counts` is told one by one; None if only their sum may be told, or nothing.

    `sizes` are the people of the values that are places; one with too few of them is never told alone, even with others
    subtracted. Small values take the next larger ones into the rest until nothing can be subtracted from it.
    """
    if not least.allows(sum(counts.values())):
        return None
    rest = {
        key
        for key, count in counts.items()
        if not least.allows(count) or sizes.get(key, least.unit) < least.unit
    }
    larger = _by_size(counts.keys() - rest, counts)
    while rest and not _can_stand(rest, counts, least, sizes):
        if not larger:
            return None
        rest.add(larger.pop(0))
    return Cut(tuple(key for key in counts if key not in rest), tuple(key for key in counts if key in rest))


def parted(groups: Mapping[str, Sequence[int]], least: Least) -> frozenset[str] | None:
    """Return the groups whose parts may be told; None if not even the parts of all together may.

    `groups` are disjoint, and the parts of each are told by the same names.
    """
    if not _all_allowed(groups, groups, least):
        return None
    kept = {key for key, parts in groups.items() if not all(map(least.allows, parts))}
    larger = _by_size(groups.keys() - kept, {key: sum(parts) for key, parts in groups.items()})
    while not _all_allowed(kept, groups, least):
        kept.add(larger.pop(0))
    return frozenset(groups.keys() - kept)


def _by_size(keys: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    """Return keys with the smallest count first, the empty ones last: they hide nothing."""
    return sorted(keys, key=lambda key: (counts[key] == 0, counts[key], key))


def _can_stand(rest: set[str], counts: Mapping[str, int], least: Least, sizes: Mapping[str, int]) -> bool:
    people = sum(sizes.get(key, least.unit) for key in rest)
    return least.allows(sum(counts[key] for key in rest)) and people >= least.unit


def _all_allowed(keys: Iterable[str], groups: Mapping[str, Sequence[int]], least: Least) -> bool:
    sums = map(sum, zip(*(groups[key] for key in keys), strict=True))
    return all(map(least.allows, sums))
