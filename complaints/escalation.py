"""What a clock says next, and to whom: pure decisions over snapshots. No database, no current time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agents.ladder import Organisation
from callcenter.worktime.clock import OutOfRange, WorkHours
from complaints.enums import AlertKind


@dataclass(frozen=True, slots=True)
class Face:
    """Where a clock stands: its marks, what it has said already, and who handles the complaint."""

    warn_80_at: datetime
    due_at: datetime
    next_at: datetime
    level: int
    handler: int
    accused: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say: to whom, copied to whom, and when the clock speaks again (None: never)."""

    kind: AlertKind
    mark: int
    recipients: tuple[int, ...]
    copies: tuple[int, ...]
    next_at: datetime | None


def next_step(face: Face, organisation: Organisation, hours: WorkHours, *, now: datetime) -> Step | None:
    """Return what a ready clock says at `now`; None if nobody is left to tell.

    Before the due instant the highest warning that is due (one that was overtaken is not made up for); from it on
    the next level, one for each further close of business, up to the top of the ladder (domain §4).
    """
    conflicted = organisation.conflicted(face.accused)
    if now < face.due_at:
        mark, following = (80, face.due_at) if now >= face.warn_80_at else (50, face.warn_80_at)
        return Step(AlertKind.WARNING, mark, (organisation.acting(face.handler, conflicted),), (), following)
    rung = organisation.rung_above(face.handler, face.level, conflicted)
    if rung is None:
        return None
    copies = [
        person
        for person in organisation.below(face.handler, rung.level)
        if person not in rung.people and person not in conflicted
    ]
    higher = organisation.rung_above(face.handler, rung.level, conflicted)
    return Step(
        AlertKind.ESCALATION,
        rung.level,
        rung.people,
        tuple(copies),
        _next_close(face, hours) if higher else None,
    )


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
