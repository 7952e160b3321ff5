"""The clock of the deadline itself, alone; how several clocks of a complaint go together is in test_sweep_kinds."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from agents import services as people
from agents.models import Site, User
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.outbox import delivery
from callcenter.outbox.models import Message, State
from callcenter.worktime.models import Calendar
from complaints import services
from complaints.enums import Tier
from complaints.models import Alert, Clock, ClockPolicy, Complaint

FRIDAY_CLOSE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def only_the_deadline(house):
    ClockPolicy.objects.exclude(kind="resolution").delete()
    return house


@pytest.fixture
def house(house):
    """Return a house whose complaints have one clock."""
    return only_the_deadline(house)


@pytest.fixture
def committed_house(committed_house):
    """Return one that other connections see."""
    return only_the_deadline(committed_house)


def told() -> list[tuple[str, int, str]]:
    """Return every alert as (kind, mark, whom)."""
    rows = Alert.objects.order_by("id").values_list("kind", "mark", "recipient__work_number")
    return [(str(kind), mark, whom) for kind, mark, whom in rows]


def test_the_whole_course_of_a_forgotten_complaint(house, now):
    complaint = house.complaint(now=now)
    clock = complaint.clocks.get()
    assert services.sweep_clocks(now=clock.warn_50_at - timedelta(seconds=1)) == 0
    for at in (clock.warn_50_at, clock.warn_80_at, FRIDAY_CLOSE):
        assert services.sweep_clocks(now=at) == 1
        assert services.sweep_clocks(now=at) == 0, "the same sweep again adds nothing"
    monday, tuesday = FRIDAY_CLOSE + timedelta(days=3), FRIDAY_CLOSE + timedelta(days=4)
    assert services.sweep_clocks(now=monday - timedelta(seconds=1)) == 0
    assert services.sweep_clocks(now=monday) == 1
    assert services.sweep_clocks(now=tuesday) == 1
    assert services.sweep_clocks(now=tuesday + timedelta(days=30)) == 0, "nobody stands above the executive"
    assert told() == [
        ("warning", 50, "1001"),
        ("warning", 80, "1001"),
        ("escalation", 1, "2001"),
        ("escalation", 2, "3001"),
        ("escalation", 3, "4001"),
    ]
    complaint.refresh_from_db()
    assert (complaint.responsible, complaint.level) == (house.executive, 3)
    assert complaint.clocks.get().breached_at == FRIDAY_CLOSE
    assert Entry.objects.filter(action="complaint.escalated", actor=None, actor_name="system").count() == 3


def test_a_worker_that_was_down_for_days_makes_up_for_every_level_once(house, now):
    house.complaint(now=now)
    assert services.sweep_clocks(now=FRIDAY_CLOSE + timedelta(days=10)) == 3
    assert told() == [("escalation", 1, "2001"), ("escalation", 2, "3001"), ("escalation", 3, "4001")]


def test_it_goes_to_the_superior_of_that_day(house, now):
    house.complaint(now=now)
    friday = FRIDAY_CLOSE.date()
    people.set_superior(
        actor=SYSTEM, person=house.supervisor, superior=house.service_manager, since=friday, now=now
    )
    services.sweep_clocks(now=FRIDAY_CLOSE)
    assert told()[-1] == ("escalation", 1, "3001")


def test_it_goes_to_the_stand_in_of_somebody_absent(house, now):
    house.complaint(now=now)
    people.record_absence(
        actor=SYSTEM,
        person=house.regional,
        stand_in=house.lead,
        since=now,
        until=now + timedelta(days=9),
        now=now,
    )
    services.sweep_clocks(now=FRIDAY_CLOSE)
    assert told()[-1] == ("escalation", 1, "1101")


def test_the_mail_says_what_happened_what_to_do_by_when_and_where(house, now, smtp):

    complaint = house.complaint(now=now)
    services.sweep_clocks(now=FRIDAY_CLOSE)
    delivery.drain(now=FRIDAY_CLOSE)
    mail = smtp.mails[-1]
    text = mail.get_body(("plain",)).get_content()
    assert (mail["To"], mail["Cc"]) == ("2001@example.org", "1001@example.org")
    assert "is not resolved" in text
    assert "You answer for it now (escalation level 1)" in text
    assert "23 Nov 2026, 17:30" in text
    assert complaint.get_absolute_url() in text


@pytest.mark.parametrize(
    ("tier", "opens"),
    [(Tier.COMPANY, datetime(2026, 11, 22, 23, 30, tzinfo=UTC)), (Tier.AUTHORITY, None)],
    ids=["tier 1 waits for Monday 07:30", "tier 3 goes at any time"],
)
def test_escalations_keep_the_mail_window(house, now, tier, opens):
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    house.complaint(now=now, tier=tier, actor=house.service_manager if tier == 3 else house.supervisor)
    services.sweep_clocks(now=sunday)
    assert Message.objects.get().due_at == (opens or sunday)


def test_an_early_warning_waits_for_working_hours(house, now):
    clock = house.complaint(now=now).clocks.get()
    evening = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
    assert clock.warn_50_at < evening < clock.warn_80_at
    services.sweep_clocks(now=evening)
    assert Message.objects.get().due_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)


def test_the_sweep_costs_the_same_number_of_statements_for_one_and_for_many(
    house, now, django_assert_num_queries
):
    for _complaint in range(3):
        house.complaint(now=now)
    with django_assert_num_queries(24):
        services.sweep_clocks(now=FRIDAY_CLOSE)
    for _complaint in range(30):
        house.complaint(now=now)
    with django_assert_num_queries(24):
        services.sweep_clocks(now=FRIDAY_CLOSE)


def test_a_complaint_with_nobody_above_its_handler_holds_up_no_other(house, now):
    house.complaint(now=now)
    people.deactivate(actor=SYSTEM, person=house.executive, now=now)
    alone = house.person("3002", Role.SERVICE_MANAGER)
    complaint = house.complaint(now=now, actor=alone, tier=Tier.AUTHORITY)
    assert services.sweep_clocks(now=FRIDAY_CLOSE) == 2
    complaint.refresh_from_db()
    assert (complaint.level, complaint.responsible) == (1, alone)


def test_four_sweeps_at_once_escalate_everything_exactly_once(committed_house, now):
    house = committed_house
    for _complaint in range(40):
        house.complaint(now=now)
    start, made = Barrier(4), []

    def sweep() -> None:
        start.wait()
        made.append(services.sweep_clocks(now=FRIDAY_CLOSE, batch=7))
        connection.close()

    threads = [Thread(target=sweep) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == 40
    assert Alert.objects.count() == Message.objects.count() == 40
    assert Entry.objects.filter(action="complaint.escalated").count() == 40


def test_resolving_while_the_sweep_runs_ends_in_one_consistent_state(committed_house, now):
    house = committed_house
    complaints = [house.apologised(now=now) for _one in range(20)]
    start = Barrier(2)

    def resolve() -> None:
        start.wait()
        for complaint in complaints:
            services.resolve_complaint(
                actor=house.supervisor, complaint_id=complaint.pk, solution="Paid back", now=FRIDAY_CLOSE
            )
        connection.close()

    thread = Thread(target=resolve)
    thread.start()
    start.wait()
    services.sweep_clocks(now=FRIDAY_CLOSE, batch=3)
    thread.join()
    for complaint in complaints:
        clock = complaint.clocks.get()
        assert (clock.stopped_at, clock.next_at) == (FRIDAY_CLOSE, None)
        said = Message.objects.filter(topic=complaint.topic, key__startswith="clock:")
        assert clock.alerts.count() == clock.level == said.count()


def test_a_warning_that_still_waits_at_the_breach_is_called_back(house, now):
    clock = house.complaint(now=now).clocks.get()
    evening = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
    services.sweep_clocks(now=evening)
    services.sweep_clocks(now=FRIDAY_CLOSE)
    assert Message.objects.get(key=f"clock:{clock.pk}:warning:50").state == State.CANCELLED


def test_a_calendar_that_lost_its_hours_neither_silences_a_clock_nor_holds_up_others(house, now):
    house.complaint(now=now)
    closed = Calendar.objects.create(code="closed", name="Closed", base="none", weekly={})
    Site.objects.update(calendar=closed)
    Clock.objects.update(calendar=closed)
    assert services.sweep_clocks(now=FRIDAY_CLOSE) == 1
    assert Message.objects.get().due_at == FRIDAY_CLOSE
    assert Clock.objects.get().next_at == FRIDAY_CLOSE + timedelta(days=1)


def test_everybody_without_an_address_is_told_in_the_app(house, now):
    User.objects.filter(pk=house.regional.pk).update(email="")
    house.complaint(now=now)
    services.sweep_clocks(now=FRIDAY_CLOSE)
    assert (Message.objects.get().channel, Message.objects.get().recipient) == ("in_app", house.regional)


def test_one_sweep_over_many_situations_tells_each_its_own_people(house, now):
    plain = house.complaint(now=now)
    of_agent = house.complaint(now=now, staff_concerned=house.agent)
    of_manager = house.complaint(now=now, staff_concerned=house.regional)
    urgent = house.complaint(now=now, tier=Tier.AUTHORITY, actor=house.service_manager)
    assert services.sweep_clocks(now=FRIDAY_CLOSE) == 4
    answering = dict(Alert.objects.values_list("complaint__reference", "recipient__work_number"))
    assert answering == {
        plain.reference: "2001",
        of_agent.reference: "2001",
        of_manager.reference: "4001",
        urgent.reference: "4001",
    }
    for message in Message.objects.filter(template="complaints/notify/escalation"):
        complaint = Complaint.objects.get(reference=message.context["reference"])
        assert (message.topic, message.context["path"]) == (complaint.topic, complaint.get_absolute_url())
        assert message.context["tier"] == complaint.tier
        assert message.context["handler"] in {str(complaint.handler), ""}
        assert message.people == [complaint.responsible_id]
