"""The mail backend of the embedded product: it keeps mails for the mailbox page."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from callcenter.outbox.models import StoredMail


class MailboxBackend(BaseEmailBackend):
    """Stores instead of sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep every mail; return how many."""
        StoredMail.objects.bulk_create(_stored(mail) for mail in email_messages)
        return len(email_messages)


def _stored(mail: EmailMessage) -> StoredMail:
    html = next((part.content for part in getattr(mail, "alternatives", [])), "")
    return StoredMail(
        sender=mail.from_email,
        to=", ".join(mail.recipients()),
        subject=str(mail.subject),
        text=str(mail.body),
        html=html,
        message_id=mail.extra_headers.get("Message-ID", ""),
    )
