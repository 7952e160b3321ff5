"""Reads of conduct records: periods, what counts, what a page tells of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agents.enums import ConductKind, ConductState
from agents.models import ConductRecord, ConductReply, User
from callcenter.errors import DomainError
from callcenter.worktime import calendars
from callcenter.worktime.clock import OutOfRange
from callcenter.worktime.models import Policy
from callcenter.worktime.selectors import DEFAULT_CALENDAR

REPLY, APPEAL = "conduct_reply", "conduct_appeal"
"""The codes of the policies that say how long there is time: three working days each at first (domain §4)."""
REVIEW_AT = 3
"""So many penalties in force within twelve months ask for a review (domain §7)."""
SHOWN = 5


def period_end(code: str, person: User, start: datetime) -> datetime:
    """Return when the period of a policy ends that starts at `start`, on the calendar of the person's site."""
    policy = Policy.objects.filter(code=code).first()
    if policy is None:
        raise DomainError(_("No period is set for this step."), mend=_("Ask an administrator to set one."))
    try:
        return policy.due(start, calendars.load(policy.calendar_id or person.site.calendar_id)).at
    except OutOfRange:
        # A site whose calendar has no hours must not take anybody's time for an answer, nor hold up the sweep.
        return policy.due(start, calendars.load_by_code(DEFAULT_CALENDAR)).at


def year_before(day: date) -> date:
    """Return the same date a year before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def penalties(people: Iterable[int], *, on: date) -> dict[int, int]:
    """Return how many penalties of the twelve months before `on` are in force, by person; those without are missing."""
    found = ConductRecord.objects.in_force().filter(
        person__in=list(people), occurred_on__gt=year_before(on), occurred_on__lte=on
    )
    return dict(found.order_by().values_list("person").annotate(number=Count("pk")))


@dataclass(frozen=True, slots=True)
class Card:
    """What a person's page says of their conduct: the newest records that the reader sees, and what counts."""

    records: list[ConductRecord]
    penalties: int

    @property
    def asks_for_review(self) -> bool:
        """Say whether there are so many penalties that the superior reviews them with the person."""
        return self.penalties >= REVIEW_AT


def card(person: User, reader: User) -> Card:
    """Return the card of `person` as `reader` may see it."""
    seen: QuerySet[ConductRecord] = ConductRecord.objects.visible_to(reader).filter(person=person)
    records = list(seen.select_related("rule").order_by("-occurred_on", "-pk")[:SHOWN])
    return Card(records, penalties([person.pk], on=person.today).get(person.pk, 0) if records else 0)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the course as components/course.html draws it."""

    label: str | Promise
    state: str


def course(record: ConductRecord) -> list[Stage]:
    """Return the steps of a record: those that are done, the one where it stands, those to come."""
    path = [ConductState.DRAFTED, ConductState.REPLY_OPEN, ConductState.FINAL]
    if record.kind == ConductKind.REWARD:
        path.remove(ConductState.REPLY_OPEN)
    if record.state == ConductState.WITHDRAWN:
        path = [*path[: 2 if record.opened_at else 1], ConductState.WITHDRAWN]
    elif record.appealed_at:
        end = ConductState.LIFTED if record.state == ConductState.LIFTED else ConductState.UPHELD
        path += [ConductState.APPEALED, end]
    at = path.index(ConductState(record.state))
    return [
        Stage(step.label, "done" if place < at else "now" if place == at else "")
        for place, step in enumerate(path)
    ]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's story; without `text` nobody's own words."""

    at: datetime
    icon: str
    what: str
    who: User | None = None
    text: str = ""


def story(record: ConductRecord) -> list[Event]:
    """Return everything that happened to a record, oldest first; two queries."""
    replies = ConductReply.objects.select_related("person")
    prefetch_related_objects([record], Prefetch("replies", replies))
    return sorted(_events(record), key=lambda event: event.at)


def _events(record: ConductRecord) -> Iterator[Event]:
    yield Event(record.recorded_at, "edit", _("wrote the record"), record.recorded_by, record.account)
    if record.opened_at:
        yield Event(record.opened_at, "mail", _("The people concerned were told."))
    for reply in record.replies.all():
        yield Event(reply.at, "feedback", _("replied"), reply.person, reply.text)
    if record.final_at:
        yield Event(record.final_at, "lock", _("It became final."))
    if record.appealed_at:
        yield Event(record.appealed_at, "ascend", _("appealed"), record.appealed_by, record.appeal)
    if record.decided_at:
        what = str(record.get_state_display())
        yield Event(record.decided_at, "shield", what, record.decided_by, record.decision)
    if record.withdrawn_at:
        yield Event(record.withdrawn_at, "x", _("withdrew it"), record.withdrawn_by, record.withdrawal)


def in_message(record: ConductRecord) -> dict[str, str]:
    """Return what a message may say of a record: administrators read the outbox, and mail leaves the house."""
    return {
        "reference": str(record),
        "kind": record.kind,
        "state": record.state,
        "path": record.get_absolute_url(),
        "reply_until_at": record.reply_until.isoformat() if record.reply_until else "",
        "appeal_until_at": record.appeal_until.isoformat() if record.appeal_until else "",
    }


def locked(record_id: int) -> ConductRecord:
    """Return the record with its people, locked until the transaction ends."""
    rows: Any = ConductRecord.objects.select_for_update(of=("self",))
    record: ConductRecord = rows.select_related(
        "person__site__calendar", "joint_person__site__calendar", "recorded_by__site__calendar"
    ).get(pk=record_id)
    return record
