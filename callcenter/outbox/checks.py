"""What a start refuses."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@register()
def production_sends_mail(**_kwargs: Any) -> list[Error]:
    """Refuse a production start that would keep, print or drop mails instead of sending them to a server."""
    if settings.EMBEDDED or (settings.EMAIL_BACKEND == SMTP and settings.EMAIL_HOST):
        return []
    return [
        Error(
            "Production needs an SMTP server.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.com:587.",
            id="outbox.E001",
        )
    ]
