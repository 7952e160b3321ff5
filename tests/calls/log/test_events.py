"""What a line of a queue log says, whatever version wrote it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies

from calls.queue_log.events import BadLine, clock, from_cells, from_line
from calls.queue_log.visits import LONGEST, Visits

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = 1_700_000_000


def visits(*lines):
    """Read lines “second|call|queue|member|event|…” and return what is settled and, after it, what is still open."""
    state = Visits()
    settled = []
    for line in lines:
        second, rest = line.split("|", 1)
        settled += filter(None, [state.take(from_line(f"{START + int(second)}|{rest}"))])
    return [*settled, *state.drain()]


def facts(visit):
    return visit.outcome, visit.wait_seconds, visit.talk_seconds, visit.agent


ENTER = "0|c.1|support|NONE|ENTERQUEUE||13800000000|1"
CONNECT = "8|c.1|support|PJSIP/400|CONNECT|8|c.2|7000"


def test_a_line_is_taken_apart_and_nobody_is_blank():
    event = from_line("1596510480|CLI|sales|SIP/0004|ADDMEMBER|\r\n", 7)
    assert (event.at, event.call_id, event.queue) == (
        datetime(2020, 8, 4, 3, 8, tzinfo=UTC),
        "CLI",
        "sales",
    )
    assert (event.member, event.name, event.data, event.row) == ("SIP/0004", "ADDMEMBER", (), 7)
    assert from_line("1596191926|NONE|NONE|NONE|QUEUESTART|").call_id == ""


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "1596191926|a|b|c",
        "12|a|b|c|ABANDON|",
        "1596191926|a\0|b|c|ABANDON",
        "1596191926|a|b|c||1",
    ],
)
def test_what_is_no_event_says_so(line):
    with pytest.raises(BadLine):
        from_line(line)


def test_a_row_of_the_table_is_wall_time_at_the_zone_or_seconds():
    row = ["2023-01-18 12:16:03.250", "c.1", "Support", "NONE", "EXITWITHKEY", "1", "2", "2", "30", None]
    event = from_cells(row, clock(SHANGHAI))
    assert event.at == datetime(2023, 1, 18, 4, 16, 3, tzinfo=UTC)
    assert event.data == ("1", "2", "2", "30")
    assert from_cells(["1674015363", *row[1:]], clock(SHANGHAI)).at == event.at
    with pytest.raises(BadLine):
        from_cells(["2023-03-26 02:30:00", *row[1:]], clock(ZoneInfo("Europe/Berlin")))


def test_what_the_table_has_no_column_for_stands_in_its_last_one():
    row = ["1700000100", "c.1", "s", "A", "ATTENDEDTRANSFER", "LINK", "one", "two", "8", "120|1"]
    assert from_cells(row, clock(SHANGHAI)).data == ("LINK", "one", "two", "8", "120", "1")


@pytest.mark.parametrize(
    ("end", "wait"),
    [
        ("20|c.1|support|NONE|ABANDON|1|2|19", 19),
        ("20|c.1|support|NONE|EXITWITHTIMEOUT|1|2|19", 19),
        ("20|c.1|support|NONE|EXITWITHTIMEOUT|1", 20),  # older: the position only
        ("20|c.1|support|NONE|EXITWITHKEY|9|1|2|19", 19),
        ("20|c.1|support|NONE|EXITWITHKEY|9|1", 20),
        ("20|c.1|support|NONE|EXITEMPTY|1|2|19", 19),
    ],
)
def test_a_call_that_leaves_unanswered_has_waited_and_a_position_is_no_length(end, wait):
    [visit] = visits(ENTER, end)
    outcome = "abandoned" if "ABANDON" in end else "flowed_out"
    assert facts(visit) == (outcome, wait, None, "")


@pytest.mark.parametrize(
    ("end", "talk", "transferred"),
    [
        ("130|c.1|support|PJSIP/400|COMPLETEAGENT|9|122|1", 122, False),
        ("130|c.1|support|PJSIP/400|COMPLETECALLER|9|122", 122, False),  # older: no position
        ("130|c.1|support|PJSIP/400|BLINDTRANSFER|7001|inside|9|122|1", 122, True),
        ("130|c.1|support|PJSIP/400|TRANSFER|7001|inside|9|122", 122, True),
        ("130|c.1|support|PJSIP/400|ATTENDEDTRANSFER|BRIDGE|b-1|9|122|1", 122, True),
        ("130|c.1|support|PJSIP/400|ATTENDEDTRANSFER|LINK|x|y|9|122|1", 122, True),
    ],
)
def test_an_answered_call_keeps_the_wait_of_its_connection(end, talk, transferred):
    [visit] = visits(ENTER, CONNECT, end)
    assert facts(visit) == ("answered", 8, talk, "PJSIP/400")
    assert (visit.transferred, visit.customer) == (transferred, "13800000000")


def test_telephones_that_ring_are_no_calls_and_their_milliseconds_no_wait():
    ring = "5|c.1|support|PJSIP/{}|RINGNOANSWER|15000"
    [visit] = visits(ENTER, ring.format(1), ring.format(2), "9|c.1|support|PJSIP/1|RINGCANCELED|4000")
    assert facts(visit) == ("unknown", None, None, "")
    assert from_line("1700000005|c.1|s|PJSIP/1|RINGNOANSWER|15000").rang_ms == 15_000


def test_a_call_that_the_log_leaves_open_is_unknown_and_one_that_was_connected_answered():
    assert [facts(visit) for visit in visits(ENTER, "9|NONE|NONE|NONE|QUEUESTART|")] == [
        ("unknown", None, None, "")
    ]
    assert facts(visits(ENTER, CONNECT)[0]) == ("answered", 8, None, "PJSIP/400")


def test_the_same_call_again_is_another_visit():
    again = "30|c.1|sales|NONE|ENTERQUEUE||13800000000|1"
    first, second = visits(ENTER, "20|c.1|support|NONE|EXITWITHTIMEOUT|1|1|20", again)
    assert (first.outcome, first.queue, second.outcome, second.queue) == (
        "flowed_out",
        "support",
        "unknown",
        "sales",
    )
    first, second = visits(ENTER, again)
    assert (first.outcome, second.outcome) == ("unknown", "unknown")


def test_an_end_without_a_beginning_and_one_a_day_later_are_counted_apart():
    state = Visits()
    state.take(from_line(f"{START}|c.2|support|NONE|ABANDON|1|1|9"))
    state.take(from_line(f"{START}|c.1|support|NONE|ENTERQUEUE||1|1"))
    late = START + int(LONGEST.total_seconds()) + 1
    state.take(from_line(f"{late}|c.1|support|NONE|ABANDON|1|1|9"))
    assert state.orphans == 2
    [settled] = filter(None, [state.take(from_line(f"{late}|c.3|support|A|CONNECT|1"))])
    assert (settled.call_id, settled.outcome, state.open) == ("c.1", "unknown", {})


EVENTS = strategies.tuples(
    strategies.integers(0, 3),
    strategies.sampled_from(["c.1", "c.2", "c.3"]),
    strategies.sampled_from(["support", "sales"]),
    strategies.sampled_from(
        [
            "NONE|ENTERQUEUE||138|1",
            "A|CONNECT|3",
            "A|COMPLETECALLER|3|40|1",
            "A|BLINDTRANSFER|7|in|3|40|1",
            "NONE|ABANDON|1|1|9",
            "NONE|EXITEMPTY|1|1|9",
            "A|RINGNOANSWER|4000",
        ]
    ),
)


def kept(batches):
    """Read batch by batch, and keep of each visit the last that is known, as the calls do."""
    found, still_open, orphans = {}, [], 0
    for batch in batches:
        state = Visits(still_open)
        settled = [*filter(None, map(state.take, batch)), *state.drain()]
        for visit in settled:
            key = (visit.call_id, visit.queue, visit.entered_at)
            if key not in found or found[key].stage < visit.stage:
                found[key] = replace(visit, row=0)
        orphans += state.orphans
        still_open = [replace(visit) for visit in state.open.values()]
    return found, orphans


@settings(deadline=None)
@given(told=strategies.lists(EVENTS, max_size=40), cuts=strategies.sets(strategies.integers(1, 39)))
def test_whatever_is_told_and_wherever_it_is_cut_the_visits_are_the_same(told, cuts):
    at, events = START, []
    for second, call, queue, rest in told:
        at += second
        events.append(from_line(f"{at}|{call}|{queue}|{rest}"))
    places = [0, *sorted(cut for cut in cuts if cut < len(events)), len(events)]
    batches = [events[begin:end] for begin, end in pairwise(places)]
    assert kept(batches) == kept([events])
