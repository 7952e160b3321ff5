"""The course of a leave: asked for, decided, filed, withdrawn; what it takes from balance and roster."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agents.models import Absence, User
from agents.services import record_absence, terms
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message
from callcenter.state import IllegalTransition
from shifts.enums import LeaveState, OccupancyKind
from shifts.models import Leave, Occupancy
from shifts.selectors import leave as read
from shifts.selectors.balances import left
from shifts.services import leave as services
from tests.shifts.conftest import MONDAY, Desk
from tests.shifts.leave.conftest import HOUR, at

PEAK_DAY = date(2026, 12, 8)


def told(leave, event: str) -> set[str]:
    found = Message.objects.filter(topic=leave.topic, template=f"shifts/notify/leave_{event}")
    return set(found.values_list("recipient__work_number", flat=True))


def left_of(office) -> float:
    return left(office.agent, office.annual, 2026, now=office.now) / HOUR


def pieces(person) -> list[tuple[float, float, str]]:
    """Return what of the Monday is taken, in hours of Shanghai."""
    rows = Occupancy.objects.filter(person=person).order_by("period")
    midnight = at(MONDAY)
    return [
        (
            (row.period.lower - midnight) / timedelta(hours=1),
            (row.period.upper - midnight) / timedelta(hours=1),
            row.kind,
        )
        for row in rows
    ]


@pytest.fixture
def rostered(office, now):
    """Publish a week in which the agent works on Monday from 9 to 17, with lunch at 12."""
    desk = Desk(office.house, now)
    roster = desk.roster()
    desk.shift(office.agent, MONDAY)
    desk.publish(roster)
    return desk


def test_without_a_roster_the_business_hours_count_in_half_hours(office):
    leave = office.ask(at(MONDAY, 13.5), at(MONDAY + timedelta(days=1), 24))
    assert leave.minutes == (4 + 9) * HOUR
    assert [(one.day, one.by_roster) for one in read.count(office.agent, leave.starts_at, leave.ends_at)] == [
        (MONDAY, False),
        (MONDAY + timedelta(days=1), False),
    ]


def test_with_a_published_roster_its_shifts_count_less_their_unpaid_breaks(office, rostered):
    assert office.ask(at(MONDAY), at(MONDAY + timedelta(days=1), 24)).minutes == 7 * HOUR


def test_a_paid_break_counts(office, now):
    desk = Desk(office.house, now)
    roster = desk.roster()
    shift = desk.shift(office.agent, MONDAY)
    shift.breaks.update(is_paid=True)
    desk.publish(roster)
    assert office.ask(at(MONDAY), at(MONDAY, 24)).minutes == 8 * HOUR


def test_a_request_holds_the_balance_and_tells_the_lead(office):
    leave = office.ask(at(MONDAY, 8.5), at(MONDAY, 17.5))
    assert (left_of(office), leave.state) == (71, LeaveState.REQUESTED)
    assert told(leave, "asked") == {"1101"}
    assert Message.objects.filter(channel=Channel.EMAIL).count() == 1
    assert not Occupancy.objects.exists()


def test_approval_cuts_the_shift_and_withdrawal_makes_it_whole(office, rostered):
    before = pieces(office.agent)
    leave = office.approve(office.ask(at(MONDAY, 9), at(MONDAY, 11)))
    assert pieces(office.agent)[:2] == [(9.0, 11.0, OccupancyKind.LEAVE), (11.0, 12.0, OccupancyKind.WORK)]
    assert told(leave, "approved") == {"20401"}
    assert Absence.objects.get().person == office.agent
    services.withdraw_leave(actor=office.agent, leave_id=leave.pk, now=office.now)
    assert pieces(office.agent) == before
    assert (left_of(office), told(leave, "withdrawn")) == (80, {"1101"})
    assert not Absence.objects.exists()


def test_a_roster_published_in_between_is_counted_at_the_approval(office, now):
    leave = office.ask(at(MONDAY), at(MONDAY, 24))
    assert left_of(office) == 71
    desk = Desk(office.house, now)
    roster = desk.roster()
    desk.shift(office.agent, MONDAY)
    desk.publish(roster)
    assert office.approve(leave).minutes == 7 * HOUR
    assert left_of(office) == 73


def test_refusing_gives_the_hours_back_and_needs_a_reason(office):
    leave = office.ask(at(MONDAY, 8.5), at(MONDAY, 17.5))
    with pytest.raises(DomainError) as refusal:
        services.refuse_leave(actor=office.lead, leave_id=leave.pk, decision=" ", now=office.now)
    assert refusal.value.field == "decision"
    leave = services.refuse_leave(actor=office.lead, leave_id=leave.pk, decision="Too few.", now=office.now)
    assert (left_of(office), told(leave, "refused")) == (80, {"20401"})
    with pytest.raises(IllegalTransition):
        office.approve(leave)


def test_leave_in_a_peak_period_needs_a_reason_to_ask_and_one_to_approve(office):
    span = at(PEAK_DAY, 9), at(PEAK_DAY, 12)
    with pytest.raises(DomainError) as refusal:
        office.ask(*span)
    assert (refusal.value.code, refusal.value.field) == ("peak", "reason")
    assert "Filing days (2026-12-07 – 2026-12-09)" in refusal.value.message
    leave = office.ask(*span, reason="My sister marries.")
    with pytest.raises(DomainError) as refusal:
        office.approve(leave)
    assert (refusal.value.code, refusal.value.field) == ("peak", "override_reason")
    assert office.approve(leave, override_reason="A wedding").override_reason == "A wedding"
    assert Entry.objects.get(action="leave.approved").details["override"] == "A wedding"


def test_the_day_after_the_peak_is_free_and_the_last_day_is_not(office):
    office.ask(at(date(2026, 12, 10), 9), at(date(2026, 12, 10), 10))
    with pytest.raises(DomainError):
        office.ask(at(date(2026, 12, 9), 17), at(date(2026, 12, 9), 24))


def test_no_two_leaves_lie_in_one_time(office):
    first = office.ask(at(MONDAY, 9), at(MONDAY, 12))
    with pytest.raises(Conflict) as refusal:
        office.ask(at(MONDAY, 11.5), at(MONDAY, 13))
    assert str(first) in refusal.value.message
    office.ask(at(MONDAY, 12), at(MONDAY, 13))
    services.withdraw_leave(actor=office.agent, leave_id=first.pk, now=office.now)
    office.ask(at(MONDAY, 9), at(MONDAY, 12))


@pytest.mark.parametrize(
    ("since", "until", "field", "code"),
    [
        (9.25, 12, "starts_at", "invalid"),
        (9, 12.1, "ends_at", "invalid"),
        (12, 12, "ends_at", "invalid"),
        (20, 22, "ends_at", "no_working_time"),
        (-24 * 7, -24 * 7 + 2, "starts_at", "invalid"),
        (9, 24 * 400, "ends_at", "invalid"),
        (0, 24 * 15, "ends_at", "balance"),
    ],
)
def test_a_wrong_request_names_its_field_and_leaves_nothing(office, since, until, field, code):
    with pytest.raises(DomainError) as refusal:
        office.ask(at(MONDAY, since), at(MONDAY, until), reason="Rest")
    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert refusal.value.mend
    assert not Leave.objects.exists()
    assert left_of(office) == 80


def test_a_type_without_limit_takes_nothing_from_any_balance(office):
    office.ask(at(MONDAY), at(MONDAY, 24 * 12), type=office.sick)
    assert left_of(office) == 80


def test_leave_over_new_year_takes_from_both_years(office):
    office.ask(at(date(2026, 12, 31)), at(date(2027, 1, 4), 24))
    assert left_of(office) == 71
    assert left(office.agent, office.annual, 2027, now=office.now) / HOUR == 71


def test_nobody_decides_or_files_their_own_and_only_who_leads_decides(office):
    own = office.ask(at(MONDAY, 9), at(MONDAY, 10), person=office.lead)
    theirs = office.ask(at(MONDAY, 9), at(MONDAY, 10))
    for actor, leave in (
        (office.lead, own),
        (office.house.colleague, theirs),
        (office.agent, theirs),
        (office.filer, theirs),
        (office.house.administrator, theirs),
    ):
        with pytest.raises(NotAllowed):
            office.approve(leave, actor=actor)
    office.approve(own, actor=office.house.supervisor)
    office.approve(theirs)
    filed = office.ask(at(MONDAY, 9), at(MONDAY, 10), person=office.filer)
    office.approve(filed, actor=office.house.supervisor)
    with pytest.raises(NotAllowed):
        services.file_leave(actor=office.filer, leave_ids=[filed.pk], now=office.now)
    with pytest.raises(NotAllowed):
        services.withdraw_leave(actor=office.lead, leave_id=theirs.pk, now=office.now)


def test_while_the_lead_is_away_the_stand_in_is_told_and_decides(office):
    house = office.house
    other = house.person("1102", Role.TEAM_LEAD, superior=house.supervisor)
    now = timezone.now()
    record_absence(
        actor=SYSTEM,
        person=office.lead,
        stand_in=other,
        since=now - timedelta(days=1),
        until=now + timedelta(days=9),
        now=now,
    )
    day = timezone.localdate(now) + timedelta(days=30)
    leave = office.ask(at(day, 0), at(day, 24 * 6), type=office.sick, reason="Trip", now=now)
    assert told(leave, "asked") == {"1102"}
    assert list(Leave.objects.visible_to(other)) == [leave]
    office.approve(leave, actor=User.objects.get(pk=other.pk), override_reason="Trip", now=now)


def test_without_a_stand_in_the_next_one_up_is_told(office):
    record_absence(
        actor=SYSTEM,
        person=office.lead,
        since=office.now - timedelta(days=1),
        until=office.now + timedelta(days=1),
        now=office.now,
    )
    assert told(office.ask(at(MONDAY, 9), at(MONDAY, 10)), "asked") == {"1001"}


def test_general_affairs_file_what_is_approved_all_or_none(office):
    leaves = [office.ask(at(MONDAY, hour), at(MONDAY, hour + 1)) for hour in (9, 10, 13)]
    for leave in leaves[:2]:
        office.approve(leave)
    with pytest.raises(IllegalTransition):
        services.file_leave(actor=office.filer, leave_ids=[one.pk for one in leaves], now=office.now)
    filed = services.file_leave(actor=office.filer, leave_ids=[one.pk for one in leaves[:2]], now=office.now)
    assert {leave.state for leave in filed} == {LeaveState.FILED}
    assert Entry.objects.filter(action="leave.filed").count() == 2
    assert told(leaves[0], "filed") == {"20401"}


def test_leave_is_withdrawn_before_it_begins_and_not_after(office):
    leave = office.approve(office.ask(at(MONDAY, 9), at(MONDAY, 10)))
    with pytest.raises(Conflict):
        services.withdraw_leave(actor=office.agent, leave_id=leave.pk, now=at(MONDAY, 9))
    services.withdraw_leave(actor=office.agent, leave_id=leave.pk, now=at(MONDAY, 8.9))


def test_an_absence_recorded_by_hand_stays_as_it_is(office):
    record_absence(actor=SYSTEM, person=office.agent, since=at(MONDAY), until=at(MONDAY, 24), now=office.now)
    leave = office.approve(office.ask(at(MONDAY, 9), at(MONDAY, 10)))
    services.withdraw_leave(actor=office.agent, leave_id=leave.pk, now=office.now)
    assert Absence.objects.get().period.lower == at(MONDAY)


def test_the_mail_says_what_to_do_in_the_readers_zone_and_never_the_reason(office, smtp):
    office.ask(at(MONDAY, 9), at(MONDAY, 12), reason="A private matter")
    delivery.drain(now=office.now)
    mail = next(mail for mail in smtp.mails if mail["To"] == "1101@example.org")
    text = mail.get_body(("plain",)).get_content()
    assert "23 Nov 2026, 09:00" in text
    assert "3 hours" in text
    assert "private" not in mail.as_string()


def test_who_leaves_the_house_takes_no_leave_afterwards(office, rostered):
    last = office.approve(office.ask(at(MONDAY, 9), at(MONDAY, 10)))
    later = office.approve(office.ask(at(MONDAY + timedelta(days=8), 9), at(MONDAY + timedelta(days=8), 10)))
    given = {"actor": office.filer, "person": office.agent, "now": office.now}
    terms.employ(**given, since=date(2026, 1, 1))
    terms.end_employment(**given, from_day=MONDAY + timedelta(days=1))
    for leave, state in ((last, LeaveState.APPROVED), (later, LeaveState.WITHDRAWN)):
        leave.refresh_from_db()
        assert leave.state == state
    assert Occupancy.objects.filter(kind=OccupancyKind.LEAVE).count() == 1
