"""What working time a person may have: rest between shifts, days in a row, minutes a week. Pure.

A shift belongs to the day on which it begins, at its site; weeks go from Monday to Sunday.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from callcenter.templatetags.ui import day as day_in_words
from callcenter.templatetags.ui import duration

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Code(StrEnum):
    """Which limit is broken."""

    OVERLAP = "overlap"
    REST = "rest"
    DAYS = "days"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Span:
    """A shift as limits see it: from and to (aware), its local day, and the minutes of it that count as work."""

    starts_at: datetime
    ends_at: datetime
    day: date
    working_minutes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person may work: `weekly_minutes` by their contract, the rest by the rules of their site."""

    rest_minutes: int = 11 * 60
    days_in_row: int = 6
    weekly_minutes: int = 40 * 60


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that is broken on `day`: `found` against `limit`, in minutes, or in days for days in a row.

    `day` is that of the later shift for overlap and rest, the first day too many of a row, the Monday of a week.
    `begins` says when the later shift begins, in local time as 07:00; it is empty where no single shift is meant.
    """

    code: Code
    day: date
    found: int
    limit: int
    begins: str = ""

    @property
    def words(self) -> str:
        """Say it in the reader's language."""
        on = day_in_words(self.day)
        if self.code == Code.DAYS:
            found = ngettext(
                "%(found)d day in a row on %(day)s; at most %(limit)d.",
                "%(found)d days in a row on %(day)s; at most %(limit)d.",
                self.found,
            )
            return found % {"found": self.found, "day": on, "limit": self.limit}
        facts = {"day": on, "time": self.begins, "found": duration(self.found * 60)}
        facts["limit"] = duration(self.limit * 60)
        if self.code == Code.OVERLAP:
            return gettext("Two shifts at once on %(day)s at %(time)s.") % facts
        if self.code == Code.REST:
            return (
                gettext("%(found)s of rest before the shift on %(day)s at %(time)s; at least %(limit)s.")
                % facts
            )
        return gettext("%(found)s of work in the week of %(day)s; at most %(limit)s.") % facts

    def is_worse_than(self, other: "Broken") -> bool:
        """Say whether the same limit is broken further than in `other`."""
        return self.found < other.found if self.code == Code.REST else self.found > other.found


def broken(spans: Sequence[Span], limits: Limits, zone: ZoneInfo) -> list[Broken]:
    """Return which limits the shifts of one person break, in any order, by day; `zone` is that of the site."""
    found = [*_between(spans, limits, zone), *_in_row(spans, limits), *_weeks(spans, limits)]
    return sorted(found, key=lambda one: (one.day, one.code))


def added(before: Sequence[Broken], after: Sequence[Broken]) -> list[Broken]:
    """Return what is broken `after` a change and was not `before`, or not as far."""
    known = {(one.code, one.day): one for one in before}
    return [one for one in after if (was := known.get((one.code, one.day))) is None or one.is_worse_than(was)]


def _between(spans: Sequence[Span], limits: Limits, zone: ZoneInfo) -> Iterator[Broken]:
    least = timedelta(minutes=limits.rest_minutes)
    free_from: datetime | None = None
    for span in sorted(spans, key=lambda one: (one.starts_at, one.ends_at)):
        if free_from is not None and (span.starts_at < free_from or span.starts_at - free_from < least):
            yield _too_close(free_from, span, limits, zone)
        free_from = max(span.ends_at, free_from or span.ends_at)


def _too_close(free_from: datetime, span: Span, limits: Limits, zone: ZoneInfo) -> Broken:
    begins = f"{span.starts_at.astimezone(zone):%H:%M}"
    if span.starts_at < free_from:
        over = min(free_from, span.ends_at) - span.starts_at
        return Broken(Code.OVERLAP, span.day, int(over / MINUTE), 0, begins)
    rest = int((span.starts_at - free_from) / MINUTE)
    return Broken(Code.REST, span.day, rest, limits.rest_minutes, begins)


def _in_row(spans: Sequence[Span], limits: Limits) -> Iterator[Broken]:
    days = sorted({span.day for span in spans})
    rows: list[list[date]] = [days[:1]] if days else []
    for before, day in pairwise(days):
        if day - before == DAY:
            rows[-1].append(day)
        else:
            rows.append([day])
    for row in rows:
        if len(row) > limits.days_in_row:
            yield Broken(Code.DAYS, row[limits.days_in_row], len(row), limits.days_in_row)


def _weeks(spans: Sequence[Span], limits: Limits) -> Iterator[Broken]:
    minutes: dict[date, int] = defaultdict(int)
    for span in spans:
        minutes[span.day - span.day.weekday() * DAY] += span.working_minutes
    for monday, worked in minutes.items():
        if worked > limits.weekly_minutes:
            yield Broken(Code.WEEK, monday, worked, limits.weekly_minutes)
