"""Running clocks are counted anew when what they were counted from changes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection

from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.ops import calendars as ops
from callcenter.worktime.models import Calendar, Policy
from complaints import services
from complaints.enums import Act
from complaints.models import Alert, Clock, ClockPolicy, Step
from tests.course import cause

FRIDAY_CLOSE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MONDAY_CLOSE = FRIDAY_CLOSE + timedelta(days=3)
FRIDAY = date(2026, 11, 20)
WEEK = {day: [["08:30", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def with_office(house, now):
    """Let the site have a calendar of its own under the company's, as both can be changed."""
    facts = {"actor": SYSTEM, "time_zone": "Asia/Shanghai", "base": "china", "weekly": WEEK, "now": now}
    company = ops.create_calendar(code="company", name="Company", **facts)
    house.site.calendar = ops.create_calendar(code="office", name="Office", parent_id=company.pk, **facts)
    house.site.save()
    return house


@pytest.fixture
def office(house, now):
    """Return a house with calendars that can be changed."""
    return with_office(house, now)


def close(code, day, now):
    ops.set_calendar_day(
        actor=SYSTEM, calendar_id=Calendar.objects.get(code=code).pk, day=day, kind="holiday", now=now
    )


def resolution(complaint):
    return complaint.clocks.get(kind="resolution")


@pytest.mark.parametrize("code", ["office", "company"])
def test_a_day_that_is_closed_moves_running_deadlines_and_says_so_once(office, now, code):
    complaint = office.complaint(now=now)
    before = resolution(complaint)
    close(code, FRIDAY, now)
    assert services.recount_clocks(now=now) == 2
    assert services.recount_clocks(now=now) == 0
    cache.clear()
    assert services.recount_clocks(now=now) == 0, "nothing is stale"
    complaint.refresh_from_db()
    after = resolution(complaint)
    assert complaint.due_at == after.due_at == MONDAY_CLOSE
    assert after.next_at == after.warn_50_at == before.warn_50_at, "the first half is over before Friday"
    step = complaint.steps.get(act=Act.RECOMPUTE)
    assert step.facts["due_at"] == [before.due_at.isoformat(), MONDAY_CLOSE.isoformat()]
    assert (step.by, step.facts["clock"]) == (None, "resolution"), "the same day has not moved"
    assert Entry.objects.filter(action="complaint.recomputed").count() == 1


def test_a_deadline_that_has_passed_is_never_moved(office, now):
    complaint = office.complaint(now=now)
    for at in (FRIDAY_CLOSE, FRIDAY_CLOSE + timedelta(days=1)):
        close("office", FRIDAY, now)
        services.recount_clocks(now=at)
        assert resolution(complaint).due_at == FRIDAY_CLOSE
        services.sweep_clocks(now=at)
    assert not complaint.steps.filter(act=Act.RECOMPUTE).exists()


def test_what_was_said_already_is_not_repeated(office, now):
    clock = resolution(office.complaint(now=now))
    services.sweep_clocks(now=clock.warn_50_at)
    said = Alert.objects.filter(clock=clock)
    assert [alert.mark for alert in said] == [50]
    Policy.objects.filter(pk=clock.policy_id).update(amount=5)
    services.recount_clocks(now=clock.warn_50_at)
    longer = resolution(clock.complaint)
    assert longer.warn_50_at > clock.warn_50_at
    assert longer.next_at == longer.warn_80_at
    services.sweep_clocks(now=longer.warn_50_at)
    assert said.count() == 1


def test_a_policy_that_changes_its_mode_and_calendar_takes_its_clocks_along(office, now):
    complaint = office.complaint(now=now)
    policy = resolution(complaint).policy
    ops.set_policy(
        actor=SYSTEM,
        code=policy.code,
        name=policy.name,
        mode="working_seconds",
        amount=9 * 3600,
        calendar_id=Calendar.objects.get(code="CN").pk,
        now=now,
    )
    services.recount_clocks(now=now)
    moved = resolution(complaint)
    assert (moved.due_at, moved.calendar.code) == (now + timedelta(days=1), "CN")
    ops.set_policy(actor=SYSTEM, code=policy.code, name=policy.name, mode="working_days", amount=2, now=now)
    services.recount_clocks(now=now)
    moved = resolution(complaint)
    assert (moved.due_at, moved.calendar.code) == (FRIDAY_CLOSE, "office")


def test_the_calendar_fixed_at_receipt_stays_when_the_site_takes_another(office, now):
    complaint = office.complaint(now=now)
    office.site.calendar = Calendar.objects.get(code="CN")
    office.site.save()
    cache.clear()
    assert services.recount_clocks(now=now) == 0
    assert resolution(complaint).calendar.code == "office"


def test_published_holidays_make_a_provisional_deadline_certain(office, monkeypatch):
    new_years_eve = datetime(2026, 12, 31, 4, 0, tzinfo=UTC)
    complaint = office.complaint(now=new_years_eve)
    assert resolution(complaint).provisional
    monkeypatch.setattr("callcenter.worktime.china.EDITION", "next")
    monkeypatch.setattr("callcenter.worktime.spec.Spec.published", lambda _spec, _year: True)
    services.recount_clocks(now=new_years_eve)
    assert not resolution(complaint).provisional
    assert complaint.steps.filter(act=Act.RECOMPUTE).count() == 1, "the same day ends this year"


def test_pauses_are_kept(office, now):
    ClockPolicy.objects.update(pause_days=3)
    complaint = office.complaint(now=now)
    services.pause(actor=office.supervisor, complaint_id=complaint.pk, reason="Bill asked for", now=now)
    services.resume(actor=office.supervisor, complaint_id=complaint.pk, now=now + timedelta(hours=2))
    paused = resolution(complaint).due_at
    close("office", FRIDAY, now)
    services.recount_clocks(now=now + timedelta(hours=3))
    assert paused == datetime(2026, 11, 23, 2, 30, tzinfo=UTC), "two hours after Friday's close of business"
    assert resolution(complaint).due_at == paused + timedelta(days=1)


def test_a_calendar_that_lost_its_hours_moves_nothing_and_holds_up_no_other(office, now):
    complaint, other = office.complaint(now=now), office.complaint(now=now)
    empty = Calendar.objects.create(code="closed", name="Closed", base="none", weekly={})
    other.clocks.update(calendar=empty)
    close("office", FRIDAY, now)
    assert services.recount_clocks(now=now) == 4
    assert resolution(other).due_at == FRIDAY_CLOSE
    assert resolution(complaint).due_at == MONDAY_CLOSE


def test_a_correction_moves_with_the_date_that_was_planned(office, now):
    complaint = office.satisfied(now=now)
    services.set_cause(actor=office.service_manager, complaint_id=complaint.pk, cause=cause(), now=now)
    services.plan_correction(
        actor=office.supervisor,
        complaint_id=complaint.pk,
        owner=office.lead,
        plan="Train",
        due_on=FRIDAY,
        now=now,
    )
    close("office", FRIDAY, now)
    services.recount_clocks(now=now)
    assert complaint.clocks.get(kind="correction").due_at == MONDAY_CLOSE


def test_nothing_changed_costs_two_queries(office, now, django_assert_num_queries):
    office.complaint(now=now)
    services.recount_clocks(now=now)
    with django_assert_num_queries(2):
        assert services.recount_clocks(now=now) == 0


def test_many_are_counted_in_batches(office, now):
    for _one in range(4):
        office.complaint(now=now)
    close("office", FRIDAY, now)
    assert services.recount_clocks(now=now, batch=5) == 8
    assert Clock.objects.filter(due_at=MONDAY_CLOSE).count() == 4


def test_two_at_once_count_each_clock_once(committed_house, now):
    office = with_office(committed_house, now)
    complaints = [office.complaint(now=now) for _one in range(20)]
    close("office", FRIDAY, now)
    start = Barrier(2)

    def recount(_worker: int) -> int:
        start.wait()
        try:
            return services.recount_clocks(now=now, batch=3)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = sum(pool.map(recount, range(2)))
    cache.clear()
    assert done + services.recount_clocks(now=now) == 2 * len(complaints)
    assert Step.objects.filter(act=Act.RECOMPUTE).count() == len(complaints)
    assert Clock.objects.filter(due_at=MONDAY_CLOSE).count() == len(complaints)
