"""What a start refuses."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def no_mailbox_in_production(**_kwargs: Any) -> list[Error]:
    """Refuse a production start that would keep mails instead of sending them."""
    if settings.EMBEDDED or "MailboxBackend" not in settings.EMAIL_BACKEND:
        return []
    return [Error("The mailbox is for the embedded mode only.", hint="Set EMAIL_URL.", id="outbox.E001")]
