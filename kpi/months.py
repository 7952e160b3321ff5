"""Months as they are assessed: named by their first day, read over their local days."""

from collections.abc import Iterator
from datetime import date, timedelta


def first_of(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def after(month: date, number: int = 1) -> date:
    """Return the first day of the month that comes `number` months after `month`; before it, for a negative number."""
    years, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(years, index + 1, 1)


def last_of(month: date) -> date:
    """Return the last day of a month."""
    return after(month) - timedelta(days=1)


def between(first: date, last: date) -> Iterator[date]:
    """Yield the months from `first` to `last`, both included."""
    while first <= last:
        yield first
        first = after(first)
