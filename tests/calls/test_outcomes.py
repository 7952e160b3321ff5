"""How a call list writes the end of a visit."""

import pytest

from calls.enums import Outcome
from calls.outcomes import outcome as read


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("Y", Outcome.ANSWERED),
        ("n", Outcome.ABANDONED),
        (True, Outcome.ANSWERED),
        (0.0, Outcome.ABANDONED),
        ("是", Outcome.ANSWERED),
        ("Abandoned", Outcome.ABANDONED),
        ("Flowed out", Outcome.FLOWED_OUT),
        ("flowed_out", Outcome.FLOWED_OUT),
        ("溢出", Outcome.FLOWED_OUT),
        ("", Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
    ],
)
def test_outcome_is_a_word_or_yes_or_no(cell, outcome):
    assert read(cell) == outcome


def test_outcome_that_means_nothing_is_refused():
    with pytest.raises(ValueError, match="perhaps"):
        read("perhaps")
