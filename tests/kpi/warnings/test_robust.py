"""What is usual, and what a few odd values do to it."""

from statistics import NormalDist, median

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi.robust import correction, usual

VALUES = st.lists(st.integers(-100_000, 100_000).map(float), min_size=2, max_size=60)


def test_too_few_values_say_nothing():
    assert usual([5.0, 6.0, 7.0], least=4) is None
    assert usual([5.0]) is None


def test_the_deviation_of_normal_values_is_their_standard_deviation():
    values = [NormalDist(300, 40).inv_cdf((at + 0.5) / 1001) for at in range(1001)]
    known = usual(values)
    assert known.middle == pytest.approx(300)
    assert known.spread == pytest.approx(40, rel=0.01)
    assert (known.low(3), known.high(3)) == (pytest.approx(180, abs=2), pytest.approx(420, abs=2))


def test_few_values_get_a_wider_band_than_many():
    assert correction(8) == pytest.approx(1.129)
    assert correction(100) == pytest.approx(1.008, abs=0.001)


def test_where_most_values_are_the_same_the_mean_deviation_stands_in():
    known = usual([10.0] * 8 + [20.0, 30.0])
    assert known.middle == 10
    assert known.spread == pytest.approx(1.2533 * 3)


def test_where_all_are_the_same_the_step_is_the_spread():
    assert usual([0.9] * 6, step=0.01).spread == 0.01
    assert usual([0.9] * 6).spread == 0


@given(VALUES, st.integers(-1000, 1000), st.integers(1, 50))
def test_another_zero_or_another_unit_changes_nothing_but_the_numbers(values, shift, scale):
    one, other = usual(values), usual([scale * value + shift for value in values])
    assert other.middle == pytest.approx(scale * one.middle + shift)
    assert other.spread == pytest.approx(scale * one.spread)


@given(VALUES)
def test_turned_round_it_is_the_same_band_turned_round(values):
    one, other = usual(values), usual([-value for value in values])
    assert other.low(3) == pytest.approx(-one.high(3))


@given(st.lists(st.integers(0, 1000).map(float), min_size=9, max_size=40), st.integers(10_000, 10**9))
def test_odd_values_in_a_minority_cannot_carry_the_middle_or_the_band_away(values, odd):
    outliers = (len(values) - 1) // 2 - 1
    known = usual([*values[outliers:], *[float(odd)] * outliers])
    assert 0 <= known.middle <= 1000
    deviations = [abs(value - known.middle) for value in [*values[outliers:], *[float(odd)] * outliers]]
    assume(median(deviations))
    assert known.spread <= 1.4826 * correction(len(values)) * 1000


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_values_does_not_matter(values, dice):
    mixed = list(values)
    dice.shuffle(mixed)
    assert usual(mixed) == usual(values)
