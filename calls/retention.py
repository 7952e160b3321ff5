"""How long calls are kept."""

from datetime import UTC, datetime
from typing import Final

from calls.models import Retention
from calls.store import months

FOR_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def oldest(now: datetime) -> datetime:
    """Return the first moment whose calls are kept."""
    kept = Retention.objects.values_list("months", flat=True).first()
    return FOR_EVER if kept is None else months.after(months.month_of(now), -kept)
