"""What happened to a complaint: the steps of its course, and its timeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.outbox.models import Message
from callcenter.words import listed
from complaints.course import PATHS
from complaints.enums import Act, AlertKind, ClockKind, Status
from complaints.models import Alert, Complaint, Step
from complaints.selectors.facts import Fact, facts_in_words


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the course: `state` is “done”, “now” or “next”; `at` is when it was done."""

    label: str | Promise
    state: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a complaint's timeline; without `who` the machine did it. `text` is somebody's own words."""

    at: datetime
    icon: str
    what: str
    text: str = ""
    who: User | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def is_loud(self) -> bool:
        """Say whether a person said or changed something that is worth a frame."""
        return self.who is not None and bool(self.text or self.facts)


def with_history(complaint: Complaint) -> Complaint:
    """Load the steps and alerts of a complaint, oldest first, with their people; two queries."""
    steps = Step.objects.select_related("by").order_by("at", "pk")
    alerts = Alert.objects.select_related("recipient", "clock").order_by("at", "pk")
    prefetch_related_objects([complaint], Prefetch("steps", steps), Prefetch("alerts", alerts))
    return complaint


def course(complaint: Complaint) -> list[Stage]:
    """Return the states of a complaint `with_history` in their order: those behind it, where it stands, those to come."""
    if complaint.status == Status.MERGED:
        return [Stage(Status.ACCEPTED.label, "done"), Stage(Status.MERGED.label, "now", complaint.closed_at)]
    reached = {step.new: step.at for step in complaint.steps.all()}
    path = PATHS[Status.INVALID if _is_ruled_out(complaint) else Status.VALID]
    here = path.index(Status(complaint.status))
    return [
        Stage(
            state.label,
            "done" if place < here else "now" if place == here else "next",
            reached.get(state) if place <= here else None,
        )
        for place, state in enumerate(path)
    ]


def _is_ruled_out(complaint: Complaint) -> bool:
    """Say whether the ruling that holds is that it is invalid; a closed complaint has been on one of both paths."""
    if complaint.status not in PATHS[Status.INVALID][2:]:
        return False
    ruled = [step.new for step in complaint.steps.all() if step.new in (Status.VALID, Status.INVALID)]
    return bool(ruled) and ruled[-1] == Status.INVALID


def timeline(complaint: Any, mails: Iterable[Message] = ()) -> list[Event]:
    """Return everything that happened to a complaint `with_history` (or with its case), oldest first."""
    steps = map(_step, complaint.steps.all())
    alerts = map(_alert, complaint.alerts.all())
    attempts = map(_attempt, getattr(complaint, "attempts", ()))
    return sorted([*steps, *alerts, *attempts, *_sent(mails)], key=lambda event: event.at)


def by_people(events: Iterable[Event]) -> list[Event]:
    """Return the events that people caused."""
    return [event for event in events if event.who]


def by_machine(events: Iterable[Event]) -> list[Event]:
    """Return the events that the machine caused."""
    return [event for event in events if not event.who]


def _step(step: Step) -> Event:
    act, facts = Act(step.act), tuple(facts_in_words(step))
    if step.by is None:
        said = ": ".join(filter(None, [str(act.label), step.note]))
        return Event(step.at, "swap", f"{said}.", facts=facts)
    return Event(step.at, ICONS.get(act, "user"), str(act.label), step.note, step.by, facts)


def _alert(alert: Alert) -> Event:
    said = {"clock": alert.clock.get_kind_display(), "mark": alert.mark, "person": alert.recipient}
    if alert.kind == AlertKind.ESCALATION and alert.clock.kind == ClockKind.RESOLUTION:
        told = _("%(clock)s: escalated to level %(mark)s, %(person)s answers now.")
        return Event(alert.at, "late", told % said)
    if alert.kind == AlertKind.ESCALATION:
        told = _("%(clock)s: the time is over, %(person)s was told (level %(mark)s).")
        return Event(alert.at, "late", told % said)
    if alert.kind == AlertKind.JOINING and alert.recipient_id == alert.clock.keeper_id:
        return Event(alert.at, "people", _("%(clock)s: not solved in time, %(person)s was told.") % said)
    if alert.kind == AlertKind.JOINING:
        return Event(alert.at, "people", _("%(clock)s: not solved in time, %(person)s joins.") % said)
    told = _("%(clock)s: %(mark)s %% of the working time used, %(person)s was warned.")
    return Event(alert.at, "risk", told % said)


def _attempt(attempt: Any) -> Event:
    told = _("The mail did not arrive: %(person)s was told instead.") % {"person": attempt.recipient}
    return Event(attempt.at, "mail", told)


def _sent(mails: Iterable[Message]) -> Iterator[Event]:
    for mail in mails:
        told = {"to": listed([*mail.to, *mail.cc]), "state": mail.get_state_display()}
        at = mail.sent_at or mail.due_at
        yield Event(at, "mail", _("Email to %(to)s: %(state)s.") % told)


ICONS = {
    Act.ACCEPT: "complaint",
    Act.RESPOND: "phone",
    Act.ASK: "help",
    Act.ANSWER: "feedback",
    Act.ADD_EVIDENCE: "clip",
    Act.ATTACH: "clip",
    Act.VERIFY: "search",
    Act.RULE: "shield",
    Act.CHANGE_RULING: "shield",
    Act.RESOLVE: "ok",
    Act.FOLLOW_UP: "phone",
    Act.FILE_REPORT: "report",
    Act.CLOSE: "lock",
    Act.PAUSE: "clock",
    Act.RESUME: "clock",
    Act.RAISE_TIER: "ascend",
    Act.MERGE: "swap",
    Act.REOPEN: "back",
}
