"""Mails of escalations with their real templates, handed to a local mail server, beside plain text to the same people."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.test import override_settings

from benchmarks import _due
from benchmarks.runner import Bench
from callcenter.outbox import delivery, queue
from callcenter.outbox.models import Message, State
from complaints import services

BATCH = 200
WAIT_AGAIN = """
UPDATE outbox_message SET state = 'queued', attempts = 0, lease_until = NULL, sent_at = NULL
 WHERE key LIKE '%:escalation:1'
"""


def measure(bench: Bench, load: _due.Load) -> None:
    """Send what a sweep has written, again and again; the limit claims and settles a batch by one statement each."""
    count = bench.size("mails", 2000)
    load.rewind(count)
    services.sweep_clocks(now=load.now)
    with _sink() as port, override_settings(**_over_smtp(port)):
        bench.compare(
            "mails_rendered_and_sent",
            product=lambda: _all(delivery.drain(now=load.now), count),
            limit=lambda: _all(sum(_plain(load.now)), count),
            unit="/s",
            better="higher",
            goal=0.5,
            per=count,
            before=_wait_again,
        )


@contextmanager
def _sink() -> Iterator[int]:
    line = [sys.executable, "-m", "benchmarks._sink"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline()) if process.stdout else 0
        finally:
            process.kill()


def _over_smtp(port: int) -> dict[str, object]:
    plain = dict.fromkeys(("EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"), "")
    unsecured = dict.fromkeys(("EMAIL_USE_TLS", "EMAIL_USE_SSL"), False)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, **plain, **unsecured}


def _plain(now: datetime) -> Iterator[int]:
    """Send a line of text for each waiting message over one connection; yield how many a batch had."""
    with get_connection() as server:
        while ids := queue.claim(limit=BATCH, now=now):
            rows = Message.objects.filter(pk__in=ids)
            server.send_messages(
                [
                    EmailMessage(
                        "Breached", f"{row.key} is breached.", to=row.to, cc=row.cc, connection=server
                    )
                    for row in rows
                ]
            )
            rows.update(state=State.SENT, sent_at=now, lease_until=None)
            yield len(ids)


def _wait_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute(WAIT_AGAIN)


def _all(sent: int, count: int) -> None:
    if sent != count:
        message = f"{sent} mails instead of {count}"
        raise AssertionError(message)
