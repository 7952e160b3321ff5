"""A roster as a plain table: people down, days across."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from shifts.models import Roster, Shift
from shifts.selectors.board import all_days, people_of


@dataclass(frozen=True, slots=True)
class Row:
    """A person, and for each day what they work, as “D 09:00–17:00”; without a person, the open shifts."""

    person: Any
    days: list[str]


def rows(roster: Roster) -> Iterator[Row]:
    """Yield everybody of the board in its order, then the open shifts."""
    zone = ZoneInfo(roster.site.calendar.time_zone)
    found: dict[tuple[int | None, Any], list[str]] = defaultdict(list)
    shifts = Shift.objects.planned().filter(roster=roster).order_by("starts_at", "pk")
    told = shifts.values_list("person", "day", "pattern__code", "starts_at", "ends_at")
    for person, day, code, starts_at, ends_at in told:
        clock = f"{starts_at.astimezone(zone):%H:%M}–{ends_at.astimezone(zone):%H:%M}"
        found[person, day].append(f"{code or ''} {clock}".strip())
    days = all_days(roster)
    for person in people_of(roster):
        yield Row(person, [", ".join(found[person.pk, day]) for day in days])
    open_shifts = [", ".join(found[None, day]) for day in days]
    if any(open_shifts):
        yield Row(None, open_shifts)
