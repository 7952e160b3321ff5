"""What came in of a followed log on a day of its site is an import: counted, and what was refused is kept to be mended."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from callcenter.access import Actor
from callcenter.audit import log
from callcenter.imports.enums import Mode, State
from callcenter.imports.kinds import Taken
from callcenter.imports.models import Import, Reject
from callcenter.sheets.cells import shown
from calls.intake import CallRow
from calls.queue_log.models import Follower
from calls.queue_log.table import HEADER, TABLE, as_cells

LINES, CALLS = "queue_log", "calls"
"""Kinds of file: what could not be read is sent again as lines, what was refused as calls."""
HEADERS: Final = {LINES: TABLE, CALLS: [*HEADER, "visit"]}
COUNTS: Final = ("new", "changed", "unchanged", "rejected")
BadLines = Sequence[tuple[int, str, str]]
"""Number of a line in its step, the line, and why it tells nothing."""


def keep(
    follower: Follower, taken: Taken, rows: Sequence[CallRow], bad: BadLines, *, actor: Actor, now: datetime
) -> None:
    """Add what a step brought to the day's import; lines are numbered from the first that was ever read.

    The follower must be locked. The first step of a day writes into the audit what the day before brought.
    """
    day = _import(follower, LINES, actor, now)
    counts = {"new": taken.new, "changed": taken.changed, "unchanged": taken.unchanged}
    _add(day, **counts, rejected=len(bad))
    _refuse(day, ((follower.lines + row, "", reason, as_cells(line)) for row, line, reason in bad))
    if taken.refused:
        by_row = {row.row: row for row in rows}
        calls = _import(follower, CALLS, actor, now)
        _add(calls, rejected=len(taken.refused))
        _refuse(
            calls,
            (
                (follower.lines + row, field, reason, _cells(by_row[row], _zone(follower)))
                for row, field, reason in taken.refused
            ),
        )


def of(follower: Follower) -> QuerySet[Import]:
    """Return the imports of a followed log."""
    return Import.objects.filter(place=follower.site_id, options__follower=follower.pk)


def told(day: Import | None) -> dict[str, Any]:
    """Return what the audit says of a day."""
    return {"day": day.options["day"]} | {name: getattr(day, name) for name in COUNTS} if day else {}


def _import(follower: Follower, kind: str, actor: Actor, now: datetime) -> Import:
    """Return the import of today."""
    day = now.astimezone(_zone(follower)).date().isoformat()
    mine = of(follower).filter(kind=kind).order_by("-at", "-pk")
    last = mine.first()
    if last and last.options["day"] == day:
        return last
    if last and kind == LINES:
        log.record(actor, "log.read", follower, now=now, **told(last))
    return Import.objects.create(
        kind=kind,
        by_id=actor.pk,
        at=now,
        place=follower.site_id,
        file_name=f"{Path(follower.path).name} {day}"[-200:],
        options={
            "site": follower.site_id,
            "source": follower.source,
            "time_zone": "" if kind == LINES else _zone(follower).key,
            "follower": follower.pk,
            "day": day,
        },
        header=HEADERS[kind],
        columns=HEADERS[kind],
        mode=Mode.GOOD,
        state=State.DONE,
    )


def _zone(follower: Follower) -> ZoneInfo:
    return ZoneInfo(follower.site.calendar.time_zone)


def _add(day: Import, **counts: int) -> None:
    more = {name: F(name) + number for name, number in counts.items()}
    Import.objects.filter(pk=day.pk).update(rows=F("rows") + sum(counts.values()), **more)


def _refuse(day: Import, bad: Iterable[tuple[int, str, str, list[str]]]) -> None:
    Reject.objects.bulk_create(
        Reject(batch=day, row=row, column=column[:120], reason=reason[:300], raw=raw)
        for row, column, reason, raw in bad
    )


def _cells(row: CallRow, zone: ZoneInfo) -> list[str]:
    values = {name: getattr(row, name) for name in HEADERS[CALLS]}
    values["entered_at"] = row.entered_at.astimezone(zone)
    return [shown(value) for value in values.values()]
