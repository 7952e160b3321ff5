"""The ledger of leave: yearly grants, what is carried over and lost, corrections, and what leave holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from shifts.balance import carry_ends
from shifts.enums import EntryKind
from shifts.models import Leave, LeaveEntry, LeaveType
from shifts.selectors import balances as read
from shifts.services.occupying import lock_people

EVERYWHERE = timedelta(hours=12)
"""So long after a date begins in UTC it has begun in every time zone."""
AT_ONCE = 1000
MOST = 60 * 24 * 366
"""A balance has at most as many minutes as a year."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is to be left of somebody's type and year; `row` is where that stands in a file."""

    row: int
    work_number: str
    type: LeaveType
    year: int
    minutes: int


def grant_year(*, year: int, now: datetime, people: Collection[int] | None = None) -> int:
    """Give everybody (or `people`) who works here the year's leave of every type in use that they have not been given yet.

    Return how many grants were written; a second run writes none.
    """
    return sum(
        _write(
            LeaveEntry(person_id=pk, type=kind, year=year, kind=EntryKind.GRANT, minutes=minutes, at=now)
            for pk, minutes in read.grants_due(kind, year, people, now=now)
        )
        for kind in LeaveType.objects.filter(is_limited=True, is_active=True)
    )


def tend(*, now: datetime) -> int:
    """Do what a year asks for, as far as it is due at `now`: grants, what is carried over, what of it ends; return how much was written."""
    years = {(now - EVERYWHERE).year, (now + EVERYWHERE).year}
    return sum(grant_year(year=year, now=now) for year in years) + carry_over(now=now) + expire(now=now)


def carry_over(*, now: datetime) -> int:
    """Once a year has begun everywhere, carry what is left of the last one into it, as much as each type allows.

    Return how many balances were carried; each is once, so that a second run carries none.
    """
    year = (now - EVERYWHERE).year
    carried = LeaveEntry.objects.filter(
        person=OuterRef("person"), type=OuterRef("type"), year=year, kind=EntryKind.CARRY
    )
    last = LeaveEntry.objects.filter(~Exists(carried), year=year - 1, type__carry_minutes__gt=0)
    types = LeaveType.objects.in_bulk()
    return _write(
        LeaveEntry(
            person_id=row["person"],
            type=types[row["type"]],
            year=year,
            kind=EntryKind.CARRY,
            minutes=max(0, min(read.made(row).left, types[row["type"]].carry_minutes)),
            at=now,
        )
        for row in last.sums()
    )


def expire(*, now: datetime) -> int:
    """Take away what was carried over and not used in its time, once; return from how many balances."""
    today = (now - EVERYWHERE).date()
    ended = [one for one in LeaveType.objects.all() if carry_ends(today.year, one.carry_until_month) <= today]
    expired = LeaveEntry.objects.filter(
        person=OuterRef("person"), type=OuterRef("type"), year=OuterRef("year"), kind=EntryKind.EXPIRY
    )
    over = Q(year=today.year, type__in=ended) | Q(year=today.year - 1)
    rows = LeaveEntry.objects.filter(over, ~Exists(expired)).sums().filter(carried__gt=0)
    return _write(
        LeaveEntry(
            person_id=row["person"],
            type_id=row["type"],
            year=row["year"],
            kind=EntryKind.EXPIRY,
            minutes=-read.made(row).unused_carry,
            at=now,
        )
        for row in rows
    )


def _write(entries: Iterable[LeaveEntry]) -> int:
    """Write yearly entries; one that another run has written meanwhile is left as it is."""
    rows = list(entries)
    LeaveEntry.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    return len(rows)


@transaction.atomic
def correct_balance(
    *,
    actor: Actor,
    person: User,
    type: LeaveType,  # noqa: A002 (the field's name)
    year: int,
    minutes: int,
    note: str,
    now: datetime,
) -> LeaveEntry:
    """Add `minutes` to the person's balance, or take them away; the note says why."""
    require(actor, "shifts.manage_balances", person)
    if not type.is_limited:
        raise DomainError(
            _("“%(type)s” has no balance.") % {"type": type},
            field="type",
            mend=_("Choose a type that is taken from a balance."),
        )
    if not minutes or abs(minutes) > MOST:
        raise DomainError(
            _("This changes nothing.") if not minutes else _("This is more than a year."),
            field="minutes",
            mend=_("Give the hours to add, or with a minus those to take away."),
        )
    if not note.strip():
        raise DomainError(
            _("The reason is missing."), code="required", field="note", mend=_("Say why it is corrected.")
        )
    lock_people([person.pk])
    grant_year(year=year, now=now, people=[person.pk])
    entry = _correction(actor, person, type, year, minutes, note, now)
    entry.save(force_insert=True)
    log.record(actor, "leave_balance.corrected", person, now=now, **_in_audit(entry))
    return entry


@transaction.atomic
def open_balances(*, actor: Actor, rows: Sequence[tuple[Opening, User]], now: datetime) -> list[int]:
    """Make the people's balances what the rows say is left, by corrections; return the numbers of the rows that changed one."""
    for _row, person in rows:
        require(actor, "shifts.manage_balances", person)
    people, years = {person.pk for _row, person in rows}, {row.year for row, _person in rows}
    lock_people(people)
    for year in sorted(years):
        grant_year(year=year, now=now, people=people)
    sums = LeaveEntry.objects.filter(person__in=people, year__in=years).sums()
    left = {(one["person"], one["type"], one["year"]): read.made(one).left for one in sums}
    changed, entries = [], []
    for row, person in rows:
        key = person.pk, row.type.pk, row.year
        if more := row.minutes - left.get(key, 0):
            left[key] = row.minutes
            changed.append(row.row)
            entries.append(_correction(actor, person, row.type, row.year, more, _("Opening balance"), now))
    LeaveEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    log.record_many(
        log.entry(actor, "leave_balance.corrected", entry.person, now=now, **_in_audit(entry))
        for entry in entries
    )
    return changed


def _correction(
    actor: Actor, person: User, kind: LeaveType, year: int, minutes: int, note: str, now: datetime
) -> LeaveEntry:
    return LeaveEntry(
        person=person,
        type=kind,
        year=year,
        kind=EntryKind.CORRECTION,
        minutes=minutes,
        note=note[:200],
        by_id=actor.pk,
        at=now,
    )


def _in_audit(entry: LeaveEntry) -> dict[str, Any]:
    return {"type": entry.type.code, "year": entry.year, "minutes": entry.minutes, "note": entry.note}


def hold(leave: Leave, wanted: Mapping[int, int], *, actor: Actor, now: datetime) -> None:
    """Make the balances hold for a leave what `wanted` says for each year, whatever they held before; nothing gives all back."""
    if not leave.type.is_limited:
        return
    held: dict[int, int] = {}
    for year, minutes in leave.entries.order_by().values_list("year", "minutes"):
        held[year] = held.get(year, 0) - minutes
    entries = [
        LeaveEntry(
            person=leave.person,
            type=leave.type,
            year=year,
            kind=EntryKind.HOLD if more > 0 else EntryKind.RETURN,
            minutes=-more,
            leave=leave,
            by_id=actor.pk,
            at=now,
        )
        for year in sorted({*held, *wanted})
        if (more := wanted.get(year, 0) - held.get(year, 0))
    ]
    LeaveEntry.objects.bulk_create(entries)
