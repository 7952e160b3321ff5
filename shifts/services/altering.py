"""Changing what agents were told already, outside of a publication: a swap, an extension, an open shift that is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import SYSTEM, Actor
from callcenter.audit import log
from callcenter.errors import Conflict
from shifts.models import Roster, Shift, ShiftBreak
from shifts.services import occupying
from shifts.services.sheet import move_breaks, moved_by
from shifts.services.telling import settle


@dataclass(frozen=True, slots=True)
class Altered:
    """A published shift, and what of it becomes different; None leaves it as it was published."""

    shift: Shift
    person: User | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def apply_change(
    *,
    shift: Shift,
    person: User | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    actor: Actor = SYSTEM,
    now: datetime,
) -> None:
    """Alter one published shift in the caller's transaction (`apply_changes`)."""
    apply_changes([Altered(shift, person, starts_at, ends_at)], actor=actor, now=now)


def apply_changes(changes: Sequence[Altered], *, actor: Actor = SYSTEM, now: datetime) -> None:
    """Alter published shifts together, plan and what was told alike, in the caller's transaction.

    Each becomes what was published of it with the change; a draft of the same shift that nobody was told of is lost.
    Breaks move along where begin and end do. People are locked, occupancy is redrawn: a swap passes where each half of it
    would not; two at once are a Conflict. Whoever has a board open hears of it by the roster's revision.
    """
    keys = [one.shift.pk for one in changes]
    people: set[int | None] = set(
        Shift.objects.filter(pk__in=keys).values_list("published_person", flat=True)
    )
    occupying.lock_people([pk for pk in people | {one.person.pk for one in changes if one.person} if pk])
    rosters = Shift.objects.filter(pk__in=keys).values("roster")
    list(Roster.objects.filter(pk__in=rosters).order_by("pk").select_for_update().values_list("pk"))
    now_there = {shift.pk: shift for shift in Shift.objects.filter(pk__in=keys)}
    for one in changes:
        _alter(now_there[one.shift.pk], one)
    settle(keys, now=now)
    for roster in Roster.objects.filter(pk__in={shift.roster_id for shift in now_there.values()}):
        _count(roster, actor, list(now_there.values()), people, now)
    for one in changes:
        one.shift.refresh_from_db()


def _alter(shift: Shift, change: Altered) -> None:
    if shift.published_at is None or shift.is_removed:
        raise Conflict(
            _("This shift is not in the published roster."), mend=_("Look at the roster as it is now.")
        )
    old = {"starts_at": shift.published_starts_at, "ends_at": shift.published_ends_at}
    shift.person_id = change.person.pk if change.person else shift.published_person_id
    told: Any = (shift.published_starts_at, shift.published_ends_at)
    shift.starts_at, shift.ends_at = change.starts_at or told[0], change.ends_at or told[1]
    shift.save(update_fields=["person", "starts_at", "ends_at"])
    shift.breaks.all().delete()
    breaks = [
        ShiftBreak(
            shift=shift,
            kind=one["kind"],
            starts_at=datetime.fromisoformat(one["starts_at"]),
            ends_at=datetime.fromisoformat(one["ends_at"]),
            is_paid=one["is_paid"],
        )
        for one in shift.published_breaks
    ]
    ShiftBreak.objects.bulk_create(breaks)
    move_breaks({shift.pk: moved_by(old, shift)})


def _count(
    roster: Roster, actor: Actor, shifts: Sequence[Shift], people: set[int | None], now: datetime
) -> None:
    Roster.objects.filter(pk=roster.pk).update(revision=F("revision") + 1)
    here = [shift for shift in shifts if shift.roster_id == roster.pk]
    touched = {shift.person_id or 0 for shift in here} | {person or 0 for person in people}
    days = sorted({shift.day.isoformat() for shift in here})
    facts = {"revision": roster.revision + 1, "people": sorted(touched), "days": days, "shifts": len(here)}
    log.record(actor, "roster.altered", roster, now=now, **facts)
