"""How what agents did agrees with what their rosters asked for.

What is over is kept with the attendance of each shift; what is under way is worked out from the logged states.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from agents.models import Membership
from shifts.enums import AT_WORK, STEP_MINUTES, AgentState, OccupancyKind
from shifts.models import Occupancy, StateSpan
from shifts.selectors.clocking import LONGEST

STEP: Final = timedelta(minutes=STEP_MINUTES)
ON_BREAK: Final = frozenset({AgentState.PAUSE, AgentState.OFFLINE})
GROUPS: Final = ("person", "day", "team")


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a shift in which plan and state stay the same; a state of None was not logged."""

    starts_at: datetime
    ends_at: datetime
    plan: OccupancyKind
    state: AgentState | None

    @property
    def seconds(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds())

    @property
    def is_right(self) -> bool:
        """Whether the state is one that the plan asks for."""
        return self.state in (AT_WORK if self.plan == OccupancyKind.WORK else ON_BREAK)

    @property
    def tone(self) -> str:
        """How it is drawn: “right”, “wrong”, or “unknown” where nothing was logged."""
        if self.state is None:
            return "unknown"
        return "right" if self.is_right else "wrong"


@dataclass(frozen=True, slots=True)
class Adherence:
    """Seconds planned, logged and right."""

    scheduled: int
    logged: int
    right: int

    @property
    def percent(self) -> int | None:
        """The share of the planned time in a right state, in whole per cent; None where nothing was logged."""
        return round(100 * self.right / self.scheduled) if self.scheduled and self.logged else None


def of_slices(slices: Collection[Slice]) -> Adherence:
    """Return what slices add up to."""
    return Adherence(
        sum(one.seconds for one in slices),
        sum(one.seconds for one in slices if one.state),
        sum(one.seconds for one in slices if one.is_right),
    )


def of_row(row: Any) -> Adherence | None:
    """Return what is kept with an attendance; None while its shift goes on."""
    if row.scheduled_seconds is None:
        return None
    return Adherence(row.scheduled_seconds, row.logged_seconds, row.right_seconds)


def slices_of(shifts: Collection[int], *, now: datetime) -> dict[int, list[Slice]]:
    """Return the slices of each of the shifts up to `now`, in order; two queries."""
    pieces = list(
        Occupancy.objects.filter(shift__in=shifts, period__startswith__lt=now)
        .order_by("period")
        .values_list("shift", "person", "kind", "period")
    )
    found: dict[int, list[Slice]] = defaultdict(list)
    if not pieces:
        return found
    begin = min(period.lower for *_rest, period in pieces)
    end = max(period.upper for *_rest, period in pieces)
    states = _states({person for _shift, person, _kind, _period in pieces}, begin, min(end, now))
    for shift, person, kind, period in pieces:
        found[shift] += _cut(OccupancyKind(kind), period.lower, min(period.upper, now), states[person])
    return found


State = tuple[datetime, datetime, AgentState]


def _states(people: Collection[int], since: datetime, until: datetime) -> dict[int, list[State]]:
    rows = StateSpan.objects.filter(person__in=people, period__overlap=(since, until)).order_by("period")
    found: dict[int, list[State]] = defaultdict(list)
    for person, period, state in rows.values_list("person", "period", "state"):
        found[person].append((period.lower, period.upper or period.lower + LONGEST, AgentState(state)))
    return found


def _cut(plan: OccupancyKind, since: datetime, until: datetime, states: list[State]) -> Iterator[Slice]:
    at = since
    for begin, end, state in states:
        if end <= at or begin >= until:
            continue
        if begin > at:
            yield Slice(at, begin, plan, None)
        at = min(end, until)
        yield Slice(max(begin, since), at, plan, state)
    if at < until:
        yield Slice(at, until, plan, None)


def by_half_hours(slices: list[Slice]) -> list[tuple[datetime, Adherence]]:
    """Return the half hours of a shift's slices, each with its adherence."""
    found: dict[datetime, list[Slice]] = defaultdict(list)
    for one in slices:
        at = one.starts_at
        while at < one.ends_at:
            step = at.replace(minute=at.minute - at.minute % STEP_MINUTES, second=0, microsecond=0)
            end = min(step + STEP, one.ends_at)
            found[step].append(Slice(at, end, one.plan, one.state))
            at = end
    return [(step, of_slices(parts)) for step, parts in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Total:
    """The adherence of a person, a day or a team, and of how many shifts."""

    key: Any
    name: str
    shifts: int
    adherence: Adherence


def totals(rows: QuerySet[Any], *, by: str) -> list[Total]:
    """Return the adherence of these attendances by “person”, “day” or “team” (that of the day), in one query.

    Shifts of which nothing was logged are left out: of them nothing is known.
    """
    known = rows.filter(logged_seconds__gt=0)
    if by == "team":
        member = Membership.objects.filter(person=OuterRef("person"), period__contains=OuterRef("day"))
        known = known.annotate(
            key=Subquery(member.values("team")[:1]), name=Subquery(member.values("team__name")[:1])
        )
    elif by == "person":
        known = known.annotate(key=F("person__work_number"), name=F("person__name"))
    else:
        known = known.annotate(key=F("day"), name=F("day"))
    summed = (
        known.order_by()
        .values("key", "name")
        .annotate(
            shifts=Count("pk"),
            scheduled=Sum("scheduled_seconds"),
            logged=Sum("logged_seconds"),
            right=Sum("right_seconds"),
        )
    )
    return [
        Total(
            row["key"],
            str(row["name"] or "–"),
            row["shifts"],
            Adherence(row["scheduled"], row["logged"], row["right"]),
        )
        for row in summed.order_by("name")
    ]


def between(rows: QuerySet[Any], since: date, until: date) -> QuerySet[Any]:
    """Return the attendances of the days from `since` until before `until`."""
    return rows.filter(day__gte=since, day__lt=until)
