"""First response, the same day, and corrective actions: each clock tells its own people, once, and changes nothing of the others."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from agents import services as people
from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.models import Message, State
from complaints import services
from complaints.enums import Act, Tier
from complaints.models import Alert, Clock, Participant, Step
from tests.course import cause

TODAY_CLOSE = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
FRIDAY_CLOSE = TODAY_CLOSE + timedelta(days=2)
MINUTES = timedelta(minutes=1)


def told(**which) -> list[tuple[str, str, int, str]]:
    """Return every alert as (clock, kind, mark, whom)."""
    fields = ("clock__kind", "kind", "mark", "recipient__work_number")
    return [
        tuple(map(str, row[:2])) + row[2:]
        for row in Alert.objects.filter(**which).order_by("id").values_list(*fields)
    ]


def text_of(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_the_first_response_warns_the_handler_and_then_tells_the_direct_superior_once(house, now, smtp):
    complaint = house.complaint(now=now, actor=house.agent)
    for at in (now + 24 * MINUTES, now + 30 * MINUTES):
        assert services.sweep_clocks(now=at - timedelta(seconds=1)) == 0
        assert services.sweep_clocks(now=at) == 1
        assert services.sweep_clocks(now=at) == 0
        delivery.drain(now=at)
    assert told() == [("response", "warning", 80, "1001"), ("response", "escalation", 1, "2001")]
    complaint.refresh_from_db()
    assert (complaint.responsible, complaint.level) == (house.supervisor, 0), (
        "only the deadline hands it over"
    )
    clock = complaint.clocks.get(kind="response")
    assert (clock.level, clock.breached_at, clock.next_at) == (1, now + 30 * MINUTES, None)
    warning, escalation = smtp.mails[-2:]
    assert "contact the customer by 18 Nov 2026, 10:30" in text_of(warning)
    assert (escalation["To"], escalation["Cc"]) == ("2001@example.org", "1001@example.org")
    assert "Nobody has spoken with them yet. Its handler is Person 1001 1001." in text_of(escalation)
    assert complaint.get_absolute_url() in text_of(escalation)


def test_what_a_first_response_has_to_say_still_is_called_back_when_the_customer_was_contacted(house):
    evening = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
    complaint = house.complaint(now=evening, actor=house.agent)
    morning = datetime(2026, 11, 19, 0, 30, tzinfo=UTC)
    services.sweep_clocks(now=morning + 24 * MINUTES)
    assert told() == [("response", "warning", 80, "1001")]
    services.respond(
        actor=house.supervisor, complaint_id=complaint.pk, note="Called", now=morning + 24 * MINUTES
    )
    assert Message.objects.get(template="complaints/notify/response_warning").state == State.CANCELLED
    assert services.sweep_clocks(now=morning + 40 * MINUTES) == 0


def test_on_tier_1_the_regional_manager_joins_at_the_end_of_the_day(house, now, smtp):
    complaint = house.complaint(now=now)
    for at in (TODAY_CLOSE - 90 * MINUTES, TODAY_CLOSE):
        assert services.sweep_clocks(now=at) == 1
        assert services.sweep_clocks(now=at) == 0
    assert told() == [("same_day", "warning", 80, "1001"), ("same_day", "joining", 100, "2001")]
    assert [one.person for one in complaint.participants.all()] == [house.regional]
    step = complaint.steps.get(act=Act.JOIN)
    assert (step.by, step.old, step.new, step.facts) == (
        None,
        "accepted",
        "accepted",
        {"person": str(house.regional)},
    )
    complaint.refresh_from_db()
    assert (complaint.responsible, complaint.level) == (house.supervisor, 0)
    services.add_evidence(
        actor=house.regional, complaint_id=complaint.pk, kind="call", reference="acd/7", now=TODAY_CLOSE
    )
    delivery.drain(now=TODAY_CLOSE)
    mail = smtp.mails[-1]
    assert (mail["To"], mail["Cc"]) == ("2001@example.org", "1001@example.org")
    assert "You join Person 1001 1001 in handling it." in text_of(mail)
    assert "resolved by 20 Nov 2026, 17:30" in text_of(mail)
    assert Entry.objects.filter(action="complaint.joined").count() == 1


def test_on_tier_2_the_person_concerned_joins_and_is_told_nothing_of_what_the_customer_said(house, now, smtp):
    complaint = house.complaint(now=now, tier=Tier.GROUP, actor=house.regional, staff_concerned=house.agent)
    services.sweep_clocks(now=TODAY_CLOSE)
    assert told() == [("same_day", "joining", 100, "20401")]
    assert [one.person for one in complaint.participants.all()] == [house.agent]
    delivery.drain(now=TODAY_CLOSE)
    mail = smtp.mails[-1]
    assert (mail["To"], mail["Cc"]) == ("20401@example.org", "2001@example.org")
    assert complaint.subject not in mail["Subject"] + text_of(mail)
    assert "you join Person 2001 2001 in solving it" in text_of(mail)


def test_whoever_has_left_joins_nothing(house, now):
    house.complaint(now=now, tier=Tier.GROUP, actor=house.regional, staff_concerned=house.agent)
    people.deactivate(actor=SYSTEM, person=house.agent, now=now)
    services.sweep_clocks(now=TODAY_CLOSE)
    assert told() == [("same_day", "joining", 100, "1101")]


def test_on_tier_2_without_a_known_person_the_handler_is_told(house, now):
    complaint = house.complaint(now=now, tier=Tier.GROUP, actor=house.regional)
    services.sweep_clocks(now=TODAY_CLOSE)
    assert told() == [("same_day", "joining", 100, "2001")]
    assert not complaint.participants.exists()
    assert not complaint.steps.filter(act=Act.JOIN).exists()


def test_tier_3_knows_no_same_day(house, now):
    complaint = house.complaint(now=now, tier=Tier.AUTHORITY)
    assert not complaint.clocks.filter(kind="same_day").exists()


def test_received_after_hours_the_day_is_the_next_working_day(house):
    saturday = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    complaint = house.complaint(now=saturday)
    assert complaint.clocks.get(kind="same_day").due_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_one_late_sweep_lets_every_clock_of_a_complaint_speak_once(house, now):
    complaint = house.complaint(now=now, actor=house.agent)
    assert services.sweep_clocks(now=FRIDAY_CLOSE) == 3
    assert services.sweep_clocks(now=FRIDAY_CLOSE) == 0
    assert sorted(told()) == [
        ("resolution", "escalation", 1, "2001"),
        ("response", "escalation", 1, "2001"),
        ("same_day", "joining", 100, "2001"),
    ]
    complaint.refresh_from_db()
    assert (complaint.responsible, complaint.level) == (house.regional, 1)
    assert Message.objects.filter(topic=complaint.topic, key__startswith="clock:").count() == 3
    assert all(clock.breached_at == FRIDAY_CLOSE for clock in complaint.clocks.all())


def test_four_sweeps_at_once_let_every_clock_of_every_complaint_speak_exactly_once(committed_house, now):
    complaints = [committed_house.complaint(now=now, actor=committed_house.agent) for _one in range(20)]
    start = Barrier(4)

    def sweep(_worker: int) -> int:
        start.wait()
        try:
            return services.sweep_clocks(now=FRIDAY_CLOSE, batch=7)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(sweep, range(4))) == 3 * len(complaints)
    assert (
        Alert.objects.count()
        == Message.objects.filter(key__startswith="clock:").count()
        == 3 * len(complaints)
    )
    assert Participant.objects.count() == Step.objects.filter(act=Act.JOIN).count() == len(complaints)


def test_what_was_solved_the_same_day_lets_nobody_join(house, now):
    complaint = house.resolved(now=now)
    assert services.sweep_clocks(now=FRIDAY_CLOSE) == 0
    assert not Participant.objects.filter(complaint=complaint).exists()


@pytest.fixture
def correction(house, now):
    """Return a corrective action of the lead that is due on Friday, of a complaint that is dealt with."""
    complaint = house.satisfied(now=now)
    services.set_cause(actor=house.service_manager, complaint_id=complaint.pk, cause=cause(), now=now)
    facts = {"complaint_id": complaint.pk, "owner": house.lead, "plan": "Train the team", "now": now}
    return services.plan_correction(actor=house.supervisor, due_on=date(2026, 11, 20), **facts)


def test_a_corrective_action_climbs_the_ladder_of_its_owner_a_level_each_working_day(
    house, correction, now, smtp
):
    clock = correction.clock
    assert (clock.due_at, clock.keeper) == (FRIDAY_CLOSE, house.lead)
    monday, tuesday = FRIDAY_CLOSE + timedelta(days=3), FRIDAY_CLOSE + timedelta(days=4)
    for at in (
        clock.warn_50_at,
        clock.warn_80_at,
        FRIDAY_CLOSE,
        monday,
        tuesday,
        tuesday + timedelta(days=1),
    ):
        assert services.sweep_clocks(now=at) == 1
    assert [row[1:] for row in told()] == [
        ("warning", 50, "1101"),
        ("warning", 80, "1101"),
        ("escalation", 1, "1001"),
        ("escalation", 2, "2001"),
        ("escalation", 3, "3001"),
        ("escalation", 4, "4001"),
    ]
    complaint = house.again(correction.complaint)
    assert (complaint.level, complaint.responsible) == (0, house.supervisor)
    delivery.drain(now=tuesday + timedelta(days=1))
    assert "was to be carried out by 20 Nov 2026, 17:30. It is not." in text_of(smtp.mails[-1])


def test_a_corrective_action_that_was_carried_out_says_no_more(house, correction):
    services.sweep_clocks(now=FRIDAY_CLOSE + timedelta(hours=9))
    waits = Message.objects.get(template="complaints/notify/correction_escalation")
    services.carry_out(
        actor=house.lead, correction_id=correction.pk, done="Trained", now=FRIDAY_CLOSE + timedelta(hours=10)
    )
    waits.refresh_from_db()
    assert waits.state == State.CANCELLED
    assert services.sweep_clocks(now=FRIDAY_CLOSE + timedelta(days=9)) == 0


def test_a_reopened_complaint_starts_one_level_up_and_its_first_result_stands(house, now):
    complaint = house.resolved(now=now)
    house.call_back(complaint, "not_satisfied", now=FRIDAY_CLOSE - timedelta(hours=1))
    first, again = complaint.clocks.filter(kind="resolution").order_by("version")
    assert (first.stopped_at, first.breached_at, again.level) == (now, None, 1)
    assert house.again(complaint).responsible == house.regional
    services.sweep_clocks(now=again.due_at)
    assert told()[-1] == ("resolution", "escalation", 2, "3001")
    assert Clock.objects.get(pk=first.pk).breached_at is None


def test_one_that_reopened_at_the_top_is_told_to_the_top_again(house, now):
    complaint = house.apologised(now=now)
    services.sweep_clocks(now=FRIDAY_CLOSE + timedelta(days=9))
    later = FRIDAY_CLOSE + timedelta(days=10)
    services.resolve_complaint(actor=house.executive, complaint_id=complaint.pk, solution="Paid", now=later)
    house.call_back(house.again(complaint), "not_satisfied", now=later)
    again = complaint.clocks.filter(kind="resolution").latest("version")
    services.sweep_clocks(now=again.due_at)
    assert told(clock=again)[-1] == ("resolution", "escalation", 3, "4001")
    assert services.sweep_clocks(now=again.due_at + timedelta(days=9)) == 0
