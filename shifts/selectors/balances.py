"""What is left of people's leave, and who has yet to be given this year's."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from agents.models import Contract, Employment, User
from shifts.balance import FULL_WEEK, Balance, carry_ends, grant
from shifts.enums import EntryKind
from shifts.models import LeaveEntry, LeaveType
from shifts.selectors.leave import zone_of

FACTS = ("granted", "carried", "expired", "early", "late", "waiting")


def left(person: User, kind: LeaveType, year: int, *, now: datetime) -> int:
    """Return the minutes that are left to a person of a type and year."""
    return balances(person, [year], now=now, kinds=[kind])[kind, year].left


def balances(
    person: User, years: Collection[int], *, now: datetime, kinds: Collection[LeaveType] | None = None
) -> dict[tuple[LeaveType, int], Balance]:
    """Return the person's balances of these years and of `kinds`, else of every type in use; a grant that is still to be written counts."""
    if kinds is None:
        kinds = list(LeaveType.objects.filter(is_limited=True, is_active=True))
    rows = LeaveEntry.objects.filter(person=person, year__in=years, type__in=kinds).sums()
    known = {(row["type"], row["year"]): made(row) for row in rows}
    found = {}
    for kind in kinds:
        for year in sorted(years):
            one = known.get((kind.pk, year), Balance())
            due = sum(minutes for _pk, minutes in grants_due(kind, year, [person.pk], now=now))
            found[kind, year] = replace(one, granted=one.granted + due)
    return found


def grants_due(
    kind: LeaveType, year: int, people: Collection[int] | None = None, *, now: datetime
) -> Iterator[tuple[int, int]]:
    """Yield who works here in the year and was not given this type's leave of it yet, with the minutes that they get."""
    first = date(year, 1, 1)
    granted = LeaveEntry.objects.filter(person=OuterRef("pk"), type=kind, year=year, kind=EntryKind.GRANT)
    contract = Contract.objects.filter(person=OuterRef("pk")).on(max(first, now.date()))
    employed = Employment.objects.filter(person=OuterRef("pk")).not_over(first).order_by("period")
    found = User.objects.filter(~Exists(granted), is_active=True).annotate(
        weekly=Subquery(contract.values("weekly_minutes")[:1]),
        begins=Subquery(employed.values("period__startswith")[:1]),
    )
    if people is not None:
        found = found.filter(pk__in=people)
    begun = Q(begins=None) | Q(begins__lt=date(year + 1, 1, 1))
    for pk, weekly, begins in found.filter(begun).order_by("pk").values_list("pk", "weekly", "begins"):
        yield pk, grant(kind.yearly_minutes, weekly=weekly or FULL_WEEK, employed_from=begins, year=year)


def is_late(kind: LeaveType, year: int, begins: datetime, person: User) -> bool:
    """Say whether leave that begins at this instant comes too late for what was carried over into `year`."""
    return begins.astimezone(zone_of(person)).date() >= carry_ends(year, kind.carry_until_month)


def made(row: dict[str, Any] | None) -> Balance:
    """Return the balance that a row of `LeaveEntryQuerySet.sums` holds; without one it is empty."""
    return Balance(**{name: row[name] for name in FACTS}) if row else Balance()
