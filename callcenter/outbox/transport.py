"""The last step of an email: over SMTP, recipient by recipient, or into another mail backend as a whole."""

import secrets
from collections.abc import Collection
from email.generator import BytesGenerator
from functools import lru_cache
from io import BytesIO
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

LONGEST_LINE = 76
PERMANENT = 500  # SMTP replies from here on are final (RFC 5321, 4.2.1)
# The server closes, or wants TLS or another sign-in first: no word about this message (RFC 5321, 3.8; RFC 4954, 6).
OF_THE_SERVER = {421, 530, 534, 535, 538}

Refused = dict[str, tuple[int, bytes]]


class DeliveryFailed(Exception):
    """The message was refused; `permanent` says whether trying again is pointless, `reached` who has it all the same."""

    def __init__(self, why: str, *, permanent: bool, reached: Collection[str] = ()) -> None:
        super().__init__(why)
        self.permanent = permanent
        self.reached = list(reached)


class ServerDown(Exception):
    """The mail server cannot be used now, whatever the message."""


class _Writer(BytesGenerator):
    """Writes short headers as they are: the library looks for places to fold them, which takes longer than all the rest."""

    _fp: BytesIO
    policy: Any

    def _write_headers(self, msg: Any) -> None:
        for name, value in msg.raw_items():
            text = f"{name}: {value}"
            if len(text) < LONGEST_LINE and text.isascii() and text.isprintable():
                self._fp.write(text.encode() + b"\r\n")
            else:
                self._fp.write(self.policy.fold_binary(name, value))
        self._fp.write(b"\r\n")


def _written(mail: EmailMessage) -> bytes:
    """Return the mail as it goes over the wire."""
    content = mail.message()
    if content.is_multipart():
        # Random, so that no text has to be searched for it, and short, so that its header is not folded.
        content.set_boundary(f"={secrets.token_hex(12)}")
    wire = BytesIO()
    _Writer(wire, mangle_from_=False).flatten(content, linesep="\r\n")
    return wire.getvalue()


@lru_cache(maxsize=10_000)
def _on_the_wire(address: str) -> str:
    return str(sanitize_address(address, "utf-8"))


def hand_over(mail: EmailMessage, addresses: Collection[str], connection: Any) -> Refused:
    """Hand `mail` over for `addresses`; return those that were refused, with the server's reply.

    A backend other than SMTP takes the whole mail or raises. Raises DeliveryFailed when the mail itself is refused,
    ServerDown when the server is away, hangs or does not let us in.
    """
    if not isinstance(connection, EmailBackend):
        connection.send_messages([mail])
        return {}
    content = _written(mail)
    sender = _on_the_wire(mail.from_email)
    names = {_on_the_wire(address): address for address in addresses}
    try:
        connection.open()
        server: Any = connection.connection
        refused = server.sendmail(sender, list(names), content)
    except SMTPRecipientsRefused as refusal:
        if OF_THE_SERVER & {code for code, _reply in refusal.recipients.values()}:
            raise ServerDown(str(refusal)) from refusal
        refused = refusal.recipients
    except (SMTPSenderRefused, SMTPDataError) as refusal:
        if refusal.smtp_code in OF_THE_SERVER:
            raise ServerDown(str(refusal)) from refusal
        raise DeliveryFailed(str(refusal), permanent=refusal.smtp_code >= PERMANENT) from refusal
    except OSError as failure:  # SMTPException is one too
        raise ServerDown(f"{type(failure).__name__}: {failure}") from failure
    return {names[name]: reply for name, reply in refused.items()}
