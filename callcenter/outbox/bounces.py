"""Mails that were taken and came back: which of ours a report means, and what is written down of it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message, State

# So long a mail server tries before it gives a mail up (RFC 5321, 4.5.4.1).
COMES_BACK_WITHIN = timedelta(days=5)
OURS = re.compile(r"<?(\d{1,18})\..+@.+>?")

Bounced = tuple[Message, list[str]]
"""A message and those of its addresses that a report is about."""


def reported(message_id: str, recipient: str, *, now: datetime) -> list[Bounced]:
    """Return what a report means, each message locked; errors name what is unknown.

    A Message-ID without a recipient means everybody in To; a recipient without a Message-ID every mail that was sent
    to that address within the days after which mails still come back.
    """
    if message_id:
        row = _by_message_id(message_id)
        return [(row, _addresses(row, recipient) if recipient else row.to)]
    if not recipient:
        raise DomainError(
            _("The report does not say which mail came back."),
            code="required",
            field="message_id",
            mend=_("Give its Message-ID, the address that it could not reach, or both."),
        )
    found = [(row, _addresses(row, recipient)) for row in _sent_to(recipient, now)]
    if not found:
        raise _unknown("recipient", _("We sent no mail to this address within the last five days."))
    return found


def note(row: Message, addresses: list[str], reason: str, *, now: datetime) -> list[str]:
    """Write down which addresses the mail has not reached after all; return those of which it was news.

    Who is in To counts as not told, as after a refusal at sending; a copy that came back is noted and no more.
    """
    news = [address for address in addresses if f"{address} bounced" not in row.error]
    if not news:
        return []
    lines = [row.error, *(f"{address} bounced: {reason}" for address in news)]
    Message.objects.filter(pk=row.pk).update(error="\n".join(filter(None, lines))[-2000:])
    untold = {address for address in news if address in row.to and address not in row.untold}
    if untold:
        queue.count_as_untold(row, untold, now=now)
    return news


def _by_message_id(message_id: str) -> Message:
    known = OURS.fullmatch(message_id.strip())
    rows = Message.objects.select_for_update().filter(pk=int(known[1]) if known else 0, channel=Channel.EMAIL)
    row = rows.first()
    if row is None or row.message_id.strip("<>") != message_id.strip().strip("<>"):
        raise _unknown("message_id", _("This is no Message-ID of ours."))
    return row


def _addresses(row: Message, recipient: str) -> list[str]:
    meant = [address for address in (*row.to, *row.cc) if address.lower() == recipient.lower()]
    if not meant:
        raise _unknown("recipient", _("That mail was not sent to this address."))
    return meant


def _sent_to(recipient: str, now: datetime) -> Iterator[Message]:
    sent: QuerySet[Message] = Message.objects.select_for_update().filter(
        channel=Channel.EMAIL, state=State.SENT, due_at__gt=now - COMES_BACK_WITHIN
    )
    # An address that contains this one is found as well.
    named = sent.annotate(in_to=Cast("to", TextField()), in_cc=Cast("cc", TextField())).filter(
        Q(in_to__icontains=recipient) | Q(in_cc__icontains=recipient)
    )
    for row in named.order_by("pk"):
        if recipient.lower() in {address.lower() for address in (*row.to, *row.cc)}:
            yield row


def _unknown(field: str, message: str) -> DomainError:
    return DomainError(
        message, code="unknown", field=field, mend=_("Give it as it stands in the mail that came back.")
    )
