"""The partitions of the calls: one for each month (UTC), made when its first call comes.

The parent has the primary key alone. Every other index of the model is each month's own, so that a month that many calls
are loaded into can go without until they are in: built at once, an index costs a fifth of what it costs call by call.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from django.db import connection

from calls.models import Call

TABLE: Final = "calls_call"
INDEXES: Final = {str(index.name): index for index in Call._meta.indexes}
KNOWN: Final = f"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{TABLE}'::regclass"  # noqa: S608 (our table)
# Built aside and hung in: so only others who hang in a month wait, and nobody who reads or writes calls.
MAKE: Final = """
CREATE TABLE {name} (LIKE calls_call INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE calls_call ATTACH PARTITION {name} FOR VALUES FROM ('{since}') TO ('{until}')
"""
# The indexes of a month are called like the model's, with the month behind.
BARE: Final = f"""
SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{TABLE}'::regclass AND %(count)s > (
    SELECT count(*) FROM pg_index x JOIN pg_class n ON n.oid = x.indexrelid
    WHERE x.indrelid = inhrelid AND left(n.relname, {-len("_YYYYMM")}) = ANY(%(names)s)
) ORDER BY 1
"""  # noqa: S608 (our table)
PATIENCE: Final = "SET LOCAL lock_timeout = '5s'"


def ensure(moments: Iterable[datetime], *, bare: bool = False) -> None:
    """Make the partitions that calls of these moments need, and are not there yet; `bare` ones get their indexes later."""
    wanted = {month_of(moment) for moment in moments}
    missing = sorted(month for month in wanted if name_of(month) not in existing())
    if missing:
        lock()
        there = existing()
        for month in missing:
            if name_of(month) not in there:
                _make(month)
                if not bare:
                    _index(name_of(month))


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


def bare() -> list[str]:
    """Return the partitions, by name, that lack an index."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, {"names": list(INDEXES), "count": len(INDEXES)})
        return [name for (name,) in cursor.fetchall()]


def index(name: str) -> None:
    """Give a partition the indexes it lacks, in a transaction of its own: nobody writes into the month until its end.

    Who writes meanwhile is waited for some seconds; OperationalError if they take longer.
    """
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE)
        if name in existing():
            cursor.execute(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")
            _index(name)
        cursor.execute("SET LOCAL lock_timeout = 0")


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
        cursor.execute(PATIENCE)
        cursor.execute(f"DROP TABLE {name}")
        cursor.execute("SET LOCAL lock_timeout = 0")
        cursor.execute("DELETE FROM calls_callkey WHERE entered_at >= %s AND entered_at < %s", bounds)
    return gone


def _make(month: datetime) -> None:
    names = {"name": name_of(month), "since": month.isoformat(), "until": after(month).isoformat()}
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(**names))


def _index(name: str) -> None:
    with connection.schema_editor() as editor, connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [name])
        there = {known for (known,) in cursor.fetchall()}
        for index in INDEXES.values():
            own = index.clone()
            own.name = f"{index.name}{name.removeprefix(TABLE)}"
            if own.name not in there:
                statement = own.create_sql(Call, editor)
                statement.rename_table_references(TABLE, name)
                editor.execute(statement, params=None)
