"""What happened to a complaint: the steps of its course, and its timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agents.models import User
from complaints.course import PATHS
from complaints.enums import Act, AlertKind, Status
from complaints.models import Alert, Complaint, Step


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the course: `state` is “done”, “now” or “next”; `at` is when it was done."""

    label: str | Promise
    state: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a complaint's timeline; without `who` the machine did it."""

    at: datetime
    icon: str
    what: str
    text: str = ""
    who: User | None = None


def with_history(complaint: Complaint) -> Complaint:
    """Load the steps and alerts of a complaint, oldest first, with their people; two queries."""
    steps = Step.objects.select_related("by").order_by("at", "pk")
    alerts = Alert.objects.select_related("recipient").order_by("at", "pk")
    prefetch_related_objects([complaint], Prefetch("steps", steps), Prefetch("alerts", alerts))
    return complaint


def course(complaint: Complaint) -> list[Stage]:
    """Return the states of a complaint `with_history` in their order: those behind it, where it stands, those to come."""
    if complaint.status == Status.MERGED:
        return [Stage(Status.ACCEPTED.label, "done"), Stage(Status.MERGED.label, "now", complaint.closed_at)]
    reached = {step.new: step.at for step in complaint.steps.all()}
    ruled_out = Status.INVALID in reached and complaint.status in PATHS[Status.INVALID][2:]
    path = PATHS[Status.INVALID if ruled_out else Status.VALID]
    here = path.index(Status(complaint.status))
    return [
        Stage(
            state.label,
            "done" if place < here else "now" if place == here else "next",
            reached.get(state) if place <= here else None,
        )
        for place, state in enumerate(path)
    ]


def timeline(complaint: Complaint) -> list[Event]:
    """Return everything that happened to a complaint `with_history`, oldest first."""
    steps = map(_step, complaint.steps.all())
    alerts = map(_alert, complaint.alerts.all())
    return sorted([*steps, *alerts], key=lambda event: event.at)


def written_by_people(events: Iterable[Event]) -> list[Event]:
    """Return the events that carry somebody's own words."""
    return [event for event in events if event.text]


def _step(step: Step) -> Event:
    if step.note:
        return Event(step.at, "user", str(Act(step.act).label), step.note, step.by)
    what = _("%(step)s, recorded by %(person)s.") % {"step": Act(step.act).label, "person": step.by}
    return Event(step.at, "complaint", what)


def _alert(alert: Alert) -> Event:
    said = {"mark": alert.mark, "level": alert.mark, "person": alert.recipient}
    if alert.kind == AlertKind.ESCALATION:
        return Event(alert.at, "late", _("Escalated to level %(level)s: %(person)s answers now.") % said)
    return Event(alert.at, "risk", _("%(mark)s %% of the working time used: %(person)s was warned.") % said)
