"""Publishing a roster: what changed since agents were told last becomes so, and each of them hears of it once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agents.models import User
from agents.notices import mail_times, notices
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict
from callcenter.outbox import queue
from shifts.enums import RosterState
from shifts.models import Occupancy, Roster, Shift
from shifts.services import occupying
from shifts.services.fitting import over_leave
from shifts.services.sheet import open_roster
from shifts.services.telling import settle
from shifts.services.times import zone_of

NAMED = 5
BOTH = "person", "published_person"
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a person (None: whoever may take an open shift) was told of a day, and what the plan says now."""

    shift: Shift
    person: User | None
    day: date
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Published:
    """How many people were told of how many shifts."""

    people: int
    shifts: int


def changes_of(roster: Roster) -> list[Changed]:
    """Return what differs from what agents were told, by day and person; a shift that changes hands counts for both."""
    # A few people and patterns stand in thousands of shifts: each is read once.
    rows = roster.shifts.changed().prefetch_related("person", "published_person", "pattern")
    zone = zone_of(roster.site)
    found = [one for shift in rows.order_by("day", "pk") for one in _sides(shift, zone)]
    return sorted(found, key=lambda one: (one.day, one.person.work_number if one.person else ""))


def _sides(shift: Shift, zone: ZoneInfo) -> Iterable[Changed]:
    plan = None if shift.is_removed else (shift.starts_at, shift.ends_at)
    told: Any = (shift.published_starts_at, shift.published_ends_at) if shift.published_at else None
    told_day = told[0].astimezone(zone).date() if told else shift.day
    if told and plan and (shift.person_id, shift.day) != (shift.published_person_id, told_day):
        yield Changed(shift, shift.published_person, told_day, told, None)
        yield Changed(shift, shift.person, shift.day, None, plan)
    else:
        whose = shift.published_person if told else shift.person
        yield Changed(shift, whose, told_day, told, plan)


def is_told(roster: Roster) -> bool:
    """Say whether there is nothing to publish: agents and the cover know the roster as it stands."""
    if roster.state != RosterState.PUBLISHED:
        return False
    return not (roster.shifts.changed().exists() or _skills_changed(roster))


@transaction.atomic
def publish(*, actor: Actor, roster_id: int, revision: int | None = None, now: datetime) -> Published:
    """Tell agents of what changed: each touched one gets one notice and one mail.

    Refused where a changed shift lies over approved leave or beside another one of the same person, with the names, and
    where the roster is no longer at the `revision` that the actor looked at.
    """
    seen = Roster.objects.filter(pk=roster_id).select_related("site").first()
    if seen is not None:
        require(actor, "shifts.plan", seen.site)
        occupying.lock_people(_people(seen))
    roster = open_roster(actor, roster_id)
    if seen is None or roster.revision != (seen.revision if revision is None else revision):
        raise Conflict(
            _("The roster has changed since you looked at it."),
            code="stale",
            mend=_("Look at what would be published now, then publish."),
        )
    return _publish(roster, actor, now)


def _people(roster: Roster) -> set[int]:
    """Return whose time a publication would write."""
    changed, reskilled = roster.shifts.changed(), roster.shifts.filter(pk__in=_skills_changed(roster))
    pairs = [*changed.values_list(*BOTH), *reskilled.values_list(*BOTH)]
    return {person for pair in pairs for person in pair if person}


def _publish(roster: Roster, actor: Actor, now: datetime) -> Published:
    changes = changes_of(roster)
    keys = sorted({one.shift.pk for one in changes})
    _refuse_over_leave(keys)
    settle([*keys, *_skills_changed(roster)], now=now)
    _forget_removed(roster)
    roster.state, roster.published_at, roster.revision = RosterState.PUBLISHED, now, roster.revision + 1
    roster.published_by_id = actor.pk
    roster.save(update_fields=["state", "published_at", "published_by", "revision"])
    told = _tell(roster, changes, now)
    facts = {
        "revision": roster.revision,
        "people": sorted({one.person.pk if one.person else 0 for one in changes}),
        "days": sorted({one.day.isoformat() for one in changes}),
        "shifts": len(keys),
    }
    log.record(actor, "roster.published", roster, now=now, **facts)
    return Published(told, len(keys))


def _refuse_over_leave(shifts: Sequence[int]) -> None:
    clashes = over_leave(shifts)
    if not clashes:
        return
    people = User.objects.in_bulk({person for person, _day, _shift in clashes})
    named = ", ".join(f"{people[person].name} {day.isoformat()}" for person, day, _shift in clashes[:NAMED])
    more = len(clashes) - NAMED
    if more > 0:
        named += " " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    raise Conflict(
        _("On leave at that time: %(names)s.") % {"names": named},
        code="on_leave",
        mend=_("Give these shifts to others or take them out, then publish."),
    )


def _skills_changed(roster: Roster) -> list[int]:
    """Return the told shifts whose pieces still name another skill: nobody needs to hear of it, but cover does."""
    pieces = Occupancy.objects.filter(shift__roster=roster).exclude(skill=F("shift__skill"))
    different = pieces.exclude(skill=None, shift__skill=None)
    return list(different.values_list("shift", flat=True).distinct())


def _forget_removed(roster: Roster) -> None:
    """Delete what was taken out and told; what swaps or attendance speak of stays, marked as taken out."""
    gone = roster.shifts.filter(is_removed=True, published_at=None)
    gone.filter(changes=None, attendance=None, corrections=None).delete()


def _tell(roster: Roster, changes: Sequence[Changed], now: datetime) -> int:
    lines: dict[int, list[dict[str, str]]] = defaultdict(list)
    for one in changes:
        if one.person:
            lines[one.person.pk].append(_line(one, zone_of(roster.site)))
    people = list(User.objects.filter(pk__in=lines, is_active=True).select_related("site__calendar"))
    times = mail_times(people, now)
    shared = {
        "site": str(roster.site),
        "since": roster.period.lower.isoformat(),
        "until": roster.last_day.isoformat(),
        "path": reverse("shifts:home"),
    }
    messages = (
        message
        for person in people
        for message in notices(
            f"roster:{roster.pk}:{roster.revision}",
            [person],
            template="shifts/notify/published",
            context={**shared, "days": lines[person.pk]},
            topic=f"roster:{roster.pk}",
            now=now,
            times=times,
        )
    )
    queue.enqueue(messages)
    return len(people)


def _line(one: Changed, zone: ZoneInfo) -> dict[str, str]:
    """Return a change for the message, its times as the clocks of the site show them."""
    return {"day": one.day.isoformat(), "before": _clock(one.before, zone), "after": _clock(one.after, zone)}


def _clock(span: Span | None, zone: ZoneInfo) -> str:
    return "–".join(f"{instant.astimezone(zone):%H:%M}" for instant in span) if span else ""
