"""What a step of many clocks tells: entries of the audit, messages, the ends of overtaken ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from agents.mailing import mail_window, opening
from agents.models import User
from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.audit.models import Entry
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from complaints.enums import AlertKind, ClockKind
from complaints.models import Complaint


@dataclass(frozen=True, slots=True)
class Again:
    """Another attempt of an alert (its `mark`), since no mail has reached `lost` (services.reaching)."""

    mark: int
    number: int
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is said in the same words to the same people, about however many complaints; urgent: at any time of day.

    `joins_as` says in which part somebody joins: “concerned”, or “superior”; empty: nobody does.
    """

    clock_kind: str
    kind: AlertKind
    mark: int
    is_urgent: bool
    handler: int
    recipients: tuple[int, ...]
    copies: tuple[int, ...]
    joins_as: str = ""
    again: Again | None = None

    @property
    def key(self) -> str:
        """Return what tells the message from the others of its clock."""
        return (
            f"{self.kind}:{self.again.mark}:{self.again.number}" if self.again else f"{self.kind}:{self.mark}"
        )

    @property
    def lost(self) -> tuple[int, ...]:
        """Return those before whom no mail has reached."""
        return self.again.lost if self.again else ()


ACTIONS = {
    AlertKind.WARNING: "complaint.warned",
    AlertKind.ESCALATION: "complaint.escalated",
    AlertKind.JOINING: "complaint.joined",
}


def tell(rows: str, tellings: Sequence[Telling], *, now: datetime) -> None:
    """Write what follows for every row of the table `rows` (services.sweep.SAID), whose `pattern` is a place in `tellings`."""
    people = User.objects.select_related("site").in_bulk(
        {person for words in tellings for person in (*words.recipients, *words.copies, *words.lost)}
    )
    hours = calendars.load_many({person.site.calendar_id for person in people.values()})
    numbered = list(enumerate(tellings))
    log.record_each(
        rows,
        [(number, _entry(words, people, now)) for number, words in numbered],
        object_id="complaint_id",
        object_name="reference",
    )
    if overtaken := _overtaken(rows):
        queue.call_back(overtaken)
    queue.enqueue_each(
        rows,
        [(number, row) for number, words in numbered for row in _messages(words, people, hours, now)],
    )


# A warning that has become pointless if it still waits for working hours; the one before it was called back by it.
OVERTAKEN = (
    "SELECT key || 'warning:' || warned FROM {rows} WHERE pattern IS NOT NULL AND warned > 0 AND is_first"
)


def _overtaken(rows: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(OVERTAKEN.format(rows=connection.ops.quote_name(rows)))
        return [key for (key,) in cursor.fetchall()]


def _entry(words: Telling, people: Mapping[int, User], now: datetime) -> Entry:
    told = [str(people[person]) for person in words.recipients]
    details = {"mark": words.mark, "told": told, "clock": words.clock_kind}
    if words.again:
        lost = [str(people[person]) for person in words.lost]
        return log.entry(SYSTEM, "complaint.retold", Complaint(), now=now, lost=lost, **details)
    return log.entry(SYSTEM, ACTIONS[words.kind], Complaint(), now=now, **details)


def _messages(
    words: Telling, people: Mapping[int, User], hours: Mapping[int, WorkHours], now: datetime
) -> list[Message]:
    first = people[words.recipients[0]]
    reading = {*words.recipients, *words.copies}
    return queue.messages(
        words.key,
        recipients=[people[person] for person in words.recipients],
        copies=[people[person] for person in words.copies],
        template=f"complaints/notify/{_template(words)}",
        context={
            "mark": words.mark,
            "joins_as": words.joins_as,
            "lost": [str(people[person]) for person in words.lost],
            "handler": str(people[words.handler]) if words.handler in reading else "",
        },
        now=now,
        due_at=_mail_time(words, first, hours[first.site.calendar_id], now),
    )


def _template(words: Telling) -> str:
    """Return the words of a clock: those of the deadline itself have no name of their own."""
    return words.kind if words.clock_kind == ClockKind.RESOLUTION else f"{words.clock_kind}_{words.kind}"


def _mail_time(words: Telling, recipient: User, hours: WorkHours, now: datetime) -> datetime:
    """Return when the mail may go: warnings in working hours, escalations in the mail window, urgent ones at any time."""
    site = recipient.site
    if words.kind == AlertKind.WARNING:
        return opening(hours, now)
    return now if words.is_urgent else opening(mail_window(hours, site.mail_opens, site.mail_closes), now)
