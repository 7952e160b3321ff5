"""Bags of lengths: exact up to ten minutes, at most 2 % off beyond; merged by laying them side by side."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.rollup import bags
from kpi.rollup.columns import EXACT

LENGTHS = st.lists(st.integers(0, 700) | st.integers(0, 90_000), min_size=1, max_size=80)


def bag(lengths):
    """Return a bag as the database makes it, an entry for each call."""
    return b"".join((bags.step_of(length) * 32).to_bytes(2, "big") for length in lengths)


@given(lengths=LENGTHS, percent=st.sampled_from([10, 50, 90, 95]))
def test_percentile_is_the_nearest_rank(lengths, percent):
    plain = sorted(lengths)[ceil(percent * len(lengths) / 100) - 1]
    found = bags.rank(bags.counts_of(bag(lengths)), percent)
    assert found == plain if plain <= EXACT else abs(found - plain) <= 0.02 * plain
    [[ready]] = bags.ranks_of_many([bag(lengths)], [percent], fewest=1)
    assert ready == found


@given(lengths=LENGTHS, seconds=st.integers(0, EXACT))
def test_share_within_a_whole_threshold_is_exact(lengths, seconds):
    within = sum(length <= seconds for length in lengths)
    assert bags.within(bags.counts_of(bag(lengths)), seconds) == within


@given(one=LENGTHS, other=LENGTHS)
def test_two_bags_side_by_side_are_one(one, other):
    together = bags.counts_of(bag(one) + bags.bag_of(bags.counts_of(bag(other))))
    assert (together == bags.counts_of(bag(one + other))).all()


@pytest.mark.parametrize("count", [1, 31, 32, 33, 1000])
def test_bag_that_counts_is_as_small_as_it_can_be(count):
    small = bags.bag_of(bags.counts_of(bag([7] * count)))
    assert len(small) == 2 * ceil(count / bags.MOST)
    assert bags.counts_of(small)[7] == count
