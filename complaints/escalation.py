"""What a clock says next, and to whom: pure decisions over snapshots. No database, no current time."""

from dataclasses import dataclass
from datetime import datetime

from agents.ladder import Organisation
from callcenter.worktime.clock import WorkHours
from complaints.enums import AlertKind


@dataclass(frozen=True, slots=True)
class Face:
    """Where a clock stands: its marks, what it has said already, and who handles the complaint."""

    warn_50_at: datetime
    warn_80_at: datetime
    due_at: datetime
    next_at: datetime
    warned: int
    level: int
    handler: int
    conflicted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say: to whom, copied to whom, and when the clock speaks again (None: never)."""

    kind: AlertKind
    mark: int
    recipients: tuple[int, ...]
    copies: tuple[int, ...]
    next_at: datetime | None


def next_step(face: Face, organisation: Organisation, hours: WorkHours, *, now: datetime) -> Step:
    """Return what a ready clock says at `now`.

    Before the due instant the highest warning that is due (one that was overtaken is not made up for); from it on
    the next level, one for each further close of business, up to the top of the ladder (domain §4).
    """
    if now < face.due_at:
        mark, following = (80, face.due_at) if now >= face.warn_80_at else (50, face.warn_80_at)
        return Step(
            AlertKind.WARNING, mark, (organisation.acting(face.handler, face.conflicted),), (), following
        )
    level = face.level + 1
    recipients = organisation.answerable(face.handler, level, face.conflicted)
    copies = [person for person in organisation.below(face.handler, level) if person not in recipients]
    spoken_at = max(face.due_at, face.next_at)
    following_close = hours.next_close(spoken_at) if level < organisation.top(face.handler) else None
    return Step(AlertKind.ESCALATION, level, tuple(recipients), tuple(copies), following_close)
