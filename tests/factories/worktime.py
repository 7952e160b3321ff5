"""Rows of the working calendar."""

from datetime import date

import factory

from callcenter.worktime.enums import Base, DayKind, Mode
from callcenter.worktime.models import Calendar, CalendarDay, Policy

OFFICE_WEEK = {day: [["08:30", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


class CalendarFactory(factory.django.DjangoModelFactory):
    """08:30–17:30 on China's working days."""

    class Meta:
        model = Calendar

    code = factory.Sequence(lambda number: f"CAL{number}")
    name = factory.LazyAttribute(lambda calendar: f"Calendar {calendar.code}")
    time_zone = "Asia/Shanghai"
    base = Base.CHINA
    weekly = factory.LazyFunction(lambda: dict(OFFICE_WEEK))


class RoundTheClockFactory(CalendarFactory):
    """Always open."""

    base = Base.NONE
    weekly = factory.LazyFunction(
        lambda: {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    )


class CalendarDayFactory(factory.django.DjangoModelFactory):
    """A company holiday."""

    class Meta:
        model = CalendarDay

    calendar = factory.SubFactory(CalendarFactory)
    date = date(2026, 3, 4)
    kind = DayKind.HOLIDAY
    hours = factory.LazyFunction(list)


class PolicyFactory(factory.django.DjangoModelFactory):
    """Two working days."""

    class Meta:
        model = Policy

    code = factory.Sequence(lambda number: f"policy{number}")
    name = factory.LazyAttribute(lambda policy: f"Policy {policy.code}")
    mode = Mode.WORKING_DAYS
    amount = 2
