"""Where a change stands, what it moves and what happened to it, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agents.models import User
from shifts.enums import ChangeKind, ChangeState
from shifts.leave_course import Event, Stage
from shifts.models import Change

TONES = {
    ChangeState.ASKED: "info",
    ChangeState.ACCEPTED: "info",
    ChangeState.APPROVED: "ontime",
    ChangeState.FILED: "ontime",
    ChangeState.DECLINED: "risk",
    ChangeState.REFUSED: "risk",
    ChangeState.WITHDRAWN: "",
    ChangeState.LAPSED: "risk",
}
"""The tone of a state's pill."""
ICONS = {"info": "clock", "ontime": "ok", "risk": "x", "": ""}
ENDED = (ChangeState.DECLINED, ChangeState.REFUSED, ChangeState.WITHDRAWN, ChangeState.LAPSED)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one shift was and becomes: who works it (None: nobody yet) and when."""

    old_person: User | None
    new_person: User
    starts_at: datetime
    ends_at: datetime
    new_starts_at: datetime
    new_ends_at: datetime

    @property
    def changes_times(self) -> bool:
        """Say whether the times become others."""
        return (self.starts_at, self.ends_at) != (self.new_starts_at, self.new_ends_at)


def course(change: Change) -> list[Stage]:
    """Return the steps of a change; without a colleague it begins with the lead."""
    path = [ChangeState.ACCEPTED, ChangeState.APPROVED, ChangeState.FILED]
    if change.colleague_id:
        path.insert(0, ChangeState.ASKED)
    if change.state in ENDED:
        passed = [ChangeState.ASKED] if change.colleague_id else []
        if change.accepted_at or not change.colleague_id:
            passed.append(ChangeState.ACCEPTED)
        path = [*passed, ChangeState(change.state)]
    at = path.index(ChangeState(change.state))
    return [
        Stage(step.label, "done" if place < at else "now" if place == at else "")
        for place, step in enumerate(path)
    ]


def turns(change: Change) -> Iterator[Turn]:
    """Yield what each shift was when it was asked for, and what it becomes."""
    own = change.person if change.is_of_own_shift else None
    taker = change.colleague or change.person
    times = (change.starts_at, change.ends_at)
    new = (change.new_starts_at or change.starts_at, change.new_ends_at or change.ends_at)
    yield Turn(own, taker, *times, *new)
    if change.kind == ChangeKind.SWAP and change.other_starts_at and change.other_ends_at:
        other = (change.other_starts_at, change.other_ends_at)
        yield Turn(change.colleague, change.person, *other, *other)


def story(change: Change) -> list[Event]:
    """Return what happened to a change, newest first; the row must bring its people along."""
    events = [Event(change.asked_at, "swap", _("asked for it"), change.person, change.reason)]
    if change.accepted_at and change.colleague:
        events.append(Event(change.accepted_at, "ok", _("agreed"), change.colleague))
    if change.decided_at and change.decided_by:
        refused = change.state == ChangeState.REFUSED
        what, icon = (_("refused it"), "x") if refused else (_("approved it"), "ok")
        events.append(Event(change.decided_at, icon, what, change.decided_by, change.decision))
    if change.filed_at and change.filed_by:
        events.append(Event(change.filed_at, "clip", _("filed it"), change.filed_by))
    return events[::-1]
