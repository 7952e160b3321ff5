"""What a clock says next: pure, over many cases."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ladder import Organisation
from callcenter.worktime.china import CN
from callcenter.worktime.remaining import left
from complaints import sla
from complaints.enums import AlertKind, ClockKind, Tier
from complaints.escalation import JOINED, Face, next_step

HANDLER, LEAD, MANAGER, BOSS = 1, 2, 3, 4
AGENT, REGIONAL, OTHER = 10, 11, 12
LADDER = Organisation({HANDLER: LEAD, LEAD: MANAGER, MANAGER: BOSS}, executives=[BOSS])
WIDER = Organisation({**LADDER.superiors, AGENT: HANDLER, REGIONAL: MANAGER, OTHER: BOSS}, executives=[BOSS])
WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def face(start=WEDNESDAY, kind=ClockKind.RESOLUTION, days=2, **more) -> Face:
    due = CN.due_in_days(start, days)
    marks = sla.marks(start, due, CN, sla.WARNS[kind])
    facts = {
        "tier": Tier.COMPANY,
        "level": 0,
        "handler": HANDLER,
        "accused": None,
        "next_at": marks.warn_50_at,
    }
    return Face(kind=kind, warn_80_at=marks.warn_80_at, due_at=due, **{**facts, **more})


def joining(organisation=WIDER, **more):
    """Return what the clock of the same day says at its end."""
    clock = face(kind=ClockKind.SAME_DAY, days=0, **more)
    step = next_step(clock, organisation, CN, now=clock.due_at)
    assert (step.kind, step.mark, step.next_at) == (AlertKind.JOINING, JOINED, None)
    return step.joins, step.recipients, step.copies


def test_half_of_the_working_time_warns_the_handler():
    clock = face()
    step = next_step(clock, LADDER, CN, now=clock.next_at)
    assert (step.kind, step.mark, step.recipients, step.next_at) == (
        AlertKind.WARNING,
        50,
        (HANDLER,),
        clock.warn_80_at,
    )


def test_a_warning_that_was_overtaken_is_not_made_up_for():
    clock = face()
    step = next_step(clock, LADDER, CN, now=clock.warn_80_at + timedelta(seconds=1))
    assert (step.mark, step.next_at) == (80, clock.due_at)


def test_at_the_deadline_the_direct_superior_answers_and_the_handler_reads_along():
    clock = face()
    step = next_step(clock, LADDER, CN, now=clock.due_at)
    assert (step.kind, step.mark, step.recipients, step.copies) == (
        AlertKind.ESCALATION,
        1,
        (LEAD,),
        (HANDLER,),
    )
    assert step.next_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC), (
        "Friday's breach rises on Monday at closing"
    )


def test_each_further_close_of_business_is_one_level_up_to_the_top():
    clock = face(level=2, next_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
    step = next_step(clock, LADDER, CN, now=clock.next_at)
    assert (step.mark, step.recipients, step.copies, step.next_at) == (
        3,
        (BOSS,),
        (HANDLER, LEAD, MANAGER),
        None,
    )


def test_an_absent_superior_is_replaced_by_the_stand_in():
    away = Organisation(LADDER.superiors, {LEAD: 9}, [BOSS])
    assert next_step(face(), away, CN, now=face().due_at).recipients == (9,)


def test_an_absent_superior_without_stand_in_is_passed_over():
    away = Organisation(LADDER.superiors, {LEAD: None}, [BOSS])
    assert next_step(face(), away, CN, now=face().due_at).recipients == (MANAGER,)


def test_whom_the_complaint_is_about_never_answers_for_it():
    step = next_step(face(accused=MANAGER), LADDER, CN, now=face().due_at)
    assert (step.recipients, step.mark, step.copies) == ((BOSS,), 3, ()), "who reports to the accused neither"


def test_the_clock_of_the_first_response_warns_once_and_escalates_once():
    clock = face(kind=ClockKind.RESPONSE, days=0)
    warning = next_step(clock, LADDER, CN, now=clock.next_at)
    assert (warning.mark, warning.recipients, warning.next_at) == (80, (HANDLER,), clock.due_at)
    end = next_step(clock, LADDER, CN, now=clock.due_at)
    assert (end.mark, end.recipients, end.next_at) == (1, (LEAD,), None)


def test_one_that_reopened_at_the_top_tells_the_top_again_and_then_falls_silent():
    clock = face(level=3)
    step = next_step(clock, LADDER, CN, now=clock.due_at)
    assert (step.mark, step.recipients, step.next_at) == (3, (BOSS,), None)
    assert next_step(face(level=3, is_breached=True), LADDER, CN, now=clock.due_at) is None


@pytest.mark.parametrize(
    ("managers", "away", "accused", "joins"),
    [
        ((REGIONAL,), {}, AGENT, REGIONAL),
        ((REGIONAL, OTHER), {REGIONAL: None}, None, OTHER),
        ((REGIONAL,), {REGIONAL: OTHER}, None, OTHER),
        ((REGIONAL,), {REGIONAL: None}, None, MANAGER),
        ((REGIONAL,), {}, REGIONAL, MANAGER),
        ((REGIONAL,), {}, MANAGER, BOSS),
        ((HANDLER,), {}, None, LEAD),
        ((), {}, None, LEAD),
    ],
    ids=[
        "the regional manager",
        "the other one",
        "the stand-in",
        "the next level where nobody stands in",
        "the next level where it is about the manager",
        "whoever does not report to the accused",
        "above a handler who is the regional manager",
        "above the handler where nobody manages the region",
    ],
)
def test_who_joins_a_complaint_of_tier_1_that_was_not_solved_the_same_day(managers, away, accused, joins):
    house = Organisation(WIDER.superiors, away, [BOSS])
    assert joining(house, managers=managers, accused=accused) == (joins, (joins,), (HANDLER,))


@pytest.mark.parametrize(
    ("away", "joins"),
    [({}, AGENT), ({AGENT: OTHER}, OTHER), ({AGENT: None}, LEAD)],
    ids=["the person concerned", "their stand-in", "the next level above the handler, who is their superior"],
)
def test_who_joins_a_complaint_of_tier_2_that_was_not_solved_the_same_day(away, joins):
    house = Organisation(WIDER.superiors, away, [BOSS])
    assert joining(house, tier=Tier.GROUP, accused=AGENT, managers=(REGIONAL,)) == (
        joins,
        (joins,),
        (HANDLER,),
    )


def test_where_no_person_is_known_the_handler_is_told_that_it_was_not_solved_the_same_day():
    assert joining(tier=Tier.GROUP) == (None, (HANDLER,), ())


def test_where_nobody_stands_higher_nobody_joins_and_the_handler_is_told():
    assert joining(Organisation({})) == (None, (HANDLER,), ())


@given(minutes=st.integers(0, 60 * 24 * 40), late=st.integers(0, 60 * 24 * 20))
def test_a_clock_speaks_again_later_than_it_spoke_and_its_marks_are_in_order(minutes, late):
    clock = face(WEDNESDAY + timedelta(minutes=minutes))
    assert clock.next_at <= clock.warn_80_at <= clock.due_at
    spoke_at = clock.next_at + timedelta(minutes=late)
    step = next_step(clock, LADDER, CN, now=spoke_at)
    assert step.next_at is not None
    assert step.next_at > clock.next_at


def test_time_left_is_working_time_and_goes_below_zero():
    due = CN.due_in_days(WEDNESDAY, 2)
    at = sla.marks(WEDNESDAY, due, CN, (50, 80)).warn_50_at
    friday_evening = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert left(now=WEDNESDAY, due=due, at_risk_from=at, hours=CN).state == "ontime"
    assert left(now=due - timedelta(hours=1), due=due, at_risk_from=at, hours=CN).seconds == 3600
    over = left(now=friday_evening + timedelta(days=3), due=due, at_risk_from=at, hours=CN)
    assert (over.state, over.seconds) == ("late", -9 * 3600)


@given(
    minutes=st.integers(0, 60 * 24 * 40),
    kind=st.sampled_from(ClockKind),
    waits=st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 3000)), max_size=3),
)
def test_a_pause_moves_what_was_to_come_by_the_working_time_it_took_and_nothing_earlier(minutes, kind, waits):
    start = WEDNESDAY + timedelta(minutes=minutes)
    marks = sla.marks(start, CN.due_in_days(start, 2), CN, sla.WARNS[kind])
    since = start
    for after, length in waits:
        since += timedelta(minutes=after)
        until = since + timedelta(minutes=length)
        moved = marks.moved([(since, until)], CN)
        for was, now in ((marks.warn_50_at, moved.warn_50_at), (marks.due_at, moved.due_at)):
            paused = CN.elapsed(since, until) if was > since else 0
            assert now >= was
            assert CN.elapsed(was, now) == pytest.approx(paused)
        assert moved.warn_50_at <= moved.warn_80_at <= moved.due_at
        marks, since = moved, until
