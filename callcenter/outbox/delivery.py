"""How a claimed message leaves the house. Sending happens outside every transaction."""

import logging
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message

log = logging.getLogger(__name__)

PERMANENT = 500  # SMTP replies from here on are final (RFC 5321, 4.2.1)


class DeliveryFailed(Exception):
    """The message did not leave; `permanent` says whether trying again is pointless."""

    def __init__(self, why: str, *, permanent: bool = False) -> None:
        super().__init__(why)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in its reader's language."""

    subject: str
    text: str
    html: str


def render(row: Message) -> Rendered:
    """Render a message from its templates, instants in the reader's time zone."""
    context = {**row.context, "public_url": settings.PUBLIC_URL}
    for name, value in row.context.items():
        if name.endswith("_at") and value:
            context[name] = datetime.fromisoformat(value)
    with translation.override(row.language), timezone.override(zoneinfo.ZoneInfo(row.time_zone)):
        subject = " ".join(render_to_string(f"{row.template}.subject.txt", context).split())
        text = render_to_string(f"{row.template}.txt", context).strip() + "\n"
        html = ""
        if row.channel == Channel.EMAIL:
            html = render_to_string(
                "components/email.html",
                {"subject": subject, "paragraphs": text.strip().split("\n\n"), "language": row.language},
            )
    return Rendered(subject, text, html)


def send_email(row: Message, connection: Any) -> None:
    """Hand one email to the server; its Message-ID stays the same however often it is tried."""
    rendered = render(row)
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        to=row.to,
        cc=row.cc,
        connection=connection,
        headers={"Message-ID": f"<{row.pk}.{row.key.replace(':', '.')}@{settings.MAIL_DOMAIN}>"},
    )
    mail.attach_alternative(rendered.html, "text/html")
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused) as refusal:
        raise DeliveryFailed(str(refusal), permanent=_is_final(refusal)) from refusal
    except (SMTPException, OSError) as failure:
        raise DeliveryFailed(f"{type(failure).__name__}: {failure}") from failure


def _is_final(refusal: Exception) -> bool:
    if isinstance(refusal, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _why in refusal.recipients.values())
    return isinstance(refusal, SMTPResponseException) and refusal.smtp_code >= PERMANENT


def deliver(ids: Sequence[int], *, now: datetime) -> int:
    """Send the claimed messages over one connection and settle each; return how many left."""
    rows = Message.objects.filter(pk__in=ids).order_by("due_at", "pk")
    connection = get_connection()
    sent = 0
    try:
        for row in rows:
            try:
                if row.channel == Channel.EMAIL:
                    send_email(row, connection)
            except DeliveryFailed as failure:
                queue.mark_failed(row, error=str(failure), permanent=failure.permanent, now=now)
                connection.close()
            except Exception as failure:  # one message that cannot be rendered must not hold up the rest
                log.exception("message %s cannot be rendered", row.key)
                queue.mark_failed(row, error=f"{type(failure).__name__}: {failure}", permanent=False, now=now)
            else:
                queue.mark_sent(row, now=now)
                sent += 1
    finally:
        connection.close()
    return sent


def drain(*, now: datetime, batch: int = 200) -> int:
    """Send everything that is ready, batch after batch; return how many left."""
    total = 0
    while ids := queue.claim(limit=batch, now=now):
        total += deliver(ids, now=now)
    return total
