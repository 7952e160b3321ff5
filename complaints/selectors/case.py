"""One complaint with everything that belongs to it, read by few statements whatever happened to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agents.ladder import Organisation
from agents.models import User
from agents.selectors import organisation
from callcenter.bundle import Bundle, Part
from callcenter.outbox.models import Channel, Message
from complaints.enums import Act
from complaints.models import (
    Alert,
    Attachment,
    Attempt,
    Clock,
    Complaint,
    Correction,
    Evidence,
    Liability,
    Likeness,
    Participant,
    Pause,
    Question,
    Report,
    Ruling,
    Step,
)
from complaints.querysets import ComplaintQuerySet

THIS = "complaints_complaint.id"


def belonging(model: Any, order: str = "one.at, one.id", where: str = f"one.complaint_id = {THIS}") -> Part:
    """Return the rows of a table that belong to a complaint."""
    return Part(model, where, order)


BELONGINGS = Bundle(
    {
        "steps": belonging(Step),
        "alerts": belonging(Alert),
        "attempts": belonging(
            Attempt,
            where=f"one.alert_id IN (SELECT id FROM complaints_alert WHERE complaint_id = {THIS})",  # noqa: S608 (our own)
        ),
        "clocks": belonging(Clock, "one.id"),
        "pauses": belonging(Pause),
        "participants": belonging(Participant, "one.since, one.id"),
        "questions": belonging(Question),
        "evidence": belonging(Evidence),
        "rulings": belonging(Ruling),
        "liabilities": belonging(Liability),
        "reports": belonging(Report),
        "corrections": belonging(Correction, "one.planned_at, one.id"),
        "attachments": belonging(Attachment),
        "merged": belonging(Complaint, "one.id", f"one.merged_into_id = {THIS}"),
        "likenesses": belonging(Likeness, "one.id", f"one.first_id = {THIS} OR one.second_id = {THIS}"),
    }
)
"""What belongs to a complaint, in the order in which it happened."""
JOINED = ("site__calendar", "team", "customer", "cause__parent")
ROLES = ("handler", "recorded_by", "responsible", "staff_concerned", "investigator", "caller")
"""Who is named in the complaint itself."""
PEOPLE = {
    "steps": ("by",),
    "alerts": ("recipient",),
    "attempts": ("recipient",),
    "clocks": ("keeper",),
    "pauses": ("by",),
    "participants": ("person",),
    "questions": ("person", "by"),
    "evidence": ("by",),
    "rulings": ("by",),
    "reports": ("by",),
    "corrections": ("owner", "done_by", "judged_by"),
    "attachments": ("by",),
}
"""Who is named in it."""


@dataclass(frozen=True)
class Case:
    """A complaint with everything that belongs to it, the people named in it, and who stands above its handler."""

    complaint: Any
    house: Organisation
    linked: list[Complaint]
    mails: list[Message]


def for_case(complaints: ComplaintQuerySet) -> Any:
    """Return the complaints with everything that belongs to them; who is named in it comes with the case."""
    return BELONGINGS.ask(complaints.select_related(None).select_related(*JOINED))


def case_of(complaint: Complaint, *, reader: User, now: datetime) -> Case:
    """Return the case of a complaint read `for_case`; the place of `reader` on the ladder is known then too."""
    BELONGINGS.unpack(complaint)
    house = organisation({complaint.handler_id, reader.pk}, now=now)
    name_people(complaint, PEOPLE, own=ROLES, others=house.people)
    if complaint.handler.site_id == complaint.site_id:
        complaint.handler.site = complaint.site
    clocks = {clock.pk: clock for clock in complaint.clocks.all()}
    for alert in complaint.alerts.all():
        alert.clock = clocks[alert.clock_id]
    return Case(complaint, house, linked(complaint), _mails(complaint))


def part(complaint: Any, name: str) -> Iterable[Any]:
    """Return the rows of one of its BELONGINGS."""
    rows = getattr(complaint, name)
    return rows if isinstance(rows, list) else rows.all()


def ruling_of(complaint: Any) -> Any:
    """Return the ruling that holds of a complaint with its case, and its `rule_name` as it was told then."""
    rulings = list(complaint.rulings.all())
    if not rulings:
        return None
    holding: Any = rulings[-1]
    told = [step for step in complaint.steps.all() if step.act in (Act.RULE, Act.CHANGE_RULING)]
    holding.rule_name = told[-1].facts.get("rule", "") if told else ""
    return holding


def name_people(
    complaint: Any,
    people: Mapping[str, tuple[str, ...]],
    *,
    own: tuple[str, ...] = (),
    others: Collection[int | None] = (),
) -> None:
    """Put the people into the rows that name them, and `own` into the complaint: one query; with `others`, as `people`."""
    places = [
        (row, role) for name, roles in people.items() for row in part(complaint, name) for role in roles
    ]
    places += [(complaint, role) for role in own]
    named = {getattr(row, f"{role}_id") for row, role in places}
    complaint.people = User.objects.in_bulk(named.union(others) - {None})
    for row, role in places:
        person = getattr(row, f"{role}_id")
        setattr(row, role, complaint.people[person] if person else None)


def linked(complaint: Any) -> list[Complaint]:
    """Return the complaints that belong together with one that has its case."""
    pairs = part(complaint, "likenesses")
    others = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)} - {complaint.pk}
    return list(Complaint.objects.filter(pk__in=others).order_by("reference")) if others else []


def _mails(complaint: Any) -> list[Message]:
    """Return the emails that it and its clocks caused: their keys begin with it or the clock."""
    topics = [complaint.topic, *(f"clock:{clock.pk}" for clock in part(complaint, "clocks"))]
    caused = " OR ".join(["key LIKE %s"] * len(topics))
    statement = f"SELECT * FROM outbox_message WHERE channel = %s AND ({caused}) ORDER BY due_at, id"  # noqa: S608 (our own)
    return list(Message.objects.raw(statement, [Channel.EMAIL, *(f"{topic}:%" for topic in topics)]))
