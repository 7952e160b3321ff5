"""From rows to clocks: exceptions, the company's and one's own, and what the database refuses."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from callcenter.errors import DomainError, NotFound
from callcenter.worktime import calendars, china, parsing
from callcenter.worktime.enums import Base, DayKind, Mode
from callcenter.worktime.models import Calendar, Policy
from tests.factories.worktime import CalendarDayFactory, CalendarFactory, PolicyFactory, RoundTheClockFactory

pytestmark = pytest.mark.django_db

# A Wednesday
START = datetime(2026, 3, 4, 2, tzinfo=UTC)


def dates(calendar, start=START, count=1):
    return calendars.load(calendar.pk).working_dates(start, count)


def test_built_in_calendar_says_the_same_as_rows_and_as_code():
    rows = calendars.load(Calendar.objects.get(code="CN").pk)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert rows.working_dates(start, 240) == china.CN.working_dates(start, 240)
    assert rows.spec.week() == china.CN.spec.week()
    assert calendars.load_by_code("CN") is china.CN


def test_built_in_policies_are_there():
    assert Policy.objects.get(code="two_working_days").due(START, china.CN).at == parsing.instant(
        "2026-03-06T17:30", "at", china.CN.spec.zone
    )
    assert Policy.objects.get(code="thirty_working_minutes").amount == 1800


def test_own_holiday_closes_and_other_hours_open_a_date():
    calendar = CalendarFactory()
    CalendarDayFactory(calendar=calendar, date=date(2026, 3, 5))
    CalendarDayFactory(
        calendar=calendar, date=date(2026, 3, 7), kind=DayKind.OVERRIDE, hours=[["09:00", "12:00"]]
    )
    assert dates(calendar, count=3) == [date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)]


def test_site_that_works_on_a_public_holiday_takes_it_out_of_the_holidays():
    calendar = CalendarFactory()
    CalendarDayFactory(calendar=calendar, date=date(2026, 10, 1), kind=DayKind.WORKING)
    CalendarDayFactory(
        calendar=calendar, date=date(2026, 10, 3), kind=DayKind.WORKING, hours=[["10:00", "14:00"]]
    )
    start = datetime(2026, 9, 30, 2, tzinfo=UTC)
    assert dates(calendar, start, 3) == [date(2026, 10, 1), date(2026, 10, 3), date(2026, 10, 8)]


def test_exceptions_of_the_company_apply_unless_the_site_has_its_own():
    company = CalendarFactory()
    site = CalendarFactory(parent=company)
    CalendarDayFactory(calendar=company, date=date(2026, 3, 5))
    CalendarDayFactory(calendar=company, date=date(2026, 3, 6))
    CalendarDayFactory(
        calendar=site, date=date(2026, 3, 6), kind=DayKind.OVERRIDE, hours=[["08:30", "12:00"]]
    )
    assert dates(site) == [date(2026, 3, 6)]
    assert dates(company) == [date(2026, 3, 9)]


def test_calendar_without_public_holidays_is_never_provisional():
    always = calendars.load(RoundTheClockFactory().pk)
    assert not always.provisional(datetime(2031, 1, 1, tzinfo=UTC))
    assert calendars.load(CalendarFactory().pk).provisional(datetime(2031, 1, 1, tzinfo=UTC))


def test_clock_is_kept_until_the_revision_of_it_or_its_company_changes(django_assert_num_queries):
    company = CalendarFactory()
    site = CalendarFactory(parent=company)
    with django_assert_num_queries(3):
        before = calendars.load(site.pk)
    with django_assert_num_queries(1):
        assert calendars.load(site.pk) is before
    CalendarDayFactory(calendar=company, date=date(2026, 3, 5))
    Calendar.objects.filter(pk=company.pk).update(revision=uuid4())
    assert calendars.load(site.pk) is not before
    assert dates(site) == [date(2026, 3, 6)]


@pytest.mark.parametrize("count", [1, 5])
def test_many_calendars_take_three_queries(count, django_assert_num_queries):
    rows = CalendarFactory.create_batch(count)
    with django_assert_num_queries(3):
        assert calendars.load_many([row.pk for row in rows]).keys() == {row.pk for row in rows}


def test_unknown_calendar_is_named():
    with pytest.raises(NotFound):
        calendars.load(0)
    with pytest.raises(DomainError) as caught:
        calendars.load_by_code("ELSEWHERE")
    assert caught.value.field == "calendar"


def test_policy_counts_days_or_seconds():
    assert PolicyFactory(amount=1).due(START, china.CN).at == datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
    minutes = PolicyFactory(mode=Mode.WORKING_SECONDS, amount=1800)
    assert minutes.due(START, china.CN) == (datetime(2026, 3, 4, 2, 30, tzinfo=UTC), False)
    assert PolicyFactory().due(datetime(2026, 12, 31, 2, tzinfo=UTC), china.CN).provisional


@pytest.mark.parametrize(
    ("factory", "values"),
    [
        (CalendarFactory, {"base": "mars"}),
        (CalendarFactory, {"code": ""}),
        (CalendarFactory, {"code": "CN"}),
        (CalendarDayFactory, {"kind": "feast"}),
        (CalendarDayFactory, {"kind": DayKind.HOLIDAY, "hours": [["09:00", "12:00"]]}),
        (CalendarDayFactory, {"kind": DayKind.OVERRIDE, "hours": []}),
        (PolicyFactory, {"mode": "moons"}),
        (PolicyFactory, {"amount": -1}),
        (PolicyFactory, {"code": "two_working_days"}),
    ],
)
def test_database_refuses_a_row_that_makes_no_sense(factory, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**values)


def test_database_refuses_a_second_exception_and_a_calendar_that_is_its_own_parent():
    day = CalendarDayFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDayFactory(calendar=day.calendar, date=day.date)
    with pytest.raises(IntegrityError), transaction.atomic():
        Calendar.objects.filter(pk=day.calendar_id).update(parent=day.calendar_id)


def test_china_is_the_default_base():
    assert Calendar().base == Base.CHINA
