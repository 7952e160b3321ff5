"""The figures of an analysis, as plain values: they are shown, sent as JSON, and kept as they were (MonthlyAnalysis)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from agents.models import User
from callcenter.worktime import calendars
from callcenter.worktime.models import Calendar
from calls.models import Customer
from complaints.analysis.statement import EDGES, MOST_REPEATED, statement
from complaints.enums import ClockKind, Status
from complaints.models import Cause

GRAINS: Final = (("day", 1), ("week", 7), ("month", 30))
MOST_POINTS: Final = 62
READ: Final = ("id", "received_at", "resolved_at", "due_at", "site_id", "cause_id", "customer_id")
FAR: Final = timedelta(days=366)
"""No deadline lies further ahead."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """The local days of an analysis, both included."""

    first: date
    last: date

    @property
    def grain(self) -> str:
        """The interval by which so many days can be read as a line."""
        days = (self.last - self.first).days + 1
        return next((name for name, length in GRAINS if days <= length * MOST_POINTS), GRAINS[-1][0])

    def slots(self) -> Iterator[str]:
        """Yield the first day of every interval, as the statement names them."""
        at = self.first
        if self.grain == "week":
            at -= timedelta(days=at.weekday())
        if self.grain == "month":
            at = at.replace(day=1)
        while at <= self.last:
            yield at.isoformat()
            step = {"day": 1, "week": 7, "month": 32}[self.grain]
            at += timedelta(days=step)
            if self.grain == "month":
                at = at.replace(day=1)


def figures(complaints: QuerySet[Any], period: Period, *, now: datetime) -> Figures:
    """Return the figures of `complaints`, received in `period`; lengths of time are working seconds.

    What was merged into another counts there alone. With pauses means: the time spent waiting for the customer counts.
    Of customers only the first letter and a masked contact are told. Six queries at most.
    """
    found = _ask(complaints.exclude(status=Status.MERGED), period, now)
    trend = {row["slot"]: row for row in found["trend"]}
    nothing = {"received": 0, "valid": 0, "late": 0}
    spread = {row["bar"]: row["resolved"] for row in found["spread"]}
    stages = {row["kind"]: row for row in found["stages"]}
    return {
        "from": period.first.isoformat(),
        "until": period.last.isoformat(),
        "grain": period.grain,
        "total": found["total"],
        "causes": _causes(found["causes"]),
        "trend": [{"slot": slot, **nothing, **trend.get(slot, {})} for slot in period.slots()],
        "lasted": {
            name: dict(zip(("p50", "p90"), found["lasted"][name] or (None, None), strict=True))
            for name in ("without_pauses", "with_pauses")
        },
        "spread": [
            {"from": low, "until": high, "resolved": spread.get(bar, 0)}
            for bar, (low, high) in enumerate(zip((0, *EDGES), (*EDGES, None), strict=True))
        ],
        "stages": [
            stages.get(kind, {"kind": kind, "clocks": 0, "breached": 0})
            for kind in (ClockKind.RESPONSE, ClockKind.SAME_DAY, ClockKind.RESOLUTION)
        ],
        "levels": found["levels"],
        "customers": {**found["customers"], "most": _customers(found["customers"]["most"])},
        "staff": {**found["staff"], "most": _staff(found["staff"]["most"])},
        "corrections": found["corrections"],
    }


def _ask(complaints: QuerySet[Any], period: Period, now: datetime) -> Figures:
    query = complaints.order_by().values(*READ, "staff_concerned_id").query
    operations: Any = connection.ops  # PostgreSQL has more of them than others
    chosen = operations.compose_sql(*query.sql_with_params()).replace("%", "%%")
    facts: Figures = {
        "now": now,
        "zone": timezone.get_current_timezone_name(),
        "grain": period.grain,
        "edges": list(EDGES),
        "most": MOST_REPEATED,
    }
    rows = []
    since = datetime.combine(period.first, datetime.min.time(), timezone.get_current_timezone())
    for number, hours in calendars.load_many(list(Calendar.objects.values_list("pk", flat=True))).items():
        table = hours.table(since - FAR, max(now, since) + FAR)
        facts |= {
            f"opens{number}": table.opens,
            f"closes{number}": table.closes,
            f"shift{number}": table.shift,
        }
        rows.append(
            f"({number}, %(opens{number})s::float8[], %(closes{number})s::float8[], %(shift{number})s::float8[])"
        )
    with transaction.atomic(), connection.cursor() as cursor:
        # Clocks are looked up one by one while they are few: what is asked for mostly lies in memory.
        cursor.execute("SET LOCAL random_page_cost = 1.1")
        cursor.execute(statement(chosen, ", ".join(rows)), facts)
        return dict(cursor.fetchone()[0])


def _causes(rows: list[Figures]) -> list[Figures]:
    """Name the causes, most complaints first; those whose cause is not known yet come last, without a code."""
    known = Cause.objects.select_related("parent").in_bulk([row["cause"] for row in rows if row["cause"]])
    unknown = {"code": "", "name": "", "above": ""}
    return [
        {
            **(
                {"code": cause.code, "name": cause.name, "above": cause.parent.name if cause.parent else ""}
                if (cause := known.get(row["cause"]))
                else unknown
            ),
            "received": row["received"],
            "valid": row["valid"],
        }
        for row in sorted(rows, key=lambda row: row["cause"] is None)
    ]


def _customers(rows: list[Figures]) -> list[Figures]:
    known = Customer.objects.in_bulk([row["customer"] for row in rows])
    return [
        {
            "name": f"{known[row['customer']].name[:1]}**",
            "contact": known[row["customer"]].masked_phone,
            "received": row["received"],
        }
        for row in rows
    ]


def _staff(rows: list[Figures]) -> list[Figures]:
    known = User.objects.in_bulk([row["person"] for row in rows])
    return [
        {
            "work_number": known[row["person"]].work_number,
            "name": known[row["person"]].name,
            "received": row["received"],
            "valid": row["valid"],
        }
        for row in rows
    ]
