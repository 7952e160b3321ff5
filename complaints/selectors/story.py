"""What happened to a complaint: the steps of its course, and its timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agents.models import User
from complaints.enums import COURSE, AlertKind
from complaints.models import Alert, Complaint, StatusChange


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
    """Load the changes and alerts of a complaint, oldest first, with their people; two queries."""
    changes = StatusChange.objects.select_related("by").order_by("at", "pk")
    alerts = Alert.objects.select_related("recipient").order_by("at", "pk")
    prefetch_related_objects([complaint], Prefetch("changes", changes), Prefetch("alerts", alerts))
    return complaint


def course(complaint: Complaint) -> list[Stage]:
    """Return the steps of a complaint `with_history`: those that are done, the one that is due, those to come."""
    done = {change.new: change.at for change in complaint.changes.all()}
    waiting = iter(["now"])
    return [
        Stage(label, "done", done[status]) if status in done else Stage(label, next(waiting, "next"))
        for status, label in COURSE.items()
    ]


def timeline(complaint: Complaint) -> list[Event]:
    """Return everything that happened to a complaint `with_history`, oldest first."""
    changes = map(_step, complaint.changes.all())
    alerts = map(_alert, complaint.alerts.all())
    return sorted([*changes, *alerts], key=lambda event: event.at)


def written_by_people(events: Iterable[Event]) -> list[Event]:
    """Return the events that carry somebody's own words."""
    return [event for event in events if event.text]


def _step(change: StatusChange) -> Event:
    if change.note:
        return Event(change.at, "user", change.get_new_display(), change.note, change.by)
    what = _("%(step)s, recorded by %(person)s.") % {"step": change.get_new_display(), "person": change.by}
    return Event(change.at, "complaint", what)


def _alert(alert: Alert) -> Event:
    said = {"mark": alert.mark, "level": alert.mark, "person": alert.recipient}
    if alert.kind == AlertKind.ESCALATION:
        return Event(alert.at, "late", _("Escalated to level %(level)s: %(person)s answers now.") % said)
    return Event(alert.at, "risk", _("%(mark)s %% of the working time used: %(person)s was warned.") % said)
