"""The clock that starts periodic tasks: `celery beat --scheduler callcenter.beat:LockedScheduler`.

Any number of them may run and only one starts tasks: the one that holds an advisory lock of PostgreSQL. The lock lives as
long as its database session, so that a killed clock loses it at once and a stand-by takes over at its next try.
"""

from typing import Any

import psycopg2
from celery.beat import PersistentScheduler
from celery.utils.log import get_logger
from django.db import connection

logger = get_logger(__name__)

# Any number that this product uses for no other advisory lock.
LOCK = 0x48415242
SECONDS_BETWEEN_TRIES = 2.0


class LockedScheduler(PersistentScheduler):
    """Celery's scheduler, which starts tasks only while it holds the lock."""

    _session: Any = None
    _holds = False

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Start what is due, if the lock is ours; return the seconds until the next call.

        The lock is asked for here rather than at the start, because a stand-by must still hear the signal to stop.
        """
        if not self._has_lock():
            return SECONDS_BETWEEN_TRIES
        seconds: float = super().tick(*args, **kwargs)
        return seconds

    def close(self) -> None:
        """Write the schedule down and give the lock back."""
        super().close()
        if self._session is not None:
            self._session.close()

    def _has_lock(self) -> bool:
        try:
            # A session that still answers still holds its lock.
            holds = (
                self._ask("SELECT true")
                if self._holds
                else self._ask("SELECT pg_try_advisory_lock(%s)", LOCK)
            )
        except psycopg2.Error as error:
            logger.warning("No database session, so nothing is started: %s", error)
            self._session, holds = None, False
        if holds != self._holds:
            logger.info("This clock starts the tasks." if holds else "This clock stands by.")
        self._holds = holds
        return holds

    def _ask(self, question: str, *values: int) -> bool:
        if self._session is None:
            self._session = _open_session()
        with self._session.cursor() as cursor:
            cursor.execute(question, values)
            return bool(cursor.fetchone()[0])


def _open_session() -> Any:
    """Open a session of our own: Django closes its connections between tasks, and the lock with them.

    Keep-alives notice a database machine that vanished without a word within half a minute.
    """
    known = connection.get_connection_params()
    options = {name: value for name, value in known.items() if name not in {"cursor_factory", "context"}}
    alive = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    session = psycopg2.connect(**{**options, **alive})
    session.autocommit = True
    return session
