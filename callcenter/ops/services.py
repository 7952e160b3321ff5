"""Writes of the people who keep the product running."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict
from callcenter.outbox import bounces, queue
from callcenter.outbox.models import Channel, Message


@transaction.atomic
def requeue_message(*, actor: Actor, message: Message, now: datetime) -> None:
    """Send a message that was given up once more; a Conflict if it moved on, or what it was about has ended."""
    require(actor, "ops.outbox")
    if not queue.requeue(message, now=now):
        raise Conflict(_("This message was not given up."), mend=_("Reload the page: it has moved on."))
    log.record(actor, "message.requeued", message, now=now)


@transaction.atomic
def report_bounce(*, actor: Actor, message_id: str, recipient: str, reason: str, now: datetime) -> int:
    """Write down that mails of ours came back (`bounces.reported`); return of how many that was news."""
    require(actor, "ops.bounces")
    noted = 0
    for row, addresses in bounces.reported(message_id, recipient, now=now):
        if news := bounces.note(row, addresses, reason, now=now):
            log.record(actor, "message.bounced", row, now=now, addresses=news, reason=reason)
            noted += 1
    return noted


def mark_notices_read(*, actor: Actor, now: datetime) -> int:
    """Mark the actor's arrived notices as read; return how many. A person's own, so nothing is asked or audited."""
    arrived = Message.objects.filter(
        channel=Channel.IN_APP, recipient=actor.pk, read_at=None, due_at__lte=now
    )
    return arrived.update(read_at=now)
