"""China's statutory calendar: public holidays and make-up working days, from the maintained `holidays` library."""

from datetime import date
from functools import cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

import holidays

from callcenter.worktime.clock import WorkHours
from callcenter.worktime.spec import Spec, YearDays

EDITION = version("holidays")
"""Names what is known of the public holidays: another one, perhaps other days."""
DEFAULT_HOURS = ((8 * 3600 + 30 * 60, 17 * 3600 + 30 * 60),)


@cache
def year_days(year: int) -> YearDays:
    """Return the days of one year.

    The State Council publishes a year's holidays together with its make-up days; before that the library knows only
    the statutory dates. A year without make-up days is therefore not published yet, and what counts on it provisional.
    """
    days = holidays.country_holidays("CN", years=year)
    makeups = frozenset(day for day in days.weekend_workdays if day.year == year)
    return YearDays(frozenset(_of(year, days)), makeups, published=bool(makeups))


def _of(year: int, days: holidays.HolidayBase) -> list[date]:
    return [day for day in days if day.year == year]


CN = WorkHours(Spec(zone=ZoneInfo("Asia/Shanghai"), weekly=(DEFAULT_HOURS,) * 5 + ((), ()), public=year_days))
"""The built-in calendar `CN`: 08:30–17:30 on every working day of China."""
