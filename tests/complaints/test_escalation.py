"""What a clock says next: pure, over many cases."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agents.ladder import Organisation
from callcenter.worktime.china import CN
from callcenter.worktime.remaining import left
from complaints import sla
from complaints.enums import AlertKind
from complaints.escalation import Face, next_step

HANDLER, LEAD, MANAGER, BOSS = 1, 2, 3, 4
LADDER = Organisation({HANDLER: LEAD, LEAD: MANAGER, MANAGER: BOSS}, executives=[BOSS])
WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def face(start=WEDNESDAY, **more) -> Face:
    due = CN.due_in_days(start, 2)
    marks = sla.marks(start, due, CN)
    facts = {"level": 0, "handler": HANDLER, "accused": None, "next_at": marks.warn_50_at}
    return Face(warn_80_at=marks.warn_80_at, due_at=due, **{**facts, **more})


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
    at = sla.marks(WEDNESDAY, due, CN).warn_50_at
    friday_evening = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert left(now=WEDNESDAY, due=due, at_risk_from=at, hours=CN).state == "ontime"
    assert left(now=due - timedelta(hours=1), due=due, at_risk_from=at, hours=CN).seconds == 3600
    over = left(now=friday_evening + timedelta(days=3), due=due, at_risk_from=at, hours=CN)
    assert (over.state, over.seconds) == ("late", -9 * 3600)
