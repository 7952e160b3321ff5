from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from agents import services as people
from agents.models import Region, Site
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import DomainError, NotAllowed
from callcenter.outbox.models import Message, State
from callcenter.state import IllegalTransition
from callcenter.worktime.models import Policy
from calls.models import Customer
from complaints import services
from complaints.enums import ClockKind, Status, Tier
from complaints.models import Alert, Clock, ClockPolicy, Complaint


def test_a_complaint_gets_its_due_instant_at_once(house, now):
    complaint = house.complaint(now=now)
    assert complaint.reference.startswith("C-2026-")
    assert complaint.due_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC), (
        "Wednesday + 2 = Friday, close of business"
    )
    clock = complaint.clocks.get(kind=ClockKind.RESOLUTION)
    assert (clock.due_at, clock.next_at, clock.provisional) == (complaint.due_at, clock.warn_50_at, False)
    assert complaint.steps.get().new == Status.ACCEPTED
    assert Entry.objects.get(action="complaint.recorded").actor == house.supervisor


def test_received_on_saturday_the_next_working_day_is_day_one(house):
    saturday = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    assert house.complaint(now=saturday).due_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_a_deadline_in_a_year_without_published_holidays_is_provisional(house):
    new_years_eve = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    complaint = house.complaint(now=new_years_eve)
    assert complaint.clocks.get(kind=ClockKind.RESOLUTION).provisional


def test_a_kind_of_customer_can_have_a_policy_of_its_own(house, now):
    policy = Policy.objects.create(code="nine", name="Nine hours", mode="working_seconds", amount=9 * 3600)
    ClockPolicy.objects.create(kind="resolution", tier=1, customer_kind="vip", policy=policy)
    customer = Customer.objects.create(kind="vip", name="Donghai Hotel")
    complaint = house.complaint(now=now, customer=customer)
    assert complaint.due_at == now + timedelta(days=1)


def test_received_in_the_future_is_refused_and_names_the_field(house, now):
    with pytest.raises(DomainError) as refusal:
        house.complaint(now=now, received_at=now + timedelta(minutes=1))
    assert refusal.value.field == "received_at"
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("who", "tier", "handler"),
    [
        ("agent", Tier.COMPANY, "supervisor"),
        ("supervisor", Tier.COMPANY, "supervisor"),
        ("supervisor", Tier.GROUP, "regional"),
        ("regional", Tier.GROUP, "regional"),
        ("regional", Tier.AUTHORITY, "regional"),
        ("service_manager", Tier.AUTHORITY, "service_manager"),
        ("executive", Tier.AUTHORITY, "executive"),
    ],
)
def test_whoever_received_it_and_handles_the_tier_is_the_handler(house, now, who, tier, handler):
    complaint = house.complaint(now=now, actor=getattr(house, who), tier=tier)
    assert complaint.handler == complaint.responsible == getattr(house, handler)


@pytest.mark.parametrize(
    ("who", "tier"),
    [
        ("agent", Tier.GROUP),
        ("agent", Tier.AUTHORITY),
        ("supervisor", Tier.AUTHORITY),
        ("lead", Tier.COMPANY),
        ("administrator", Tier.COMPANY),
    ],
)
def test_nobody_records_a_tier_that_is_not_theirs(house, now, who, tier):
    with pytest.raises(NotAllowed):
        house.complaint(now=now, actor=getattr(house, who), tier=tier)


def test_a_handler_who_did_not_record_it_is_told_in_the_app(house, now):
    house.complaint(now=now, actor=house.agent)
    assert Message.objects.get().recipient == house.supervisor


def test_resolving_stops_the_clock_and_calls_waiting_messages_back(house, now):
    complaint = house.resolved(now=now, actor=house.agent)
    assert (complaint.status, complaint.resolved_at, complaint.solution) == (
        Status.RESOLVED,
        now,
        "Paid back",
    )
    assert set(complaint.clocks.values_list("stopped_at", "next_at")) == {(now, None)}
    handed = Message.objects.get(template="complaints/notify/handler")
    assert handed.state == State.CANCELLED
    assert services.sweep_clocks(now=now + timedelta(days=30)) == 0
    assert not Alert.objects.exists()


def test_what_is_resolved_cannot_be_resolved_again(house, now):
    complaint = house.resolved(now=now)
    with pytest.raises(IllegalTransition):
        house.resolve(complaint, now=now, solution="Paid back twice")
    assert house.again(complaint).solution == "Paid back"


@pytest.mark.parametrize("who", ["agent", "lead", "regional", "executive", "administrator"])
def test_only_the_handler_and_whoever_answers_now_may_resolve(house, now, who):
    complaint = house.apologised(now=now)
    with pytest.raises(NotAllowed):
        services.resolve_complaint(
            actor=getattr(house, who), complaint_id=complaint.pk, solution="x", now=now
        )


@pytest.mark.parametrize(
    ("accused", "handler"), [("supervisor", "regional"), ("regional", "service_manager")]
)
def test_nobody_handles_what_is_about_themself_or_their_superior(house, now, accused, handler):
    complaint = house.complaint(now=now, staff_concerned=getattr(house, accused))
    assert complaint.handler == getattr(house, handler)


def test_the_person_concerned_may_solve_it_and_whoever_reports_to_them_may_not(house, now):
    complaint = house.apologised(now=now, staff_concerned=house.lead)
    solve = {"complaint_id": complaint.pk, "solution": "Paid back", "now": now}
    Complaint.objects.update(handler=house.agent)
    with pytest.raises(NotAllowed):
        services.resolve_complaint(actor=house.agent, **solve)
    services.resolve_complaint(actor=house.lead, **solve)


def test_a_present_handler_comes_before_one_who_is_away(house, now):
    second = house.person("1002", Role.SUPERVISOR, superior=house.regional, scope=house.site)
    people.record_absence(
        actor=SYSTEM, person=house.supervisor, since=now, until=now + timedelta(days=1), now=now
    )
    assert house.complaint(now=now, actor=house.agent).handler == second


def test_the_region_of_today_handles_what_was_received_before_it_changed(house, now):
    west = Region.objects.create(name="West")
    manager = house.person("2002", Role.REGIONAL_MANAGER, superior=house.service_manager, scope=west)
    people.put_site_into_region(actor=SYSTEM, site=house.site, region=west, since=now.date(), now=now)
    complaint = house.complaint(now=now, tier=Tier.GROUP, received_at=now - timedelta(days=2))
    assert complaint.handler == manager


def test_a_complaint_without_a_person_is_that_of_the_recorders_team_at_the_same_site(house, now):
    assert house.complaint(now=now, actor=house.agent).team == house.team
    elsewhere = Site.objects.create(code="other", name="Other", calendar=house.site.calendar)
    assert house.complaint(now=now, actor=house.agent, site=elsewhere).team is None


def test_the_database_refuses_a_second_alert_for_the_same_level(house, now):
    clock = house.complaint(now=now).clocks.get(kind=ClockKind.RESOLUTION)
    facts = {"clock": clock, "complaint": clock.complaint, "kind": "escalation", "mark": 1, "at": now}
    Alert.objects.create(**facts, recipient=house.regional)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(**facts, recipient=house.executive)


def test_the_database_refuses_a_stopped_clock_that_still_ticks(house, now):
    house.complaint(now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.update(stopped_at=now)


def test_one_form_gives_one_complaint_however_often_it_comes_in_at_once(committed_house, now):
    house, key = committed_house, uuid4()
    facts = services.Facts(subject="Charged twice", account="Twice.", customer_name="Mr Liu", form_key=key)

    def record(_time: int) -> int:
        given = {"site": house.site, "tier": Tier.COMPANY, "facts": facts, "now": now}
        try:
            return services.record_complaint(actor=house.supervisor, **given).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(record, range(4))) == {Complaint.objects.get().pk}


def test_the_database_refuses_a_second_complaint_of_one_form(house, now):
    first, second = house.complaint(now=now), house.complaint(now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk__in=[first.pk, second.pk]).update(form_key=uuid4())
