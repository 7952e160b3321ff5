"""Whoever leaves the house leaves the roster: their shifts after the last day are open, or out of the plan.

Shifts that have begun stay as they happened. The one who leaves gets no message here: that is for people to say. Locks are
taken in one order everywhere: people, then rosters.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from agents.models import User
from agents.notices import notices
from callcenter.access import Actor
from callcenter.audit import log
from callcenter.outbox import queue
from shifts.leave_time import on_day
from shifts.models import Roster, Shift
from shifts.selectors.answering import deciders_of, planners_of
from shifts.services import occupying
from shifts.services.times import zone_of


@transaction.atomic
def leave_rosters(*, actor: Actor, person: User, from_day: date, now: datetime) -> int:
    """Take somebody who no longer works here from a day on off all rosters; return how many shifts that touched.

    What they were told of becomes an open shift that is told already; what nobody was told of leaves the plan. Whoever
    plans the roster, and whoever answers for the person, are told once. Whoever ends the employment has been asked for
    the right to do so.
    """
    occupying.lock_people([person.pk])
    has_shifts = Shift.objects.filter(Q(person=person) | Q(published_person=person)).values("roster")
    # Those of the own site are locked even without a shift: somebody may be about to put one in.
    reached = Roster.objects.filter(
        Q(site=person.site_id) | Q(pk__in=has_shifts), period__endswith__gt=from_day
    )
    rosters = reached.select_related("site__calendar").order_by("pk").select_for_update(of=("self",))
    return sum(_leave_roster(roster, actor, person, from_day, now) for roster in list(rosters))


def _leave_roster(roster: Roster, actor: Actor, person: User, from_day: date, now: datetime) -> int:
    since = max(on_day(from_day, zone_of(roster.site))[0], now)
    shifts = roster.shifts.order_by("day", "pk")
    told = list(shifts.filter(published_person=person, published_starts_at__gte=since))
    planned = list(shifts.planned().filter(person=person, day__gte=from_day, starts_at__gte=now))
    drafted = [shift for shift in planned if shift.published_at is None]
    opened = [shift.pk for shift in planned if shift.published_at]
    Shift.objects.filter(pk__in=opened).update(person=None, is_locked=False)
    Shift.objects.filter(pk__in=[shift.pk for shift in drafted]).update(is_removed=True)
    Shift.objects.filter(pk__in=[shift.pk for shift in told]).update(published_person=None)
    occupying.redraw([shift.pk for shift in told])
    touched = {shift.pk: shift for shift in (*told, *planned)}
    if not touched:
        return 0
    roster.revision += 1
    Roster.objects.filter(pk=roster.pk).update(revision=F("revision") + 1)
    facts = {
        "revision": roster.revision,
        "people": [0, person.pk],
        "days": sorted({shift.day.isoformat() for shift in touched.values()}),
        "shifts": len(touched),
    }
    log.record(actor, "roster.left", roster, now=now, since=from_day.isoformat(), **facts)
    _tell(roster, person, from_day, now, opened=told, dropped=drafted)
    return len(touched)


def _tell(
    roster: Roster,
    person: User,
    from_day: date,
    now: datetime,
    *,
    opened: Sequence[Shift],
    dropped: Sequence[Shift],
) -> None:
    """Tell whoever plans the roster, and whoever answers for the person, of each shift."""
    told = (*deciders_of([person.pk], now=now)[person.pk], *planners_of(roster, now=now, besides=person.pk))
    people = {one.pk: one for one in told}
    zone = zone_of(roster.site)
    queue.enqueue(
        notices(
            f"roster:{roster.pk}:{roster.revision}:left",
            list(people.values()),
            template="shifts/notify/left",
            context={
                "person": str(person),
                "site": str(roster.site),
                "from_day": from_day.isoformat(),
                "opened": [_line(one.published_starts_at, one.published_ends_at, zone) for one in opened],
                "dropped": [_line(one.starts_at, one.ends_at, zone) for one in dropped],
                "path": roster.get_absolute_url(),
            },
            topic=f"roster:{roster.pk}",
            now=now,
        )
    )


def _line(starts_at: Any, ends_at: Any, zone: ZoneInfo) -> str:
    since, until = starts_at.astimezone(zone), ends_at.astimezone(zone)
    return f"{since:%Y-%m-%d %H:%M}–{until:%H:%M}"
