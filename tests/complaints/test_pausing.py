"""Waiting for the customer: off unless the policy allows it; the clocks stand still and then go on."""

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.errors import Conflict, DomainError, NotAllowed
from callcenter.outbox.models import Channel, Message
from complaints import selectors, services
from complaints.enums import Act
from complaints.models import Alert, ClockPolicy, Pause

FRIDAY_CLOSE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def complaint(house, now):
    """Return a complaint that may wait for three working days."""
    ClockPolicy.objects.filter(kind="resolution").update(pause_days=3)
    return house.complaint(now=now, actor=house.agent)


def wait(house, complaint, now, **more):
    return services.pause(
        actor=house.supervisor,
        complaint_id=complaint.pk,
        reason="The customer looks for the bill",
        now=now,
        **more,
    )


def go_on(house, complaint, now):
    return services.resume(actor=house.supervisor, complaint_id=complaint.pk, now=now)


def test_it_is_off_by_default(house, now):
    complaint = house.complaint(now=now)
    with pytest.raises(Conflict):
        wait(house, complaint, now)
    assert not Pause.objects.exists()


def test_only_the_handler_lets_it_wait_and_says_why(house, complaint, now):
    with pytest.raises(NotAllowed):
        services.pause(actor=house.lead, complaint_id=complaint.pk, reason="Bill", now=now)
    with pytest.raises(DomainError) as refusal:
        services.pause(actor=house.supervisor, complaint_id=complaint.pk, reason=" ", now=now)
    assert refusal.value.field == "reason"


def test_while_it_waits_no_clock_speaks_and_then_each_has_the_time_it_had(house, complaint, now):
    services.sweep_clocks(now=now + HOUR)
    wait(house, complaint, now + HOUR)
    assert services.sweep_clocks(now=now + 25 * HOUR) == 0
    go_on(house, complaint, now + 25 * HOUR)
    complaint.refresh_from_db()
    assert complaint.due_at == FRIDAY_CLOSE + timedelta(days=3), "a working day later: Monday"
    resolution = complaint.clocks.get(kind="resolution")
    assert (resolution.paused_at, resolution.next_at) == (None, resolution.warn_50_at)
    assert complaint.clocks.get(kind="same_day").due_at == datetime(2026, 11, 19, 9, 30, tzinfo=UTC)
    acts = list(complaint.steps.values_list("act", flat=True))
    assert acts == [Act.ACCEPT, Act.PAUSE, Act.RESUME]
    assert complaint.steps.get(act=Act.RESUME).facts["due_at"][1] == complaint.due_at.isoformat()


def test_what_had_passed_before_is_not_moved(house, complaint, now):
    wait(house, complaint, now + HOUR)
    response = complaint.clocks.get(kind="response")
    assert (response.due_at, response.paused_at) == (now + HOUR / 2, None)
    services.sweep_clocks(now=now + 2 * HOUR)
    assert list(Alert.objects.values_list("clock__kind", "kind")) == [("response", "escalation")]


def test_a_warning_that_was_given_is_not_repeated_after_it(house, complaint, now):
    clock = complaint.clocks.get(kind="resolution")
    services.sweep_clocks(now=clock.warn_50_at)
    wait(house, complaint, clock.warn_50_at + HOUR)
    go_on(house, complaint, clock.warn_50_at + 2 * HOUR)
    after = complaint.clocks.get(kind="resolution")
    assert (after.warn_50_at, after.next_at) == (clock.warn_50_at, after.warn_80_at)
    assert after.warn_80_at == clock.warn_80_at + HOUR


def test_it_ends_by_itself_at_its_limit_and_says_so(house, complaint, now):
    wait(house, complaint, now, until=now + 2 * HOUR)
    services.sweep_clocks(now=now + 2 * HOUR - timedelta(seconds=1))
    assert Pause.objects.get().ended_at is None
    for _time in range(2):
        services.sweep_clocks(now=now + 5 * HOUR)
    ended = Pause.objects.get()
    assert (ended.ended_at, ended.ended_by) == (now + 2 * HOUR, None)
    assert complaint.steps.get(act=Act.RESUME).by is None
    complaint.refresh_from_db()
    assert complaint.due_at == datetime(2026, 11, 23, 2, 30, tzinfo=UTC), "two hours into Monday"
    told = Message.objects.get(template="complaints/notify/pause_over")
    assert (told.recipient, told.channel) == (complaint.handler, Channel.IN_APP)
    assert told.context["complaint_due_at"] == complaint.due_at.isoformat(), "as the clocks run from now on"


def test_whoever_lets_it_go_on_is_not_told_so(house, complaint, now):
    wait(house, complaint, now)
    go_on(house, complaint, now + HOUR)
    assert not Message.objects.filter(template="complaints/notify/pause_over").exists()


def test_it_waits_three_working_days_in_all(house, complaint, now):
    pause = wait(house, complaint, now)
    assert pause.until_at == now + timedelta(days=5), "27 working hours: Wednesday 10:00 to Monday 10:00"
    go_on(house, complaint, now + timedelta(days=1))
    with pytest.raises(DomainError) as refusal:
        wait(house, complaint, now + timedelta(days=1), until=now + timedelta(days=6))
    assert refusal.value.field == "until"
    rest = wait(house, complaint, now + timedelta(days=1))
    assert rest.until_at == now + timedelta(days=5)
    services.sweep_clocks(now=now + timedelta(days=5))
    with pytest.raises(Conflict):
        wait(house, complaint, now + timedelta(days=5))


def test_it_does_not_wait_twice_at_once_nor_after_its_deadline(house, complaint, now):
    with pytest.raises(Conflict):
        go_on(house, complaint, now)
    wait(house, complaint, now)
    with pytest.raises(Conflict):
        wait(house, complaint, now + HOUR)
    go_on(house, complaint, now + HOUR)
    complaint.refresh_from_db()
    with pytest.raises(Conflict):
        wait(house, complaint, complaint.due_at)


def test_one_that_is_resolved_while_it_waits_is_on_time(house, now):
    ClockPolicy.objects.filter(kind="resolution").update(pause_days=3)
    complaint = house.apologised(now=now)
    wait(house, complaint, FRIDAY_CLOSE - HOUR)
    late = FRIDAY_CLOSE + timedelta(days=3)
    services.resolve_complaint(actor=house.supervisor, complaint_id=complaint.pk, solution="Paid", now=late)
    clock = complaint.clocks.get(kind="resolution")
    assert clock.due_at == late + 16 * HOUR, "Tuesday 09:30: ten working hours later"
    assert (clock.stopped_at, clock.paused_at) == (late, None)
    assert Pause.objects.get().ended_at == late


def test_the_share_of_the_time_used_is_the_same_after_it(house, complaint, now):
    def share(at):
        fresh = house.again(complaint)
        return selectors.per_cent_used(selectors.with_clock(fresh, now=at), now=at)

    before = share(now + 24 * HOUR)
    wait(house, complaint, now + 24 * HOUR)
    assert share(now + 27 * HOUR) == before
    go_on(house, complaint, now + 27 * HOUR)
    assert share(now + 27 * HOUR) == before


def test_figures_can_be_had_with_and_without_pauses(house, complaint, now):
    other = house.complaint(now=now)
    wait(house, complaint, now)
    go_on(house, complaint, now + 24 * HOUR)
    wait(house, complaint, now + 25 * HOUR)
    assert selectors.paused_seconds([complaint, other], now=now + 26 * HOUR) == {complaint.pk: 10 * 3600}
