"""Changing calendars and policies: the rows of worktime, each change with its line in the audit."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError, NotFound
from callcenter.worktime import china, parsing
from callcenter.worktime.enums import Base, DayKind, Mode
from callcenter.worktime.models import Calendar, CalendarDay, Policy

Hours = list[list[str]]
BUILT_IN = "CN"


@transaction.atomic
def create_calendar(
    *,
    actor: Actor,
    code: str,
    name: str,
    time_zone: str,
    base: str,
    weekly: dict[str, Hours],
    now: datetime,
    parent_id: int | None = None,
) -> Calendar:
    """Create a calendar. The exceptions of `parent_id` (the company's, itself without a parent) apply to it too."""
    require(actor, "worktime.manage")
    parsing.zone(time_zone)
    _check_weekly(weekly)
    if base not in Base.values:
        raise DomainError(_("Not one of the choices."), field="base")
    if Calendar.objects.filter(code=code).exists():
        raise Conflict(_("There is a calendar with this code already."), field="code")
    if parent_id is not None and _locked(parent_id).parent_id is not None:
        raise DomainError(_("A company calendar has no company calendar of its own."), field="parent")
    calendar = Calendar.objects.create(
        code=code, name=name, time_zone=time_zone, base=base, weekly=weekly, parent_id=parent_id
    )
    log.record(actor, "calendar.created", calendar, now=now, code=code, base=base, weekly=weekly)
    return calendar


@transaction.atomic
def set_weekly_hours(*, actor: Actor, calendar_id: int, weekly: dict[str, Hours], now: datetime) -> Calendar:
    """Replace a calendar's weekly hours."""
    require(actor, "worktime.manage")
    _check_weekly(weekly)
    calendar = _locked(calendar_id)
    old, calendar.weekly = calendar.weekly, weekly
    calendar.save(update_fields=["weekly"])
    _renew(calendar)
    log.record(actor, "calendar.hours_set", calendar, now=now, old=old, new=weekly)
    return calendar


@transaction.atomic
def set_calendar_day(
    *,
    actor: Actor,
    calendar_id: int,
    day: date,
    kind: str,
    now: datetime,
    hours: Hours | None = None,
    note: str = "",
) -> CalendarDay:
    """Set the exception of one date, in place of one that it may have. Safe to call twice."""
    require(actor, "worktime.manage")
    calendar = _locked(calendar_id)
    _check_day(calendar, day, kind, hours or [])
    old = _shown(CalendarDay.objects.filter(calendar=calendar, date=day).first())
    exception, _created = CalendarDay.objects.update_or_create(
        calendar=calendar, date=day, defaults={"kind": kind, "hours": hours or [], "note": note}
    )
    _renew(calendar)
    log.record(
        actor, "calendar.day_set", calendar, now=now, date=day.isoformat(), old=old, new=_shown(exception)
    )
    return exception


@transaction.atomic
def remove_calendar_day(*, actor: Actor, calendar_id: int, day: date, now: datetime) -> None:
    """Take the exception of one date away."""
    require(actor, "worktime.manage")
    calendar = _locked(calendar_id)
    exception = CalendarDay.objects.filter(calendar=calendar, date=day).first()
    if exception is None:
        raise NotFound(_("This date has no exception."), field="day")
    old = _shown(exception)
    exception.delete()
    _renew(calendar)
    log.record(actor, "calendar.day_removed", calendar, now=now, date=day.isoformat(), old=old)


@transaction.atomic
def set_policy(
    *,
    actor: Actor,
    code: str,
    name: str,
    mode: str,
    amount: int,
    now: datetime,
    calendar_id: int | None = None,
) -> Policy:
    """Create or change a policy; an amount of no days is the close of the same day. Running clocks are counted anew."""
    require(actor, "worktime.manage")
    if mode not in Mode.values:
        raise DomainError(_("Not one of the choices."), field="mode")
    if amount < 0 or (amount == 0 and mode != Mode.WORKING_DAYS):
        raise DomainError(
            _("An amount of nothing is no deadline."), field="amount", mend=_("Give one above zero.")
        )
    before = Policy.objects.filter(code=code).values("name", "mode", "amount", "calendar_id").first()
    after = {"name": name, "mode": mode, "amount": amount, "calendar_id": calendar_id}
    policy, _created = Policy.objects.update_or_create(code=code, defaults=after)
    log.record(actor, "policy.set", policy, now=now, old=before, new=after)
    return policy


def _check_weekly(weekly: dict[str, Hours]) -> None:
    if not any(parsing.weekly(weekly)):
        raise DomainError(
            _("A calendar without hours would never reach a deadline."),
            field="weekly",
            mend=_("Give at least one day its hours."),
        )


def _locked(calendar_id: int) -> Calendar:
    calendar = Calendar.objects.select_for_update(of=("self",)).filter(pk=calendar_id).first()
    if calendar is None:
        raise NotFound(_("There is no such calendar."), field="calendar")
    if calendar.code == BUILT_IN:
        raise Conflict(
            _("The built-in calendar means the same everywhere and cannot be changed."),
            field="calendar",
            mend=_("Create a calendar of your own."),
        )
    return calendar


def _renew(calendar: Calendar) -> None:
    calendar.revision = uuid4()
    calendar.save(update_fields=["revision"])


def _check_day(calendar: Calendar, day: date, kind: str, hours: Hours) -> None:
    parsing.hours(hours)
    if kind not in DayKind.values:
        raise DomainError(_("Not one of the choices."), field="kind")
    if kind == DayKind.HOLIDAY and hours:
        raise DomainError(_("A holiday has no hours."), field="hours")
    if kind == DayKind.OVERRIDE and not hours:
        raise DomainError(
            _("Other hours are needed."), field="hours", mend=_("For a closed day take a holiday.")
        )
    statutory = calendar.base == Base.CHINA and day in china.year_days(day.year).holidays
    if kind == DayKind.OVERRIDE and statutory:
        raise DomainError(
            _("A public holiday stays closed whatever its hours."),
            field="kind",
            mend=_("Take “works although it is a public holiday”."),
        )


def _shown(exception: CalendarDay | None) -> dict[str, Any] | None:
    if exception is None:
        return None
    return {"kind": exception.kind, "hours": exception.hours, "note": exception.note}
