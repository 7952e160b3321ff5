"""What is left of a year's leave. Pure; all amounts are minutes.

What was carried over from the year before is used up first, by leave that begins while it still holds; what of it is
left then is lost. So leave that begins later cannot be promised out of it.
"""

from dataclasses import dataclass
from datetime import date

FULL_WEEK = 40 * 60
"""The working time a week to which a type's yearly minutes belong."""
HALF_HOUR = 30
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Balance:
    """A person's balance of a type and year.

    `granted` holds the yearly grant and corrections, `carried` what came over, `expired` what of that was lost already,
    `early` and `late` what leave has taken or holds that begins before, and after, what was carried over runs out.
    `waiting` is the part of both that is asked for and not decided.
    """

    granted: int = 0
    carried: int = 0
    expired: int = 0
    early: int = 0
    late: int = 0
    waiting: int = 0

    @property
    def used(self) -> int:
        """Return what leave has taken, or holds for a request."""
        return self.early + self.late

    @property
    def left(self) -> int:
        """Return what is left as the ledger stands."""
        return self.granted + self.carried - self.expired - self.used

    @property
    def unused_carry(self) -> int:
        """Return what of the time carried over would be lost at the end of its time."""
        return max(0, self.carried - self.expired - self.early)

    def left_for(self, *, late: bool) -> int:
        """Return what can be asked for: leave that begins `late` gets nothing of what was carried over."""
        return self.left - self.unused_carry if late else self.left


def carry_ends(year: int, month: int) -> date:
    """Return the first day on which what was carried into `year` no longer holds; `month` is the last one in which it does."""
    return date(year + 1, 1, 1) if month == MONTHS else date(year, month + 1, 1)


def grant(yearly: int, *, weekly: int, employed_from: date | None, year: int) -> int:
    """Return the yearly grant of somebody: by the contract's weekly minutes, and by the days of the year from which they are employed.

    It is rounded up to half hours.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins = max(employed_from or first, first)
    days, whole = (last - begins).days + 1, (last - first).days + 1
    if days <= 0:
        return 0
    exact = yearly * weekly * days
    return -(-exact // (FULL_WEEK * whole * HALF_HOUR)) * HALF_HOUR
