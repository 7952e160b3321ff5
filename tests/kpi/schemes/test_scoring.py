"""Scoring without a database: curves, cards, raters, advice, a trial's movement."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi.scoring.advice import advice
from kpi.scoring.card import Grade, Line, outcome
from kpi.scoring.curve import Curve
from kpi.scoring.raters import share, together
from kpi.scoring.trial import Pair, bands, grades

GRADES = [Grade("A", 100), Grade("B", 80), Grade("C", 60), Grade("D", 0)]
UP, DOWN = Curve(0.80, 0.90, 0.95), Curve(400, 300, 240)
figures = st.floats(-1000, 1000)


@pytest.mark.parametrize(
    ("curve", "figure", "points"),
    [
        (UP, 0.79, 0),
        (UP, 0.80, 60),
        (UP, 0.85, 80),
        (UP, 0.90, 100),
        (UP, 0.925, 110),
        (UP, 0.99, 120),
        (DOWN, 401, 0),
        (DOWN, 350, 80),
        (DOWN, 300, 100),
        (DOWN, 200, 120),
        (UP, None, None),
    ],
)
def test_a_figure_earns_points_along_its_curve(curve, figure, points):
    assert curve.of(figure) == (points if points is None else pytest.approx(points))


@given(st.lists(figures, min_size=3, max_size=3, unique=True), figures, figures)
def test_a_better_figure_never_earns_less_and_nothing_is_beyond_the_stretch(anchors, one, two):
    rising = Curve(*sorted(anchors))
    assume(rising.is_sound)
    worse, better = sorted((one, two))
    assert 0 <= rising.of(worse) <= rising.of(better) <= 120
    falling = Curve(*sorted(anchors, reverse=True))
    assert falling.of(better) <= falling.of(worse)


def test_anchors_that_turn_round_are_unsound():
    assert not Curve(0.9, 0.8, 0.95).is_sound
    assert not Curve(1, 1, 2).is_sound
    assert not Curve(1, 2, 3, (60, 50, 120)).is_sound


def test_weights_count_by_their_part_and_what_is_unknown_counts_neither_way():
    full = outcome([Line(60, 100), Line(40, 50)], GRADES)
    assert (full.score, full.grade, full.known) == (Decimal("80.0"), "B", 100)
    part = outcome([Line(60, 100), Line(40, None)], GRADES)
    assert (part.score, part.known) == (Decimal("100.0"), 60)


def test_with_too_little_known_there_is_no_score():
    none = outcome([Line(40, 100), Line(60, None)], GRADES)
    assert (none.score, none.grade, none.known) == (None, None, 40)


def test_a_part_is_the_teams_and_a_leads_whole_score_may_be():
    assert Line(1, 100, 50, 30).points == pytest.approx(85)
    assert Line(1, None, 50, 30).points == 50
    assert Line(1, 90, None, 100).points is None
    assert Line(1, None, 70, 100).points == 70


def test_a_gate_caps_the_grade_and_says_what_was_earned():
    capped = outcome([Line(100, 110)], GRADES, ["C"])
    assert (capped.grade, capped.earned, capped.score) == ("C", "A", Decimal("110.0"))
    assert outcome([Line(100, 10)], GRADES, ["C"]).grade == "D"


@given(st.lists(st.tuples(st.floats(1, 100), st.floats(0, 120)), min_size=1))
def test_a_score_lies_between_its_worst_and_its_best_points(lines):
    found = outcome([Line(weight, points) for weight, points in lines], GRADES).score
    low, high = min(points for _, points in lines), max(points for _, points in lines)
    assert low - 0.06 <= float(found) <= high + 0.06


def test_a_single_rater_decides_nothing():
    assert together([1.0]).figure is None
    assert together([0.5, 1.0]).figure == 0.75
    assert together([0.5, 1.0]).is_wide


@given(st.lists(st.floats(0, 1), min_size=3, max_size=9), st.floats(0, 1))
def test_however_one_rater_marks_the_figure_stays_among_the_others(others, odd):
    found = together([*others, odd]).figure
    assert min(others) - 1e-9 <= found <= max(others) + 1e-9


def test_points_that_did_not_apply_are_left_out():
    assert share([True, None, False]) == 0.5
    assert share([None]) is None


def test_doubts_about_a_scheme_are_named():
    assert list(advice([40, 30, 30], 2)) == []
    assert len(list(advice([50, 40], 0))) == 3
    assert "8 indicators" in next(advice([10] * 8, 3))


def test_a_trial_shows_how_the_distribution_moves():
    pairs = [Pair(72, 88.4, "C", "B"), Pair(91, 90, "B", "B"), Pair(None, 60, "", "C")]
    assert [(band.at, band.now, band.draft) for band in bands(pairs)] == [
        (60, 0, 1),
        (70, 1, 0),
        (80, 0, 1),
        (90, 1, 1),
    ]
    assert [pair.change for pair in pairs] == [16.4, -1, None]
    assert grades(pairs, ["A", "B", "C"]) == [("B", 1, 2), ("C", 1, 1), ("", 1, 0)]
