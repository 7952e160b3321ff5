"""How long calls are kept: whole months (UTC), which lie in tables of their own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.db import connection

from calls.models import Retention
from calls.store import months

FOR_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Counted when the database last looked: exact numbers of many millions nobody waits for.
SIZES: Final = """
SELECT c.relname, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'calls_call'::regclass ORDER BY c.relname DESC
"""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of calls: about how many there are, and the bytes they take."""

    begins: datetime
    calls: int
    size: int


def kept_months() -> int | None:
    """Return for how many months before the running one calls are kept; None is for ever."""
    return Retention.objects.values_list("months", flat=True).first()


def oldest(now: datetime, kept: int | None = None) -> datetime:
    """Return the first moment whose calls are kept: as it is set, or if so many months were."""
    kept = kept_months() if kept is None else kept
    return FOR_EVER if kept is None else months.after(months.month_of(now), -kept)


def too_old(now: datetime, kept: int | None = None) -> list[datetime]:
    """Return the months, each by its beginning, whose calls are kept no more."""
    return [month for month in months.existing().values() if month < oldest(now, kept)]


def held() -> list[Month]:
    """Return the months that have calls, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        begins = months.existing()
        return [Month(begins[name], calls, size) for name, calls, size in cursor.fetchall()]
