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
from callcenter.outbox.models import Channel as By
from callcenter.outbox.models import Message
from callcenter.worktime import calendars
from callcenter.worktime.clock import WorkHours
from complaints.enums import AlertKind
from complaints.models import Complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is said in the same words to the same people, about however many complaints; urgent: at any time of day."""

    clock_kind: str
    kind: AlertKind
    mark: int
    is_urgent: bool
    handler: int
    recipients: tuple[int, ...]
    copies: tuple[int, ...]


def tell(rows: str, tellings: Sequence[Telling], *, now: datetime) -> None:
    """Write what follows for every row of the table `rows` (services.sweep.SAID), whose `pattern` is a place in `tellings`."""
    people = User.objects.select_related("site").in_bulk(
        {person for words in tellings for person in (*words.recipients, *words.copies)}
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
    action = "complaint.escalated" if words.kind == AlertKind.ESCALATION else "complaint.warned"
    told = [str(people[person]) for person in words.recipients]
    return log.entry(SYSTEM, action, Complaint(), now=now, mark=words.mark, told=told, clock=words.clock_kind)


def _messages(
    words: Telling, people: Mapping[int, User], hours: Mapping[int, WorkHours], now: datetime
) -> list[Message]:
    name = "escalation" if words.kind == AlertKind.ESCALATION else "warning"
    first = people[words.recipients[0]]
    reading = {*words.recipients, *words.copies}
    return queue.messages(
        f"{words.kind}:{words.mark}",
        recipients=[people[person] for person in words.recipients],
        copies=[people[person] for person in words.copies],
        template=f"complaints/notify/{name}",
        context={
            "mark": words.mark,
            "handler": str(people[words.handler]) if words.handler in reading else "",
        },
        now=now,
        due_at=_mail_time(words, first, hours[first.site.calendar_id], now),
    )


def notice(complaint: Complaint, event: str, person: User, now: datetime) -> Message:
    """Return the notice in the app that tells `person` of `event` (“handler”, “question:7”); its template is its first word."""
    return queue.message(
        f"{complaint.topic}:{event}:{person.pk}:{now.timestamp():.0f}",
        channel=By.IN_APP,
        recipient=person,
        template=f"complaints/notify/{event.partition(':')[0]}",
        context={
            "reference": complaint.reference,
            "subject": complaint.subject,
            "path": complaint.get_absolute_url(),
            "complaint_due_at": complaint.due_at.isoformat(),
        },
        topic=f"{complaint.topic}:{event}",
        now=now,
    )


def _mail_time(words: Telling, recipient: User, hours: WorkHours, now: datetime) -> datetime:
    """Return when the mail may go: warnings in working hours, escalations in the mail window, urgent ones at any time."""
    site = recipient.site
    if words.kind == AlertKind.WARNING:
        return opening(hours, now)
    return now if words.is_urgent else opening(mail_window(hours, site.mail_opens, site.mail_closes), now)
