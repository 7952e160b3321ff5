"""Where a leave stands, and what happened to it, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agents.models import User
from shifts.enums import LeaveState
from shifts.models import Leave

TONES = {
    LeaveState.REQUESTED: "info",
    LeaveState.APPROVED: "ontime",
    LeaveState.FILED: "ontime",
    LeaveState.REFUSED: "risk",
    LeaveState.WITHDRAWN: "",
    LeaveState.LAPSED: "risk",
}
"""The tone of a state's pill."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the course: done, now, or still to come."""

    label: str | Promise
    state: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `text` is what somebody wrote about it."""

    at: datetime
    icon: str
    what: str
    who: User | None
    text: str = ""

    @property
    def line(self) -> str:
        """Return it as one line, where nobody wrote anything."""
        return f"{self.who.name} {self.what}" if self.who else self.what


def course(leave: Leave) -> list[Stage]:
    """Return the steps of a leave."""
    path = [LeaveState.REQUESTED, LeaveState.APPROVED, LeaveState.FILED]
    if leave.state in (LeaveState.REFUSED, LeaveState.WITHDRAWN, LeaveState.LAPSED):
        passed = [
            LeaveState.REQUESTED,
            *([LeaveState.APPROVED] if leave.state == LeaveState.WITHDRAWN and leave.decided_at else []),
        ]
        path = [*passed, LeaveState(leave.state)]
    at = path.index(LeaveState(leave.state))
    return [
        Stage(step.label, "done" if place < at else "now" if place == at else "")
        for place, step in enumerate(path)
    ]


def story(leave: Leave) -> list[Event]:
    """Return what happened to a leave, newest first; the row must bring its people along."""
    events = [Event(leave.requested_at, "sun", _("asked for it"), leave.requested_by, leave.reason)]
    if leave.decided_at and leave.decided_by:
        refused = leave.state == LeaveState.REFUSED
        words = "\n".join(filter(None, (leave.override_reason, leave.decision)))
        what, icon = (_("refused it"), "x") if refused else (_("approved it"), "ok")
        events.append(Event(leave.decided_at, icon, what, leave.decided_by, words))
    if leave.decided_at and leave.state == LeaveState.LAPSED:
        events.append(Event(leave.decided_at, "clock", _("It lapsed: nobody had decided it."), None))
    if leave.filed_at and leave.filed_by:
        events.append(Event(leave.filed_at, "clip", _("filed it"), leave.filed_by))
    return events[::-1]
