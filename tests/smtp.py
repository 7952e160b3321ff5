"""A real SMTP server's inbox, which can be told to refuse, and a server that fails everybody."""

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import BinaryIO

# It tells of every command of every mail.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class Inbox:
    """Keeps what arrives; answers recipients in `refused` with the SMTP reply given for them."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[list[str]] = []
        self.refused: dict[str, str] = {}
        self.sender_reply = "250 OK"
        self.data_reply = "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, mail_options) -> str:  # noqa: N802 (aiosmtpd's name)
        """Answer whoever sends."""
        if self.sender_reply.startswith("250"):
            envelope.mail_from = address
        return self.sender_reply

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options) -> str:  # noqa: N802 (aiosmtpd's name)
        """Accept a recipient unless it is refused."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Keep a mail, unless all are refused."""
        if not self.data_reply.startswith("250"):
            return self.data_reply
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.envelopes.append(list(envelope.rcpt_tos))
        return "250 OK"


class Faulty:
    """A real server that fails its callers: it says `greeting`, then a reply by the verb, and hangs up at any other verb.

    An empty greeting or reply is silence, and `at_silence` is called then. `visits` counts those who came.
    """

    def __init__(self, greeting: str = "220 ready", **replies: str) -> None:
        self.greeting, self.replies = greeting, replies
        self.visits = 0
        self.at_silence: Callable[[], None] = lambda: None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                caller, _address = self._listener.accept()
                self.visits += 1
                with caller, caller.makefile("rwb") as talk, suppress(OSError):
                    self._talk(talk)

    def _talk(self, talk: BinaryIO) -> None:
        self._say(talk, self.greeting)
        for line in talk:
            verb = line.split()[0].decode().upper()
            if verb not in self.replies:
                return
            self._say(talk, self.replies[verb])

    def _say(self, talk: BinaryIO, reply: str) -> None:
        if reply:
            talk.write(f"{reply}\r\n".encode())
            talk.flush()
        else:
            self.at_silence()
