"""Changing calendars and policies: who may, what is refused, what is recorded."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import rules

from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed, NotFound
from callcenter.ops import calendars as services
from callcenter.worktime import calendars, china
from callcenter.worktime.enums import Base, DayKind, Mode
from callcenter.worktime.models import Calendar, CalendarDay, Policy
from tests.factories.worktime import OFFICE_WEEK, CalendarDayFactory, CalendarFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 2, tzinfo=UTC)


class Nobody:
    pk = 1

    def has_perm(self, perm, obj=None):
        return False


def set_day(calendar, day, kind, **more):
    return services.set_calendar_day(
        actor=SYSTEM, calendar_id=calendar.pk, day=day, kind=kind, now=NOW, **more
    )


def create(**more):
    values = {"code": "HQ", "name": "Headquarters", "time_zone": "Asia/Shanghai", "base": Base.CHINA}
    return services.create_calendar(actor=SYSTEM, weekly=OFFICE_WEEK, now=NOW, **values | more)


def test_new_calendar_counts_and_is_recorded():
    calendar = create()
    assert calendars.load(calendar.pk).working_dates(NOW, 1) == [date(2026, 3, 5)]
    assert Entry.objects.get().action == "calendar.created"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"base": "mars"}, "base"),
        ({"code": "CN"}, "code"),
        ({"weekly": {"mon": [["17:00", "09:00"]]}}, "weekly.mon[0]"),
    ],
)
def test_calendar_that_cannot_be_read_is_refused_by_field(values, field):
    arguments = {"code": "HQ", "name": "HQ", "time_zone": "UTC", "base": "none", "weekly": OFFICE_WEEK}
    with pytest.raises(DomainError) as caught:
        services.create_calendar(actor=SYSTEM, now=NOW, **arguments | values)
    assert caught.value.field == field


def test_company_calendar_has_no_company_of_its_own():
    site = CalendarFactory(parent=CalendarFactory())
    with pytest.raises(DomainError) as caught:
        create(parent_id=site.pk)
    assert caught.value.field == "parent"


def test_day_set_counts_at_once_and_so_does_its_removal():
    calendar = CalendarFactory()
    assert calendars.load(calendar.pk).working_dates(NOW, 1) == [date(2026, 3, 5)]
    set_day(calendar, date(2026, 3, 5), DayKind.HOLIDAY, note="Move")
    assert calendars.load(calendar.pk).working_dates(NOW, 1) == [date(2026, 3, 6)]
    services.remove_calendar_day(actor=SYSTEM, calendar_id=calendar.pk, day=date(2026, 3, 5), now=NOW)
    assert calendars.load(calendar.pk).working_dates(NOW, 1) == [date(2026, 3, 5)]
    assert [entry.action for entry in Entry.objects.order_by("pk")] == [
        "calendar.day_set",
        "calendar.day_removed",
    ]


def test_day_set_twice_is_one_row_and_the_audit_has_what_was_before():
    calendar = CalendarFactory()
    set_day(calendar, date(2026, 3, 7), DayKind.OVERRIDE, hours=[["09:00", "12:00"]])
    set_day(calendar, date(2026, 3, 7), DayKind.HOLIDAY)
    assert CalendarDay.objects.get(calendar=calendar).kind == DayKind.HOLIDAY
    assert Entry.objects.latest("pk").details["old"]["hours"] == [["09:00", "12:00"]]


@pytest.mark.parametrize(
    ("kind", "hours", "field"),
    [
        ("feast", [], "kind"),
        (DayKind.HOLIDAY, [["09:00", "12:00"]], "hours"),
        (DayKind.OVERRIDE, [], "hours"),
        (DayKind.OVERRIDE, [["12:00", "09:00"]], "hours[0]"),
        (DayKind.OVERRIDE, [["09:00", "12:00"]], "kind"),
    ],
)
def test_day_that_makes_no_sense_is_refused_by_field(kind, hours, field):
    with pytest.raises(DomainError) as caught:
        set_day(CalendarFactory(), date(2026, 10, 1), kind, hours=hours)
    assert caught.value.field == field


def test_weekly_hours_change_at_once():
    calendar = CalendarFactory()
    calendars.load(calendar.pk)
    services.set_weekly_hours(
        actor=SYSTEM, calendar_id=calendar.pk, weekly={"sun": [["10:00", "12:00"]]}, now=NOW
    )
    assert calendars.load(calendar.pk).next_close(NOW) == datetime(2026, 3, 8, 4, tzinfo=UTC)


def test_built_in_calendar_cannot_be_changed():
    built_in = Calendar.objects.get(code="CN")
    with pytest.raises(Conflict):
        set_day(built_in, date(2026, 3, 5), DayKind.HOLIDAY)


def test_removal_of_what_is_not_there_is_refused():
    for calendar_id in (0, CalendarFactory().pk):
        with pytest.raises(NotFound):
            services.remove_calendar_day(actor=SYSTEM, calendar_id=calendar_id, day=date(2026, 3, 5), now=NOW)


def test_policy_is_set_and_changed_and_both_are_recorded():
    for amount in (3, 4):
        services.set_policy(
            actor=SYSTEM, code="answer", name="Answer", mode=Mode.WORKING_DAYS, amount=amount, now=NOW
        )
    assert Policy.objects.get(code="answer").amount == 4
    assert Entry.objects.latest("pk").details["old"]["amount"] == 3


def test_no_days_are_the_close_of_the_same_day():
    policy = services.set_policy(
        actor=SYSTEM, code="today", name="Today", mode=Mode.WORKING_DAYS, amount=0, now=NOW
    )
    assert policy.due(NOW, china.CN).at == china.CN.next_close(NOW)
    assert policy.in_words == "the same working day"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mode": "moons"}, "mode"),
        ({"amount": -1}, "amount"),
        ({"mode": Mode.WORKING_SECONDS, "amount": 0}, "amount"),
    ],
)
def test_policy_that_makes_no_sense_is_refused_by_field(values, field):
    arguments = {"code": "answer", "name": "Answer", "mode": Mode.WORKING_DAYS, "amount": 1}
    with pytest.raises(DomainError) as caught:
        services.set_policy(actor=SYSTEM, now=NOW, **arguments | values)
    assert caught.value.field == field


def test_nobody_else_may_change_anything():
    day = CalendarDayFactory()
    common = {"actor": Nobody(), "now": NOW}
    for forbidden in (
        lambda: services.create_calendar(
            code="HQ", name="HQ", time_zone="UTC", base="none", weekly=OFFICE_WEEK, **common
        ),
        lambda: services.set_weekly_hours(calendar_id=day.calendar_id, weekly={}, **common),
        lambda: services.set_calendar_day(
            calendar_id=day.calendar_id, day=day.date, kind=DayKind.WORKING, **common
        ),
        lambda: services.remove_calendar_day(calendar_id=day.calendar_id, day=day.date, **common),
        lambda: services.set_policy(code="x", name="x", mode=Mode.WORKING_DAYS, amount=1, **common),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert not Entry.objects.exists()


def test_only_administrators_hold_the_permission():
    may = {
        role
        for role in Role
        if rules.has_perm("worktime.manage", SimpleNamespace(holds=lambda *asked, role=role: role in asked))
    }
    assert may == {Role.ADMINISTRATOR}
