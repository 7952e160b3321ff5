"""Forecasts: what they learn, how their error is measured, and that nothing is written unseen."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.errors import DomainError, NotFound
from callcenter.jobs.models import Job
from callcenter.jobs.work import work
from calls.models import Call, Queue
from calls.store import months
from shifts.enums import Origin
from shifts.forecast import SLOTS, Calendar, Past, forecast, held_back
from shifts.forecast_job import found_by
from shifts.models import Demand
from shifts.selectors.demand import calendar_of, history, known_days
from shifts.services.forecasts import start_forecast, write_forecast

START = date(2026, 8, 3)
"""A Monday."""
SATURDAY = 5


def shape(height: float) -> Past:
    """Return a day with calls in two half hours."""
    calls = np.zeros(SLOTS)
    calls[20], calls[30] = height, height / 2
    return Past(calls, calls, calls * 180)


def past(days: int, height=lambda day: 10.0 * (day.weekday() + 1)) -> dict[date, Past]:
    """Return a history of so many days."""
    return {START + timedelta(days=n): shape(height(START + timedelta(days=n))) for n in range(days)}


def test_days_are_forecast_from_days_alike():
    found = forecast(past(70), [date(2026, 11, 23), date(2026, 11, 29)], Calendar())
    assert [day.calls[20] for day in found] == pytest.approx([10, 70])
    assert found[0].handle_seconds[20] == pytest.approx(180)
    assert forecast({}, [START], Calendar())[0].calls.sum() == 0


def test_the_level_follows_the_last_weeks():
    def growing(day):
        return 10.0 if day < START + timedelta(days=140) else 20.0

    found = forecast(past(168, growing), [START + timedelta(days=168)], Calendar())
    assert 14 < found[0].calls[20] < 20


def test_holidays_are_kept_apart_and_an_unknown_one_is_like_a_sunday():
    holiday = START + timedelta(days=7)
    to_come = START + timedelta(days=77)

    def height(day):
        return 1.0 if day == holiday else 5.0 if day.weekday() == 6 else 100.0

    calendar = Calendar(holidays={holiday, to_come})
    [monday, again] = forecast(past(70, height), [START + timedelta(days=70), to_come], calendar)
    assert monday.calls[20] == pytest.approx(100)
    assert again.calls[20] == pytest.approx(1)
    [unknown] = forecast(past(70, height), [to_come], Calendar(holidays={to_come}))
    assert unknown.calls[20] == pytest.approx(5)
    [make_up] = forecast(
        past(70, height), [to_come + timedelta(days=5)], Calendar(make_ups={to_come + timedelta(days=5)})
    )
    assert make_up.calls[20] == pytest.approx(100, rel=0.02)


def test_peak_periods_lift_what_is_expected():
    peaks = {START + timedelta(days=n) for n in (*range(14, 28), *range(84, 98))}

    def height(day):
        return 150.0 if day in peaks else 100.0

    days = [START + timedelta(days=70), START + timedelta(days=84)]
    [usual, peak] = forecast(past(70, height), days, Calendar(peaks=peaks))
    assert usual.calls[20] == pytest.approx(100)
    assert peak.calls[20] == pytest.approx(150)


def test_the_error_on_held_back_days_is_what_was_missed():
    assert held_back(past(84), Calendar()).wape == pytest.approx(0)
    assert held_back(past(40), Calendar()) is None
    assert held_back({}, Calendar()) is None
    assert held_back(past(84, lambda _day: 0.0), Calendar()) is None
    doubled = held_back(past(84, lambda day: 10.0 if day < START + timedelta(days=56) else 20.0), Calendar())
    assert doubled.wape == pytest.approx(0.5)
    assert doubled.bias == pytest.approx(-0.5)
    assert doubled.wape_naive == pytest.approx(0.5)
    assert doubled.came == pytest.approx(2 * doubled.expected)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(0, 500), min_size=56, max_size=90))
def test_no_forecast_is_negative_or_beyond_what_ever_came(heights):
    days = iter(heights)
    found = forecast(past(len(heights), lambda _day: next(days)), [START + timedelta(days=100)], Calendar())
    assert found[0].calls.min() >= 0
    assert found[0].calls.max() <= max(heights) + 1e-6


def brought_in(house) -> Queue:
    """Return a queue with two calls each working morning, fifteen weeks long."""
    queue = Queue.objects.create(code="repairs", name="Repairs", site=house.site)
    first = datetime(2026, 8, 3, 1, tzinfo=UTC)
    rows = [
        Call(
            source="acd",
            call_id=f"{day}-{number}",
            site=house.site,
            queue=queue,
            entered_at=first + timedelta(days=day, minutes=20 * number),
            outcome="answered",
            talk_seconds=100,
            wrap_seconds=20,
        )
        for day in range(110)
        for number in range(2)
        if (first + timedelta(days=day)).weekday() < SATURDAY
    ]
    months.ensure(row.entered_at for row in rows)
    Call.objects.bulk_create(rows)
    return queue


@pytest.mark.django_db
def test_history_counts_by_local_half_hours(house):
    queue = brought_in(house)
    assert known_days(queue) == (START, date(2026, 11, 20))
    found = history(queue, START, START + timedelta(days=2))
    assert list(found) == [START, START + timedelta(days=1)]
    assert found[START].calls[18] == 2
    assert found[START].seconds[18] == 240
    special = calendar_of(house.site, date(2026, 9, 1), date(2026, 11, 1))
    assert date(2026, 10, 1) in special.holidays
    assert special.make_ups


def test_a_forecast_without_enough_calls_says_so(committed_house, now):
    house = committed_house
    queue = Queue.objects.create(code="few", name="Few", site=house.site)
    with pytest.raises(DomainError):
        start_forecast(actor=house.supervisor, queue=queue, first=date(2026, 11, 23), days=0, now=now)
    job = start_forecast(actor=house.supervisor, queue=queue, first=date(2026, 11, 23), days=7, now=now)
    with pytest.raises(NotFound):
        found_by(job)
    work(job.pk)
    job.refresh_from_db()
    assert "less than four weeks" in job.error


def test_what_was_forecast_is_written_once_it_was_seen(committed_house, client, now):
    house = committed_house
    queue = brought_in(house)
    client.force_login(house.supervisor)
    sent = client.post(reverse("shifts:new_forecast", args=["repairs"]), {"first": "2026-11-23", "days": "7"})
    job = Job.objects.get()
    assert sent.url == reverse("shifts:forecast", args=[job.pk])
    work(job.pk)
    job.refresh_from_db()
    assert not job.error
    page = client.get(sent.url)
    assert page.context["error"]["wape"] < 0.2
    assert not Demand.objects.exists()
    stale = datetime(2026, 11, 23, 12, tzinfo=UTC)
    Demand.objects.create(queue=queue, starts_at=stale, calls=9, handle_seconds=60, origin=Origin.FORECAST)
    assert client.post(sent.url).status_code == 302
    rows = Demand.objects.order_by("starts_at").values_list("queue", "calls", "handle_seconds", "origin")
    assert len(rows) == 5
    assert rows[0] == (queue.pk, 2, 120, Origin.FORECAST)
    client.force_login(house.regional)
    assert client.get(sent.url).status_code == 404
    assert write_forecast(actor=house.supervisor, job=job, now=now).left == 5
