"""The timeline of states against a list of seconds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shifts.enums import AgentState
from shifts.states import Span, Taken, Timeline

ZERO = datetime(2026, 11, 23, tzinfo=UTC)
SIZE = 40


def span(begin: int, end: int | None, state: AgentState = AgentState.AVAILABLE, source: str = "acd") -> Span:
    """Return a span in seconds after ZERO."""
    until = None if end is None else ZERO + timedelta(seconds=end)
    return Span(ZERO + timedelta(seconds=begin), until, state, source)


closed = st.builds(
    lambda begin, length, state: span(begin, begin + length, state),
    st.integers(0, SIZE - 10),
    st.integers(1, 9),
    st.sampled_from(AgentState),
)


def seconds(line: Timeline) -> list[AgentState | None]:
    """Return the state of each second."""
    found: list[AgentState | None] = [None] * SIZE
    for one in line.spans:
        begin = int((one.starts_at - ZERO).total_seconds())
        end = int((one.ends_at - ZERO).total_seconds()) if one.ends_at else SIZE
        found[begin:end] = [one.state] * (end - begin)
    return found


@given(st.lists(closed, max_size=12))
def test_the_last_word_of_a_source_counts_and_nothing_meets(spans):
    line, model = Timeline([]), [None] * SIZE
    for one in spans:
        line.put(one)
        begin, end = ((at - ZERO).seconds for at in (one.starts_at, one.ends_at))
        model[begin:end] = [one.state] * (end - begin)
    assert seconds(line) == model
    assert not any(a.meets(b) for a, b in zip(line.spans, line.spans[1:], strict=False))
    before = list(line.spans)
    if spans:
        assert line.put(spans[-1]) in ("unchanged", "changed")
        assert seconds(Timeline(before)) == seconds(line)


@given(
    st.permutations(
        [
            (0, AgentState.AVAILABLE),
            (10, AgentState.PAUSE),
            (20, AgentState.AVAILABLE),
            (30, AgentState.OFFLINE),
        ]
    )
)
def test_begins_alone_make_the_same_timeline_in_any_order(events):
    line = Timeline([])
    for begin, state in events:
        line.put(span(begin, None, state))
    expected = (
        [AgentState.AVAILABLE] * 10
        + [AgentState.PAUSE] * 10
        + [AgentState.AVAILABLE] * 10
        + [AgentState.OFFLINE] * 10
    )
    assert seconds(line) == expected
    assert [line.put(span(begin, None, state)) for begin, state in events] == ["unchanged"] * 4


def test_time_of_another_source_is_taken_but_its_open_state_ends():
    line = Timeline([span(0, 10), span(20, None)])
    with pytest.raises(Taken):
        line.put(span(5, 12, source="door"))
    assert line.put(span(25, None, AgentState.PAUSE, "door")) == "new"
    assert line.spans[1].ends_at == ZERO + timedelta(seconds=25)
