"""When a figure has drifted, when that is a warning, and when it is over."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpi.enums.warnings import Severity
from kpi.judging import Aim, Reading, is_over, out_since, raised, severity
from kpi.robust import Usual

BEGIN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
USUAL = Usual(0.90, 0.02, 12)


def aim(*, more=True, usual=USUAL, width=3.0, target=None):
    return Aim(more, usual, width, target)


def readings(severities, *, running=False):
    last = len(severities) - 1
    return [
        Reading(BEGIN + at * timedelta(minutes=30), 0.5, 20, not (running and at == last), one)
        for at, one in enumerate(severities)
    ]


def test_inside_its_band_a_figure_is_nothing_to_tell():
    assert severity(0.85, aim()) == 0
    assert severity(0.99, aim()) == 0


def test_outside_its_band_on_the_bad_side_it_is_unusual():
    assert severity(0.83, aim()) == Severity.DRIFTING
    assert severity(0.83, aim(target=0.80)) == Severity.DRIFTING
    assert severity(400, aim(more=False, usual=Usual(300, 20, 12))) == Severity.DRIFTING


def test_a_missed_target_that_is_usually_met_needs_less_evidence():
    assert severity(0.855, aim(target=0.88)) == Severity.OFF
    assert severity(0.875, aim(target=0.88)) == 0


def test_what_usually_misses_its_target_is_no_news():
    assert severity(0.86, aim(target=0.95)) == 0
    assert severity(0.83, aim(target=0.95)) == Severity.OFF


def test_while_nothing_is_usual_yet_the_target_alone_speaks():
    assert severity(0.7, aim(usual=None, target=0.8)) == Severity.OFF
    assert severity(0.9, aim(usual=None, target=0.8)) == 0
    assert severity(0.1, aim(usual=None)) == 0


def test_twice_the_width_away_it_is_far_off_unless_the_target_is_met_all_the_same():
    assert severity(0.70, aim()) == Severity.FAR
    assert severity(0.70, aim(target=0.8)) == Severity.FAR
    assert severity(0.70, aim(target=0.6)) == Severity.DRIFTING


@given(st.floats(0, 1), st.floats(0, 1), st.none() | st.floats(0, 1))
def test_the_worse_value_is_never_judged_milder(one, other, target):
    worse, better = sorted((one, other))
    assert severity(worse, aim(target=target)) >= severity(better, aim(target=target))


def test_two_half_hours_in_a_row_make_a_warning_and_one_that_is_far_off_does_at_once():
    assert raised(readings([0, 1]), after=2) == 0
    assert raised(readings([0, 1, 2]), after=2) == 2
    assert raised(readings([1, 0, 1]), after=2) == 0
    assert raised(readings([2, 2, 0]), after=2) == 0
    assert raised(readings([0, 3]), after=2) == 3


def test_it_began_with_the_first_interval_of_the_row():
    run = out_since(readings([1, 0, 1, 2]))
    assert [one.at for one in run] == [BEGIN + timedelta(hours=1), BEGIN + timedelta(minutes=90)]


def test_it_is_over_when_the_last_finished_intervals_were_inside():
    assert is_over(readings([2, 0, 0]), after=2)
    assert not is_over(readings([2, 0, 0], running=True), after=2)
    assert not is_over(readings([0, 2, 0]), after=2)
    assert not is_over(readings([0]), after=2)
    assert not is_over([], after=1)


@given(
    st.floats(0.5, 1),
    st.none() | st.floats(0.5, 1),
    st.booleans(),
    st.none() | st.just(USUAL),
)
def test_out_is_what_is_worse_than_the_limit(value, target, more, known):
    held = aim(more=more, usual=known, target=target)
    assert bool(severity(value, held)) is (held.limit is not None and held.worse(value, held.limit))
