"""The queue of messages: write, claim with a lease, settle. It knows nothing of how a message is sent."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from callcenter.bulk import Pattern, insert_each
from callcenter.outbox.models import Channel, Message, State

LEASE = timedelta(minutes=5)
ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=30)
ENDS_WITH_TOPIC = (State.QUEUED, State.SENDING, State.DEAD)


class Person(Protocol):
    """Whom a message can reach."""

    @property
    def pk(self) -> Any:
        """Name the person in the database."""

    @property
    def email(self) -> str:
        """Return the address, empty if there is none."""

    @property
    def language(self) -> str:
        """Return the language to write in, empty for English."""

    @property
    def time_zone(self) -> str:
        """Return the IANA name of the zone to write instants in."""


def message(  # noqa: PLR0913 (a message has this many facts)
    key: str,
    *,
    channel: Channel,
    recipient: Any,
    template: str,
    context: dict[str, Any],
    now: datetime,
    due_at: datetime | None = None,
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    topic: str = "",
) -> Message:
    """Return an unsaved message to `recipient` (a person with email, language, time_zone), due now or at `due_at`.

    An email for which nobody has an address becomes a notice in the app: nobody is left untold.
    """
    addresses = [address for address in (to or [recipient.email]) if address]
    if not addresses:
        channel = Channel.IN_APP
    return Message(
        key=key,
        topic=topic,
        channel=channel,
        recipient=recipient,
        people=[recipient.pk],
        to=addresses if channel == Channel.EMAIL else [],
        cc=[address for address in cc if address] if channel == Channel.EMAIL else [],
        language=recipient.language or "en",
        time_zone=recipient.time_zone,
        template=template,
        context=context,
        created_at=now,
        due_at=due_at or now,
    )


def messages(
    key: str,
    *,
    recipients: Sequence[Person],
    copies: Sequence[Person],
    template: str,
    context: dict[str, Any],
    now: datetime,
    due_at: datetime | None = None,
    topic: str = "",
) -> list[Message]:
    """Return unsaved messages that tell every recipient: one email, and a notice in the app to each without an address.

    The email is written for the first recipient who has an address; without any, the copies get nothing either.
    """
    facts: dict[str, Any] = {
        "template": template,
        "context": context,
        "now": now,
        "due_at": due_at,
        "topic": topic,
    }
    told = [_notice(key, person, facts) for person in recipients if not person.email]
    reached = [person for person in recipients if person.email]
    if reached:
        to = [person.email for person in reached]
        cc = [person.email for person in copies if person.email not in to]
        mail = message(key, channel=Channel.EMAIL, recipient=reached[0], to=to, cc=cc, **facts)
        mail.people = [person.pk for person in reached]
        told.insert(0, mail)
    return told


def _notice(key: str, person: Person, facts: dict[str, Any]) -> Message:
    return message(f"{key}:in_app:{person.pk}", channel=Channel.IN_APP, recipient=person, **facts)


def enqueue(messages: Iterable[Message]) -> None:
    """Write messages in the caller's transaction; one whose key exists already is left as it is."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def enqueue_each(rows: str, patterns: Iterable[Pattern]) -> None:
    """Write for every row of the table `rows` the unsaved messages that bear the number in its column `pattern`.

    The row's own columns are `key`, put before the message's, `topic`, and `context`, added to the message's. One whose
    key exists already is left as it is (`callcenter.bulk`).
    """
    own = {
        "key": "one.key || pattern.key",
        "topic": "one.topic",
        "context": "pattern.context || one.context",
    }
    insert_each(rows, patterns, own, once=["key"])


def cancel(*topics: str) -> int:
    """Call back what has not arrived about `topics`, and what was given up; return how many.

    A message that is being sent may arrive nevertheless, and then counts as sent; it is never tried again.
    """
    rows = Message.objects.filter(topic__in=topics, state__in=ENDS_WITH_TOPIC)
    return rows.update(state=State.CANCELLED)


CALL_BACK = "UPDATE outbox_message SET state = %s WHERE key = ANY(%s) AND state = ANY(%s)"


def call_back(keys: Iterable[str]) -> int:
    """Call back those of these messages that have not arrived, however many; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(CALL_BACK, [State.CANCELLED, list(keys), [State.QUEUED, State.SENDING]])
        return int(cursor.rowcount)


def claim(*, limit: int, now: datetime) -> list[int]:
    """Take up to `limit` ready messages for LEASE; nobody else gets them unless the lease runs out."""
    ready = Q(state=State.QUEUED, due_at__lte=now) | Q(state=State.SENDING, lease_until__lt=now)
    with transaction.atomic():
        ids = list(
            Message.objects.filter(ready, due_at__lte=now)
            .select_for_update(skip_locked=True)
            .order_by("due_at")
            .values_list("pk", flat=True)[:limit]
        )
        Message.objects.filter(pk__in=ids).update(
            state=State.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
    return ids


def _held(rows: Collection[Message]) -> QuerySet[Message]:
    """Return those of `rows` whose lease is still the one under which they were claimed."""
    return Message.objects.filter(
        pk__in=[row.pk for row in rows], lease_until__in={row.lease_until for row in rows}
    )


def wanted(rows: Collection[Message]) -> list[Message]:
    """Return those claimed messages that are still ours to send: neither called back nor claimed by another."""
    ours = set(_held(rows).filter(state=State.SENDING).values_list("pk", flat=True))
    return [row for row in rows if row.pk in ours]


def mark_sent(rows: Collection[Message], *, now: datetime, note: str = "") -> None:
    """Settle messages that were handed over, though one was called back meanwhile; `note` names a copy that was refused."""
    if rows:
        _held(rows).update(state=State.SENT, sent_at=now, lease_until=None, error=note[:2000])


def mark_failed(
    row: Message, *, error: str, permanent: bool, now: datetime, reached: Sequence[str] = ()
) -> None:
    """Try again later, twice as late each time; give up after a permanent refusal or ATTEMPTS tries.

    `reached` are the addresses that took it: they are not tried again. Whom an email that was given up has not reached
    counts as not told. One that was called back stays so.
    """
    dead = permanent or row.attempts >= ATTEMPTS
    row.reached = [*row.reached, *reached]
    with transaction.atomic():
        settled = (
            _held([row])
            .filter(state=State.SENDING)
            .update(
                state=State.DEAD if dead else State.QUEUED,
                due_at=row.due_at if dead else now + FIRST_RETRY * 2 ** (row.attempts - 1),
                lease_until=None,
                error=error[:2000],
                reached=row.reached,
            )
        )
        if settled and dead and row.channel == Channel.EMAIL:
            count_as_untold(row, {address for address in row.to if address not in row.reached}, now=now)


def count_as_untold(row: Message, addresses: Collection[str], *, now: datetime) -> None:
    """Write down that these addresses in To did not get the email: their people are told in the app, each once.

    From now on `untold_at` asks whoever wrote the message to go on to somebody else.
    """
    row.untold = sorted({*row.untold, *addresses})
    Message.objects.filter(pk=row.pk).update(untold=row.untold, untold_at=now, retold_at=None)
    missed = [person for address, person in zip(row.to, row.people, strict=False) if address in addresses]
    facts = {"template": row.template, "context": row.context, "topic": row.topic, "now": now}
    people = get_user_model().objects.filter(pk__in=missed)
    enqueue(_notice(row.key, person, facts) for person in people)


def postpone(row: Message, *, error: str, now: datetime) -> None:
    """Let a message wait for a mail server that is down or wrongly set up: no fault of its own, so no try is counted."""
    waiting = _held([row]).filter(state=State.SENDING)
    waiting.update(due_at=now + FIRST_RETRY, error=error[:2000])
    release([row])


def release(rows: Collection[Message]) -> None:
    """Give back claimed messages that were not tried; what is settled already stays as it is."""
    _held(rows).filter(state=State.SENDING).update(
        state=State.QUEUED, lease_until=None, attempts=F("attempts") - 1
    )


def requeue(row: Message, *, now: datetime) -> bool:
    """Send a message that was given up once more, with all its attempts; False if it is not dead, or was called back."""
    dead = Message.objects.filter(pk=row.pk, state=State.DEAD)
    return bool(dead.update(state=State.QUEUED, attempts=0, due_at=now, error="", untold=[], untold_at=None))


def unread(user: Any, *, now: datetime) -> int:
    """Count what the bell shows: in-app messages that have arrived and were not read, at most 100."""
    rows = Message.objects.filter(channel=Channel.IN_APP, recipient=user, read_at=None, due_at__lte=now)
    return rows.exclude(state=State.CANCELLED)[:100].count()
