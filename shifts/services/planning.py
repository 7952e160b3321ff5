"""Every act on the plan of a roster, shift by shift. Nothing here tells agents anything: publishing does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from agents.models import Site, Skill, User
from agents.services.dated import unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from shifts.models import Pattern, Roster, Shift
from shifts.services.altering import Altered, apply_change, apply_changes
from shifts.services.filling import Filled, Proposal, assign_many, copy_week, replace_draft, rotate
from shifts.services.sheet import Sheet, open_roster
from shifts.services.times import Times, times_of, zone_of

__all__ = [
    "Altered",
    "Filled",
    "Move",
    "Proposal",
    "apply_change",
    "apply_changes",
    "assign_many",
    "change_shift",
    "copy_week",
    "lock_shifts",
    "make_roster",
    "move_shifts",
    "put_shift",
    "remove_roster",
    "remove_shifts",
    "replace_draft",
    "rotate",
    "undo",
]

LONGEST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a shift goes: to a person (None makes it open) and a day, at the same time of day or `minutes` later."""

    shift_id: int
    person_id: int | None
    day: date
    minutes: int = 0


@transaction.atomic
def make_roster(*, actor: Actor, site: Site, since: date, until: date, now: datetime) -> Roster:
    """Begin the roster of a site, from `since` up to but without `until`; no day may lie in another one."""
    require(actor, "shifts.plan", site)
    if not since < until <= since + LONGEST:
        raise DomainError(
            _("A roster has one day at least and three months at most."),
            field="until",
            mend=_("Choose a last day after the first, within three months."),
        )
    with unless_taken(
        "since",
        _("Some of these days are in another roster of this site."),
        _("Choose days that no roster has yet."),
    ):
        roster = Roster.objects.create(
            site=site, period=DateRange(since, until), made_by_id=actor.pk, made_at=now
        )
    log.record(actor, "roster.made", roster, now=now, until=until.isoformat())
    return roster


@transaction.atomic
def remove_roster(*, actor: Actor, roster_id: int, now: datetime) -> None:
    """Throw a draft away, with its shifts; one that agents were told of stays."""
    roster = open_roster(actor, roster_id)
    if roster.published_at or roster.shifts.published().exists():
        raise Conflict(_("Agents were told of this roster."), mend=_("Take its shifts out and publish that."))
    log.record(actor, "roster.removed", roster, now=now, shifts=roster.shifts.count())
    roster.shifts.all().delete()
    roster.delete()


@transaction.atomic
def put_shift(  # noqa: PLR0913 (a shift has this many facts)
    *,
    actor: Actor,
    roster_id: int,
    person: User | None,
    day: date,
    pattern: Pattern | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    skill: Skill | None = None,
    revision: int | None = None,
    now: datetime,
) -> Shift:
    """Put a shift into the plan, by a pattern or with own times; without a person it is open."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    times = _times(sheet.roster, day, pattern, starts_at, ends_at)
    shift = sheet.add(person=person, day=day, pattern=pattern, skill=skill, **times)
    sheet.finish("roster.put")
    return shift


@transaction.atomic
def change_shift(  # noqa: PLR0913 (a shift has this many facts)
    *,
    actor: Actor,
    shift_id: int,
    person: User | None,
    pattern: Pattern | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    skill: Skill | None = None,
    note: str = "",
    revision: int | None = None,
    now: datetime,
) -> Shift:
    """Change who works a shift, by which pattern or at which times, for which skill; its day stays."""
    sheet = Sheet(actor, _roster_of(shift_id), revision=revision, now=now)
    [shift] = sheet.picked([shift_id])
    times = _times(sheet.roster, shift.day, pattern, starts_at, ends_at)
    sheet.change(shift, person=person, pattern=pattern, skill=skill, note=note, **times)
    sheet.finish("roster.changed")
    return shift


@transaction.atomic
def move_shifts(
    *,
    actor: Actor,
    roster_id: int,
    moves: Sequence[Move],
    copy: bool = False,
    revision: int | None = None,
    now: datetime,
) -> list[Shift]:
    """Move shifts to other people and days, or put copies of them there; all or none."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    found = {shift.pk: shift for shift in sheet.picked([move.shift_id for move in moves])}
    zone = zone_of(sheet.roster.site)
    for move in moves:
        shift = found[move.shift_id]
        times = _later(times_of(shift, move.day, zone), move, zone)
        values: dict[str, Any] = {"person_id": move.person_id, "day": move.day, **times}
        if copy:
            sheet.copy(shift, **values)
        else:
            sheet.change(shift, **values)
    return sheet.finish("roster.copied" if copy else "roster.moved")


@transaction.atomic
def remove_shifts(
    *, actor: Actor, roster_id: int, shift_ids: Sequence[int], revision: int | None = None, now: datetime
) -> list[Shift]:
    """Take shifts out of the plan. One that agents were told of counts until this is published too."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    for shift in sheet.picked(shift_ids):
        sheet.change(shift, is_removed=True)
    return sheet.finish("roster.taken_out")


@transaction.atomic
def lock_shifts(
    *,
    actor: Actor,
    roster_id: int,
    shift_ids: Sequence[int],
    locked: bool,
    revision: int | None = None,
    now: datetime,
) -> list[Shift]:
    """Lock shifts, so that neither filling nor moving changes them, or unlock them."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    for shift in sheet.picked(shift_ids):
        sheet.change(shift, is_locked=locked)
    return sheet.finish("roster.locked" if locked else "roster.unlocked")


@transaction.atomic
def undo(*, actor: Actor, roster_id: int, now: datetime) -> list[Shift]:
    """Take the actor's last act on this roster back; undoing once more does it again."""
    return Sheet(actor, roster_id, revision=None, now=now).restore()


def _later(times: Times, move: Move, zone: ZoneInfo) -> Times:
    by = timedelta(minutes=move.minutes)
    later: Times = {"starts_at": times["starts_at"] + by, "ends_at": times["ends_at"] + by}
    if by:
        _check(later["starts_at"], later["ends_at"], move.day, zone)
    return later


def _roster_of(shift_id: int) -> int:
    return Shift.objects.filter(pk=shift_id).values_list("roster", flat=True).first() or 0


def _times(
    roster: Roster, day: date, pattern: Pattern | None, starts_at: datetime | None, ends_at: datetime | None
) -> Times:
    zone = zone_of(roster.site)
    if starts_at is None or ends_at is None:
        if pattern is None:
            raise DomainError(
                _("The times are missing."),
                field="pattern",
                mend=_("Choose a pattern, or give begin and end."),
            )
        return times_of(pattern, day, zone)
    _check(starts_at, ends_at, day, zone)
    return {"starts_at": starts_at, "ends_at": ends_at}


def _check(starts_at: datetime, ends_at: datetime, day: date, zone: ZoneInfo) -> None:
    if not starts_at < ends_at <= starts_at + timedelta(hours=16):
        raise DomainError(
            _("A shift ends after it begins, within 16 hours."), field="ends_at", mend=_("Change the end.")
        )
    if starts_at.astimezone(zone).date() != day:
        raise DomainError(
            _("The shift begins on another day."), field="starts_at", mend=_("Change the day or the begin.")
        )
