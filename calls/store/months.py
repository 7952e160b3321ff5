"""The partitions of the calls: one for each month (UTC), made when its first call comes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from django.db import connection

TABLE: Final = "calls_call"
KNOWN: Final = f"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{TABLE}'::regclass"  # noqa: S608 (our table)
# Built aside and hung in: so only others who hang in a month wait, and nobody who reads or writes calls.
MAKE: Final = """
CREATE TABLE {name} (LIKE calls_call INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE calls_call ATTACH PARTITION {name} FOR VALUES FROM ('{since}') TO ('{until}')
"""


def ensure(moments: Iterable[datetime]) -> None:
    """Make the partitions that calls of these moments need, and are not there yet."""
    wanted = {month_of(moment) for moment in moments}
    missing = sorted(month for month in wanted if name_of(month) not in existing())
    if missing:
        lock()
        there = existing()
        for month in missing:
            if name_of(month) not in there:
                _make(month)


def between(first: datetime, last: datetime) -> list[datetime]:
    """Return the months from that of `first` to that of `last`."""
    months, end = [month_of(first)], month_of(last)
    while months[-1] < end:
        months.append(after(months[-1]))
    return months


def month_of(moment: datetime) -> datetime:
    """Return the beginning of the month in which a moment lies."""
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def after(month: datetime, count: int = 1) -> datetime:
    """Return the beginning of the month so many months later, or earlier."""
    months = month.year * 12 + month.month - 1 + count
    return month.replace(year=months // 12, month=months % 12 + 1)


def name_of(month: datetime) -> str:
    """Return the name of a month's partition."""
    return f"{TABLE}_{month:%Y%m}"


def existing() -> dict[str, datetime]:
    """Return the partitions there are by name, the oldest first, each with its month."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        names = sorted(name for (name,) in cursor.fetchall())
    return {name: datetime.strptime(name[-6:], "%Y%m").replace(tzinfo=UTC) for name in names}


def lock() -> None:
    """Wait for others who make or drop partitions, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('months of calls', 0))")


def drop(month: datetime) -> list[tuple[str, int]]:
    """Drop the calls of a month with their keys; return how many there were of each source.

    Who reads calls meanwhile is waited for some seconds; OperationalError if they take longer.
    """
    name, bounds = name_of(month), [month, after(month)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT source, count(*) FROM {name} GROUP BY source ORDER BY source")  # noqa: S608 (a month)
        gone: list[tuple[str, int]] = cursor.fetchall()
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(f"DROP TABLE {name}")
        cursor.execute("SET LOCAL lock_timeout = 0")
        cursor.execute("DELETE FROM calls_callkey WHERE entered_at >= %s AND entered_at < %s", bounds)
    return gone


def _make(month: datetime) -> None:
    names = {"name": name_of(month), "since": month.isoformat(), "until": after(month).isoformat()}
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(**names))
