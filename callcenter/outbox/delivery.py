"""How a claimed message leaves the house. Sending happens outside every transaction."""

import logging
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message, State
from callcenter.outbox.transport import PERMANENT, DeliveryFailed, ServerDown, hand_over

log = logging.getLogger(__name__)

# So many are written down as sent at once: as many at most are sent once more when a worker is killed.
TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in its reader's language."""

    subject: str
    text: str
    html: str


def render(row: Message, *, language: str | None = None) -> Rendered:
    """Render a message from its templates, instants in the reader's time zone, in `language` if one is given.

    Else in the language that the reader had when it came about.
    """
    language = language or row.language
    context = {**row.context, "public_url": settings.PUBLIC_URL}
    for name, value in row.context.items():
        if name.endswith("_at") and value:
            context[name] = datetime.fromisoformat(value)
    with translation.override(language), timezone.override(zoneinfo.ZoneInfo(row.time_zone)):
        subject = " ".join(render_to_string(f"{row.template}.subject.txt", context).split())
        text = render_to_string(f"{row.template}.txt", context).strip() + "\n"
        html = ""
        if row.channel == Channel.EMAIL:
            html = render_to_string(
                "components/email.html",
                {"subject": subject, "paragraphs": text.strip().split("\n\n"), "language": language},
            )
    return Rendered(subject, text, html)


def send_email(row: Message, connection: Any) -> str:
    """Hand one email to the server for all who have not got it; return what it said of copies that it refused.

    The Message-ID stays the same however often it is tried. Raises DeliveryFailed as soon as one recipient in To is
    refused, since that person has to act; a refused copy fails nothing.
    """
    addresses = [address for address in dict.fromkeys([*row.to, *row.cc]) if address not in row.reached]
    refused = hand_over(_compose(row, connection), addresses, connection)
    why = "; ".join(f"{name}: {code} {reply!r}" for name, (code, reply) in refused.items())
    codes = [code for name, (code, _reply) in refused.items() if name in row.to]
    if codes:
        raise DeliveryFailed(
            why,
            permanent=all(code >= PERMANENT for code in codes),
            reached=[address for address in addresses if address not in refused],
        )
    return why


def _compose(row: Message, connection: Any) -> EmailMultiAlternatives:
    rendered = render(row)
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        to=row.to,
        cc=row.cc,
        connection=connection,
        headers={"Message-ID": row.message_id},
    )
    mail.attach_alternative(rendered.html, "text/html")
    return mail


def _settle(rows: Sequence[Message], connection: Any, now: datetime, sent: list[Message]) -> None:
    """Send some claimed messages, write down which left, and add those to `sent`, however it ends."""
    left: list[Message] = []
    try:
        left.extend(row for row in queue.wanted(rows) if _leaves(row, connection, now))
    finally:
        queue.mark_sent(left, now=now)
        sent += left


def _leaves(row: Message, connection: Any, now: datetime) -> bool:
    """Send one message, write down why if it fails, and return whether it left."""
    try:
        note = send_email(row, connection) if row.channel == Channel.EMAIL else ""
    except DeliveryFailed as failure:
        queue.mark_failed(
            row, error=str(failure), permanent=failure.permanent, reached=failure.reached, now=now
        )
        return False
    except (ServerDown, SoftTimeLimitExceeded) as failure:  # not the message's fault
        queue.postpone(row, error=str(failure), now=now)
        raise
    except Exception as failure:  # one message that cannot be rendered must not hold up the rest
        queue.mark_failed(row, error=f"{type(failure).__name__}: {failure}", permanent=False, now=now)
        log.exception("message %s cannot be rendered", row.key)
        return False
    if note:
        queue.mark_sent([row], note=note, now=now)
    return True


def deliver(ids: Sequence[int], connection: Any, *, now: datetime) -> tuple[int, bool]:
    """Send the claimed messages; return how many left, and whether the mail server was there to the end.

    What was not tried, because the server failed or the worker's time was up, goes back to the queue at once.
    """
    claimed = Message.objects.filter(pk__in=ids, state=State.SENDING)
    waiting = list(claimed.order_by("-channel", "due_at", "pk"))  # notices first: they need no server
    sent: list[Message] = []
    try:
        while waiting:
            _settle(waiting[:TOGETHER], connection, now, sent)
            del waiting[:TOGETHER]
    except ServerDown as failure:
        log.warning("the mail server cannot be used: %s", failure)
    finally:
        queue.release(waiting)
        connection.close()
    return len(sent), not waiting


def drain(*, now: datetime, batch: int = 200) -> int:
    """Send everything that is ready, batch after batch, as long as the mail server is there; return how many left."""
    connection = get_connection()
    total, up = 0, True
    while up and (ids := queue.claim(limit=batch, now=now)):
        sent, up = deliver(ids, connection, now=now)
        total += sent
    return total
