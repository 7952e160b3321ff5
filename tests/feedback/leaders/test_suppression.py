"""What is told of small groups: over random counts, nothing that is told or can be subtracted is small."""

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.figures import CUTS, MEASURES, Fact, figures
from feedback.suppression import Least, cut, parted

LEAST = Least(cell=5, unit=10)
KEYS = ["a", "b", "c", "d", "e", "f"]
small = st.integers(0, 12)


def keyed(values):
    """Return a strategy for values by key."""
    return st.lists(values, min_size=1, max_size=len(KEYS)).map(
        lambda found: dict(zip(KEYS, found, strict=False))
    )


def sums(groups):
    """Return the count of every union of disjoint groups: whatever sums and differences of what is told can be."""
    for chosen in itertools.product((False, True), repeat=len(groups)):
        yield sum(count for count, is_in in zip(groups, chosen, strict=True) if is_in)


@given(keyed(small), keyed(st.integers(0, 25)))
def test_no_told_value_and_no_difference_of_told_values_is_small(found, sizes):
    shown = cut(found, LEAST, sizes)
    if shown is None:
        return
    assert {*shown.told, *shown.rest} == set(found)
    groups = [found[key] for key in shown.told] + [sum(found[key] for key in shown.rest)]
    assert all(LEAST.allows(count) for count in sums(groups))
    assert all(sizes.get(key, 10) >= 10 for key in shown.told)
    assert not shown.rest or sum(sizes.get(key, 10) for key in shown.rest) >= 10


@given(keyed(st.tuples(small, small)))
def test_no_part_that_is_told_or_can_be_computed_is_small(found):
    told = parted(found, LEAST)
    if told is None:
        assert not all(map(LEAST.allows, map(sum, zip(*found.values(), strict=True))))
        return
    kept = found.keys() - told
    for part in range(2):
        groups = [found[key][part] for key in told] + [sum(found[key][part] for key in kept)]
        assert all(LEAST.allows(count) for count in sums(groups))


def test_what_is_large_enough_is_told():
    assert cut({"a": 5, "b": 0, "c": 40}, LEAST).told == ("a", "b", "c")
    assert parted({"a": (5, 0), "b": (6, 9)}, LEAST) == {"a", "b"}


def test_a_single_small_value_takes_the_next_larger_one_along():
    assert cut({"a": 2, "b": 30, "c": 9}, LEAST).rest == ("a", "c")


def test_a_small_place_is_not_told_as_the_only_one_of_the_rest():
    assert cut({"a": 20, "b": 30, "c": 9}, LEAST, {"a": 9, "b": 500, "c": 50}).rest == ("a", "c")


def test_of_too_few_not_even_the_sum_is_told():
    assert cut({"a": 2, "b": 2}, LEAST) is None
    assert cut({"a": 0}, LEAST).told == ("a",)


# A week: where each item was, and what became of it. Its published tables against what is true.
places = st.fixed_dictionaries({by: st.sampled_from(KEYS[:4]) for by in CUTS})
facts = st.lists(st.tuples(places, st.integers(0, 1)), max_size=60)
NAMES = {by: {key: key for key in KEYS[:4]} for by in CUTS}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(facts, min_size=1, max_size=3), st.sampled_from([{}, {"a": 3, "b": 40, "c": 40, "d": 12}]))
def test_no_sum_or_difference_of_cells_over_weeks_cuts_and_parts_is_small(weeks, sizes):
    for week in weeks:
        made = figures(_happened(week), NAMES, sizes, LEAST)
        for (measure, parts), by in itertools.product(MEASURES.items(), CUTS):
            table = made[measure]
            # Disjoint groups, each 0 or large: their unions are all that can be computed, over any number of weeks.
            assert all(LEAST.allows(count) for count in _atoms(table, by, parts))
            if table[by]:
                assert sum(cell["n"] for cell in _cells(table, by)) == table["all"]["n"]


def _happened(week):
    return {
        measure: [Fact(at, parts[which] if parts else "") for at, which in week]
        for measure, parts in MEASURES.items()
    }


def _atoms(table, by, parts):
    """Yield the counts of the disjoint groups that a table tells: cells, their parts, and the parts left over of all."""
    cells = _cells(table, by)
    for cell in [*cells, table["all"]]:
        if cell is not None:
            yield cell["n"]
            yield from (cell.get("parts") or {}).values()
    told = [cell["parts"] for cell in cells if cell.get("parts")]
    if cells and table["all"].get("parts"):
        for part in parts:
            yield table["all"]["parts"][part] - sum(one[part] for one in told)


def _cells(table, by):
    """Return the cells of a table that are told."""
    return [cell for cell in [*table[by]["rows"], table[by]["rest"]] if cell] if table[by] else []
