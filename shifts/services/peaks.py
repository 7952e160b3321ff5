"""Every write to peak periods: made one by one, or month by month from a template."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from agents.models import Site
from agents.services.dated import unless_taken
from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from shifts.bounds import MOST_DAYS
from shifts.models import Peak, PeakTemplate
from shifts.selectors.demand import zone_of
from shifts.selectors.peaks import peaks_between

LAST_OF_MONTH = 31
MONTHS_AHEAD = 3
"""A template makes the periods of this month and of the two after it, so that leave is asked for knowing them."""


@transaction.atomic
def make_peak(
    *, actor: Actor, site: Site, name: str, first: date, last: date, now: datetime, **wanted: Any
) -> Peak:
    """Make a peak period from `first` to `last`, both included; `wanted` are further fields of Peak.

    A site has one at a time: Conflict. Leave that was approved before stays.
    """
    require(actor, "shifts.manage_settings", site)
    peak = Peak(site=site, name=name, period=_period(first, last), **wanted)
    _save(peak)
    log.record(actor, "peak.made", peak, now=now, first=first.isoformat(), last=last.isoformat())
    return peak


@transaction.atomic
def change_peak(*, actor: Actor, peak_id: int, first: date, last: date, now: datetime, **wanted: Any) -> Peak:
    """Change a peak period that is not over: its days, or other fields of Peak in `wanted`."""
    peak = _locked(actor, peak_id, now)
    old = {"first": str(peak.period.lower), "last": str(peak.last_day)}
    old |= {name: str(getattr(peak, name)) for name in wanted}
    for name, value in wanted.items():
        setattr(peak, name, value)
    peak.period = _period(first, last)
    _save(peak)
    new = {"first": str(first), "last": str(last), **{name: str(value) for name, value in wanted.items()}}
    log.record(actor, "peak.changed", peak, now=now, old=old, new=new)
    return peak


@transaction.atomic
def end_peak(*, actor: Actor, peak_id: int, now: datetime) -> date | None:
    """End a peak period with yesterday and return that; one that begins today or later is taken out: None."""
    peak = _locked(actor, peak_id, now)
    today = _today(peak.site, now)
    log.record(actor, "peak.ended", peak, now=now, first=str(peak.period.lower), last=str(peak.last_day))
    if peak.period.lower >= today:
        peak.delete()
        return None
    peak.period = DateRange(peak.period.lower, today)
    peak.save(update_fields=["period"])
    return peak.last_day


@transaction.atomic
def set_template(*, actor: Actor, site: Site, now: datetime, **wanted: int) -> PeakTemplate:
    """Make a peak period in each month to come, as `wanted` (fields of PeakTemplate) says; periods that were made stay."""
    require(actor, "shifts.manage_settings", site)
    if not 1 <= wanted["first_day"] <= wanted["last_day"] <= LAST_OF_MONTH:
        raise DomainError(
            _("A peak period lies within one month."),
            field="last_day",
            mend=_("Choose days from 1 to 31, the last not before the first."),
        )
    template, _fresh = PeakTemplate.objects.select_for_update().get_or_create(site=site, defaults=wanted)
    for name, value in wanted.items():
        setattr(template, name, value)
    template.save()
    log.record(actor, "peak_template.set", template, now=now, **wanted)
    _make_ahead(template, now)
    return template


@transaction.atomic
def remove_template(*, actor: Actor, site: Site, now: datetime) -> None:
    """Make no more peak periods by themselves; those that were made stay."""
    require(actor, "shifts.manage_settings", site)
    template = PeakTemplate.objects.select_for_update().filter(site=site).first()
    if template:
        log.record(actor, "peak_template.removed", template, now=now)
        template.delete()


def make_ahead(*, now: datetime) -> int:
    """Make the peak periods that templates ask for; return how many. Safe to call again, and twice at once."""
    made = 0
    for pk in PeakTemplate.objects.values_list("pk", flat=True):
        with transaction.atomic():
            rows = PeakTemplate.objects.select_related("site__calendar").filter(pk=pk)
            template = rows.select_for_update(of=("self",)).first()
            made += _make_ahead(template, now) if template else 0
    return made


def _make_ahead(template: PeakTemplate, now: datetime) -> int:
    today = _today(template.site, now)
    months = [_month(today.replace(day=1), ahead) for ahead in range(MONTHS_AHEAD + 1)]
    made = 0
    for month in months[:-1]:
        if (template.made_until and month < template.made_until) or not _make_month(
            template, month, today, now
        ):
            continue
        made += 1
    template.made_until = max(months[-1], template.made_until or months[-1])
    template.save(update_fields=["made_until"])
    return made


def _make_month(template: PeakTemplate, month: date, today: date, now: datetime) -> bool:
    """Make the period of a month, unless it is over or some of its days lie in another one."""
    days = monthrange(month.year, month.month)[1]
    first = month.replace(day=min(template.first_day, days))
    last = month.replace(day=min(template.last_day, days))
    if last < today or peaks_between(template.site_id, first, last + timedelta(days=1)):
        return False
    peak = Peak.objects.create(
        site=template.site,
        name=f"{month:%Y-%m}",
        period=_period(first, last),
        lunch_heads=template.lunch_heads,
        weekend_heads=template.weekend_heads,
    )
    log.record(SYSTEM, "peak.made", peak, now=now, first=first.isoformat(), last=last.isoformat())
    return True


def _locked(actor: Actor, peak_id: int, now: datetime) -> Peak:
    rows = Peak.objects.select_related("site__calendar").select_for_update(of=("self",))
    peak: Peak = rows.get(pk=peak_id)
    require(actor, "shifts.manage_settings", peak.site)
    if peak.period.upper <= _today(peak.site, now):
        raise Conflict(_("This peak period is over."), mend=_("Make another one."))
    return peak


def _period(first: date, last: date) -> DateRange:
    if not first <= last < first + timedelta(days=MOST_DAYS):
        raise DomainError(
            _("A peak period has one day at least and three months at most."),
            field="last",
            mend=_("Choose a last day not before the first, within three months."),
        )
    return DateRange(first, last + timedelta(days=1))


def _save(peak: Peak) -> None:
    if peak.lunch_to <= peak.lunch_from:
        raise DomainError(
            _("Lunch ends after it begins."), field="lunch_to", mend=_("Choose a later end of lunch.")
        )
    with unless_taken(
        "first",
        _("Some of these days lie in another peak period of this site."),
        _("Choose other days, or change that one."),
    ):
        peak.save()


def _month(first: date, ahead: int) -> date:
    months = first.year * 12 + first.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _today(site: Site, now: datetime) -> date:
    return now.astimezone(zone_of(site)).date()
