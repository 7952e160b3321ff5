"""The queue of messages: write, claim with a lease, settle. It knows nothing of how a message is sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from callcenter.outbox.models import Channel, Message, State

LEASE = timedelta(minutes=5)
ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=30)


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
        to=addresses if channel == Channel.EMAIL else [],
        cc=[address for address in cc if address] if channel == Channel.EMAIL else [],
        language=recipient.language or "en",
        time_zone=recipient.time_zone,
        template=template,
        context=context,
        created_at=now,
        due_at=due_at or now,
    )


def enqueue(messages: Iterable[Message]) -> None:
    """Write messages in the caller's transaction; one whose key exists already is left as it is."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def cancel(topic: str) -> int:
    """Call back what still waits about `topic`; return how many."""
    return Message.objects.filter(topic=topic, state=State.QUEUED).update(state=State.CANCELLED)


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


def mark_sent(row: Message, *, now: datetime) -> None:
    """Settle a message that was handed over."""
    Message.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts).update(
        state=State.SENT, sent_at=now, lease_until=None, error=""
    )


def mark_failed(row: Message, *, error: str, permanent: bool, now: datetime) -> None:
    """Try again later, twice as late each time; give up after a permanent refusal or ATTEMPTS tries.

    An email that was given up counts as not told: its recipient gets a notice in the app instead.
    """
    dead = permanent or row.attempts >= ATTEMPTS
    if dead and row.channel == Channel.EMAIL and row.recipient:
        enqueue([_as_notice(row, now)])
    Message.objects.filter(pk=row.pk, state=State.SENDING, attempts=row.attempts).update(
        state=State.DEAD if dead else State.QUEUED,
        due_at=row.due_at if dead else now + FIRST_RETRY * 2 ** (row.attempts - 1),
        lease_until=None,
        error=error[:2000],
    )


def _as_notice(row: Message, now: datetime) -> Message:
    return message(
        f"{row.key}:in_app",
        channel=Channel.IN_APP,
        recipient=row.recipient,
        template=row.template,
        context=row.context,
        topic=row.topic,
        now=now,
    )


def requeue(row: Message, *, now: datetime) -> bool:
    """Send a message that was given up once more, with all its attempts; False if it is not dead any more."""
    dead = Message.objects.filter(pk=row.pk, state=State.DEAD)
    return bool(dead.update(state=State.QUEUED, attempts=0, due_at=now, error=""))


def unread(user: Any, *, now: datetime) -> int:
    """Count what the bell shows: in-app messages that have arrived and were not read, at most 100."""
    rows = Message.objects.filter(channel=Channel.IN_APP, recipient=user, read_at=None, due_at__lte=now)
    return rows.exclude(state=State.CANCELLED)[:100].count()
