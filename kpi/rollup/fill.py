"""Counting the calls of a site anew: for some half hours, and for the days that these lie in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Final

import numpy as np
from django.db import connection

from callcenter.beside import ahead
from kpi.rollup import stage
from kpi.rollup.calls import HALF_HOUR, MICROSECOND, microseconds, read
from kpi.rollup.grains import OF_CALLS, PLANS, Grain, replace
from kpi.rollup.stretch import DAY, Stretch

CUT: Final = """
SELECT EXISTS (SELECT FROM kpi_linehalfhour WHERE site = %(site)s AND at >= %(at)s AND at < %(until)s)
    AND NOT EXISTS (SELECT FROM calls_call WHERE site_id = %(site)s AND entered_at >= %(begin)s AND entered_at < %(month)s)
"""


def fill(stretch: Stretch) -> None:
    """Count the stretch anew at every grain but the months. It must not be counted by anybody else meanwhile."""
    given: dict[str, Any] = {"site": stretch.site, "slots": list(stretch.slots)}
    with connection.cursor() as cursor:
        cursor.execute(PLANS)
        given["days"] = [day for day in stretch.days if not _is_cut(cursor, stretch, day)]
        parts = [
            part
            for day in stretch.days
            for part in _parts(cursor, stretch, day, is_whole=day in given["days"])
        ]
        # One grain is counted while the database puts the one before in its place.
        for grain, texts in ahead(_written(parts, stretch.site)):
            stage.fill(cursor, grain, texts)
            touched = "%(days)s::date[]" if grain.of_days else "%(slots)s::timestamp[]"
            replace(cursor, grain, stage.rows(grain), f"t.at = ANY({touched})", given)


def _parts(cursor: Any, stretch: Stretch, day: date, *, is_whole: bool) -> Iterator[tuple[bool, stage.Part]]:
    """Read the calls of a day: those of the half hours that are touched, and all of the day if all are kept.

    Each with whether its times are days.
    """
    calls, names = read(cursor, stretch.given(day))
    begin = microseconds(datetime.combine(day, time()))
    calls["at"] = calls["at"] // HALF_HOUR * HALF_HOUR
    touched = np.isin(calls["at"], [microseconds(slot) for slot in stretch.slots if slot.date() == day])
    yield False, stage.Part({name: column[touched] for name, column in calls.items()}, names)
    if is_whole:
        on_day = (calls["at"] >= begin) & (calls["at"] < begin + DAY // MICROSECOND)
        of_day = {name: column[on_day] for name, column in calls.items()}
        of_day["at"][:] = begin
        yield True, stage.Part(of_day, names)


def _written(parts: list[tuple[bool, stage.Part]], site: int) -> Iterator[tuple[Grain, list[str]]]:
    for grain in OF_CALLS:
        texts = [stage.written(grain, part, site) for of_days, part in parts if of_days == grain.of_days]
        yield grain, texts


def _is_cut(cursor: Any, stretch: Stretch, day: date) -> bool:
    """Say whether the calls of the first hours of a day are no longer kept: its figures stay then as they are.

    Calls are dropped by the month of UTC, which can end within a day of the site; half hours remember them.
    """
    begin = stretch.instant(datetime.combine(day, time())).astimezone(UTC)
    month = stretch.instant(datetime.combine(day + DAY, time())).astimezone(UTC)
    month = month.replace(day=1, hour=0, minute=0, second=0)
    if not begin < month:
        return False
    given = {"site": stretch.site, "begin": begin, "month": month}
    given |= {
        "at": datetime.combine(day, time()),
        "until": month.astimezone(stretch.zone).replace(tzinfo=None),
    }
    cursor.execute(CUT, given)
    return bool(cursor.fetchone()[0])
