"""Demand, what it needs, and the calls that it is forecast from."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext as _

from agents.models import Site
from callcenter.errors import DomainError, NotFound
from callcenter.worktime import calendars
from calls.models import Call, Queue
from shifts.forecast import SLOTS, Calendar, Past
from shifts.models import Demand, Requirement
from shifts.querysets.scope import of_sites
from shifts.selectors.peaks import peaks_between

HISTORY = """
SELECT (entered_at AT TIME ZONE %(zone)s)::date,
       floor(extract(epoch FROM (entered_at AT TIME ZONE %(zone)s)::time) / 1800)::int,
       count(*), count(talk_seconds),
       coalesce(sum(talk_seconds + coalesce(hold_seconds, 0) + coalesce(wrap_seconds, 0)), 0)
  FROM calls_call
 WHERE site_id = %(site)s AND queue_id = %(queue)s AND entered_at >= %(since)s AND entered_at < %(until)s
 GROUP BY 1, 2"""


def sites_of(user: Any) -> QuerySet[Site]:
    """Return the sites whose rosters the person works with, by name."""
    return Site.objects.filter(of_sites(user, "pk")).select_related("calendar").order_by("name")


def planned_sites(user: Any) -> QuerySet[Site]:
    """Return the sites whose rosters the person plans, by name."""
    return Site.objects.filter(pk__in=user.site_ids).select_related("calendar").order_by("name")


def queues_of(user: Any) -> QuerySet[Queue]:
    """Return the queues of those sites, each with its site and goal."""
    found: QuerySet[Queue] = Queue.objects.filter(of_sites(user, "site"))
    return found.select_related("site__calendar", "goal__skill").order_by("site__name", "name")


def queue_named(user: Any, code: str) -> Queue:
    """Return one of these queues by its code. NotFound if there is none."""
    found = None if "\0" in code else queues_of(user).filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no queue “%(code)s”.") % {"code": code[:40]}, field="queue")
    return found


def queue_asked(user: Any, code: str) -> Queue:
    """Return one of these queues that a field of a request names; DomainError if there is none."""
    try:
        return queue_named(user, code)
    except NotFound as missing:
        raise DomainError(missing.message, code="unknown", field="queue", mend=_("Choose one.")) from missing


def zone_of(site: Site) -> ZoneInfo:
    """Return the time zone in which the site counts its days."""
    return ZoneInfo(site.calendar.time_zone)


def midnight(site: Site, day: date) -> datetime:
    """Return the instant at which a day begins at the site."""
    return datetime.combine(day, time(), zone_of(site))


def demand_between(queue: Queue, since: datetime, until: datetime) -> list[Demand]:
    """Return the queue's demand of the half hours from `since` until before `until`, by time."""
    rows = Demand.objects.filter(queue=queue, starts_at__gte=since, starts_at__lt=until)
    return list(rows.order_by("starts_at"))


def requirements_between(
    site: Site, skill_id: int | None, since: datetime, until: datetime
) -> list[Requirement]:
    """Return what the site requires of a skill (None: of everybody) from `since` until before `until`, by time."""
    rows = Requirement.objects.filter(site=site, skill=skill_id, starts_at__gte=since, starts_at__lt=until)
    return list(rows.order_by("starts_at"))


def known_days(queue: Queue) -> tuple[date, date] | None:
    """Return the first and the last local day on which the queue has calls; None without any."""
    calls = Call.objects.filter(site=queue.site_id, queue=queue)
    found = calls.aggregate(first=Min("entered_at"), last=Max("entered_at"))
    if found["first"] is None:
        return None
    zone = zone_of(queue.site)
    return found["first"].astimezone(zone).date(), found["last"].astimezone(zone).date()


def history(queue: Queue, since: date, until: date) -> dict[date, Past]:
    """Return what came to the queue on every day from `since` until before `until`, by local half hours."""
    days = {day: Past(*(np.zeros(SLOTS) for _part in range(3))) for day in days_between(since, until)}
    values: dict[str, Any] = {
        "zone": queue.site.calendar.time_zone,
        "site": queue.site_id,
        "queue": queue.pk,
        "since": midnight(queue.site, since),
        "until": midnight(queue.site, until),
    }
    with connection.cursor() as cursor:
        cursor.execute(HISTORY, values)
        for day, slot, calls, handled, seconds in cursor.fetchall():
            past = days[day]
            past.calls[slot], past.handled[slot], past.seconds[slot] = calls, handled, float(seconds)
    return days


def calendar_of(site: Site, since: date, until: date) -> Calendar:
    """Return what is special about the site's days from `since` until before `until`."""
    spec = calendars.load(site.calendar_id).spec
    holidays, make_ups = set(spec.holidays), set[date]()
    if spec.public is not None:
        for year in range(since.year, until.year + 1):
            public = spec.public(year)
            holidays |= public.holidays
            make_ups |= public.makeups
    peaks = {
        day
        for peak in peaks_between(site.pk, since, until)
        for day in days_between(max(since, peak.period.lower), min(until, peak.period.upper or until))
    }
    return Calendar(frozenset(holidays - spec.worked), frozenset(make_ups), frozenset(peaks))


def days_between(since: date, until: date) -> Iterator[date]:
    """Yield the days from `since` until before `until`."""
    while since < until:
        yield since
        since += timedelta(days=1)
