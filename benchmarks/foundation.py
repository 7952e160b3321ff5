"""The working calendar: deadlines beside a bare bisect over ready intervals, and ten years of intervals built."""

import random
import statistics
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.runner import Bench
from callcenter.worktime import china
from callcenter.worktime.clock import WorkHours
from callcenter.worktime.spec import Spec
from callcenter.worktime.table import Table

YEARS = (2017, 2026)
AMOUNT = 18 * 3600
BUILD_GOAL_MS = 10.0

Answers = Callable[[], list[datetime]]


def run(bench: Bench) -> None:
    """Measure both deadlines on the built-in calendar, with starts at any second of eight years."""
    spec = china.CN.spec
    starts = _starts(bench.size("starts", 1000))
    hours, table = WorkHours(spec, YEARS), Table(spec, *YEARS)
    _compare(
        bench,
        "due_two_working_days",
        product=lambda: [hours.due_in_days(at, 2) for at in starts],
        limit=_over(starts, _bare_days(table)),
        per=len(starts),
    )
    _compare(
        bench,
        "due_18_working_hours",
        product=lambda: [hours.due(at, AMOUNT) for at in starts],
        limit=_over(starts, _bare_seconds(table)),
        per=len(starts),
    )
    bench.report("ten_years_built", _milliseconds(lambda: Table(spec, *YEARS)), "ms", BUILD_GOAL_MS)
    bench.report("ten_years_built_first_time", _milliseconds(lambda: _from_scratch(spec)), "ms")


def _compare(bench: Bench, name: str, *, product: Answers, limit: Answers, per: int) -> None:
    if product() != limit():
        message = f"{name}: the bare bisect answers differently, so it is no limit"
        raise AssertionError(message)
    bench.compare(name, product=product, limit=limit, unit="µs", per=per, goal=2.0)


def _starts(count: int) -> list[datetime]:
    dice = random.Random(2026)  # noqa: S311 (a repeatable load, no secret)
    first = datetime(2018, 1, 1, tzinfo=UTC)
    return [first + timedelta(seconds=dice.randrange(8 * 365 * 86400)) for _ in range(count)]


def _bare_days(table: Table) -> Callable[[datetime], datetime]:
    """Return the least that an answer in working days takes: one bisect, and the ready closing instant."""
    midnights, closings = table.midnights, table.closings
    return lambda start: closings[bisect_right(midnights, start.timestamp()) + 1]


def _bare_seconds(table: Table) -> Callable[[datetime], datetime]:
    """Return the least that an answer in business seconds takes: where the start is, and where the amount ends."""
    opens, closes, shift, after = table.opens, table.closes, table.shift, table.after
    from_timestamp = datetime.fromtimestamp

    def due(start: datetime) -> datetime:
        at = start.timestamp()
        i = bisect_right(opens, at) - 1
        closed = closes[i]
        done = shift[i] + (at if at < closed else closed) + AMOUNT  # noqa: FURB136 (a call is slower)
        return from_timestamp(done - shift[bisect_left(after, done)], UTC)

    return due


def _over(starts: list[datetime], due: Callable[[datetime], datetime]) -> Answers:
    return lambda: [due(at) for at in starts]


def _from_scratch(spec: Spec) -> Table:
    """Build with the public holidays read from their library anew, as the first time in a process."""
    china.year_days.cache_clear()
    return Table(spec, *YEARS)


def _milliseconds(work: Callable[[], object], rounds: int = 9) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
