"""What a clock says next, and to whom: pure decisions over snapshots. No database, no current time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agents.ladder import Organisation, Rung
from callcenter.worktime.clock import OutOfRange, WorkHours
from complaints.enums import AlertKind, ClockKind, Tier

CLIMB = frozenset({ClockKind.RESOLUTION, ClockKind.CORRECTION})
"""The clocks that go one level up at each further close of business; the others escalate once (domain §4)."""
JOINED = 100
"""The mark of somebody's joining: it comes when all of the time is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Where a clock stands: its marks, what it has said already, and who keeps it (`handler`).

    `managers` are the regional managers of the site, of whom one joins a complaint of tier 1 that was not solved the same
    day.
    """

    kind: str
    tier: int
    warn_80_at: datetime
    due_at: datetime
    next_at: datetime
    level: int
    handler: int
    accused: int | None
    is_breached: bool = False
    managers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say: to whom, copied to whom, and when the clock speaks again (None: never).

    `joins` is who joins in handling the complaint from now on, if anybody.
    """

    kind: AlertKind
    mark: int
    recipients: tuple[int, ...]
    copies: tuple[int, ...]
    next_at: datetime | None
    joins: int | None = None


def next_step(face: Face, organisation: Organisation, hours: WorkHours, *, now: datetime) -> Step | None:
    """Return what a ready clock says at `now`; None if nobody is left to tell.

    Before the due instant the highest warning that is due (one that was overtaken is not made up for); from it on
    somebody joins, or the next level is told: one for each further close of business, up to the top of the ladder, where
    the clock climbs, else one alone (domain §4).
    """
    conflicted = organisation.conflicted(face.accused)
    if now < face.due_at:
        mark, following = (80, face.due_at) if now >= face.warn_80_at else (50, face.warn_80_at)
        return Step(AlertKind.WARNING, mark, (organisation.acting(face.handler, conflicted),), (), following)
    if face.kind == ClockKind.SAME_DAY:
        return _joining(face, organisation, conflicted)
    rung = _rung(face, organisation, conflicted)
    if rung is None:
        return None
    copies = [
        person
        for person in organisation.below(face.handler, rung.level)
        if person not in rung.people and person not in conflicted
    ]
    goes_on = face.kind in CLIMB and organisation.rung_above(face.handler, rung.level, conflicted)
    return Step(
        AlertKind.ESCALATION,
        rung.level,
        rung.people,
        tuple(copies),
        _next_close(face, hours) if goes_on else None,
    )


def _rung(face: Face, organisation: Organisation, conflicted: Collection[int]) -> Rung | None:
    rung = organisation.rung_above(face.handler, face.level, conflicted)
    if rung is None and not face.is_breached:
        # One that reopened at the top has nobody above it: whoever stands there is told that it is late again.
        return organisation.rung_above(face.handler, face.level - 1, conflicted)
    return rung


def _joining(face: Face, organisation: Organisation, conflicted: Collection[int]) -> Step:
    """Return who joins: on tier 1 the regional manager of the site, else the person concerned, who is in conflict by nature.

    Where nobody is known, and nobody stands higher, the handler is told that it was not solved the same day.
    """
    wanted, excluded = face.managers, set(conflicted)
    if face.tier != Tier.COMPANY:
        wanted = (face.accused,) if face.accused else ()
        excluded -= set(wanted)
    is_known = wanted or face.tier == Tier.COMPANY
    joins = organisation.joining(wanted, face.handler, excluded) if is_known else None
    told = joins or organisation.acting(face.handler, conflicted)
    copies = (face.handler,) if joins else ()
    return Step(AlertKind.JOINING, JOINED, (told,), copies, None, joins)


def outlook(face: Face, organisation: Organisation, hours: WorkHours) -> Iterator[tuple[datetime, Step]]:
    """Yield every level that is still to come if nothing is done, and when, on the organisation as it is now."""
    at: datetime | None = max(face.due_at, face.next_at)
    while at and (step := next_step(face, organisation, hours, now=at)):
        yield at, step
        at = step.next_at
        face = replace(face, level=step.mark, next_at=at or face.next_at)


def _next_close(face: Face, hours: WorkHours) -> datetime:
    spoken_at = max(face.due_at, face.next_at)
    try:
        return hours.next_close(spoken_at)
    except OutOfRange:
        # A calendar that has lost its hours must not silence a clock: the next level follows a day later.
        return spoken_at + timedelta(days=1)
