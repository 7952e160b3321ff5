"""Since when the people and rules of tests are there."""

from datetime import UTC, date, datetime

SINCE = date(2025, 1, 1)
MADE = datetime(2025, 1, 1, tzinfo=UTC)
