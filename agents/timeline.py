"""What holds of one subject from day to day: a row ends where the next begins. Reads and writes no database."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange


class Timeline:
    """The dated rows of one subject, in their order, at most one for each day; what is changed waits to be written.

    `key` are the fields that name the subject, `attribute` the field in which its rows differ ("" where a row says no
    more than that it holds).
    """

    def __init__(
        self, model: type[Any], key: dict[str, Any], attribute: str, rows: Iterable[Any] = ()
    ) -> None:
        self.model, self.key, self.attribute = model, key, attribute
        self.rows: list[Any] = list(rows)
        self.gone: list[Any] = []
        self.begun: list[Any] = []
        self.changed: list[Any] = []

    def on(self, day: date) -> Any | None:
        """Return the row that holds on `day`."""
        return next((row for row in self.rows if row.period.lower <= day and not _ended(row, day)), None)

    def after(self, day: date) -> Any | None:
        """Return the first row that begins after `day`."""
        return next((row for row in self.rows if row.period.lower > day), None)

    def value(self, row: Any | None) -> Any:
        """Return what the row says; None for no row."""
        return getattr(row, self.attribute) if row is not None and self.attribute else None

    def put(self, value: Any, since: date, until: date | None = None) -> bool:
        """Let `value` hold from `since` until before `until`, or before the next row; say whether that changes anything.

        The row of `since` ends there; rows that begin later stay.
        """
        current, following = self.on(since), self.after(since)
        end = min((day for day in (until, following and following.period.lower) if day), default=None)
        if current is None:
            self._begin(value, since, end, following)
            return True
        if self.value(current) == value:
            return self._reach(current, current.period.lower, end)
        if current.period.lower == since:
            setattr(current, self.attribute, value)
            self._note(current)
            self._reach(current, since, end)
            return True
        self._reach(current, current.period.lower, since)
        self._begin(value, since, end, None)
        return True

    def end(self, from_day: date) -> bool:
        """Let nothing hold from `from_day` on; say whether that changes anything."""
        later = [row for row in self.rows if not _ended(row, from_day)]
        for row in later:
            if row.period.lower >= from_day:
                self._remove(row)
            else:
                self._reach(row, row.period.lower, from_day)
        return bool(later)

    def take_back(self, row: Any) -> None:
        """Remove a row as if it had never been put: the one before it, if it ended there, goes on to its end."""
        self._remove(row)
        before = next((one for one in self.rows if one.period.upper == row.period.lower), None)
        if before:
            self._reach(before, before.period.lower, row.period.upper)

    def _begin(self, value: Any, since: date, end: date | None, following: Any | None) -> None:
        """Begin a row; one that would lead up to its like begins earlier instead."""
        if following and end == following.period.lower and self.value(following) == value:
            self._reach(following, since, following.period.upper)
            return
        said = {self.attribute: value} if self.attribute else {}
        row = self.model(**self.key, **said, period=DateRange(since, end))
        self.begun.append(row)
        self.rows.append(row)
        self.rows.sort(key=lambda one: one.period.lower)

    def _reach(self, row: Any, since: date, end: date | None) -> bool:
        if (row.period.lower, row.period.upper) == (since, end):
            return False
        row.period = DateRange(since, end)
        self._note(row)
        return True

    def _note(self, row: Any) -> None:
        if row not in self.begun and row not in self.changed:
            self.changed.append(row)

    def _remove(self, row: Any) -> None:
        self.rows.remove(row)
        for rows in (self.begun, self.changed):
            if row in rows:
                rows.remove(row)
        if row.pk:
            self.gone.append(row)


def _ended(row: Any, day: date) -> bool:
    return row.period.upper is not None and row.period.upper <= day
