"""A file of calls comes in by the shipped way, beside COPY of the same file into a table with a key and one index.

As in a centre, a worker of its own counts what the job has committed (benchmarks/_counter.py); the time is that until both
are done.
"""

import resource
import tempfile
from datetime import timedelta
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, Final

from django.db import connection

from benchmarks._counter import Counter
from benchmarks._kpi_centre import FIRST, NOW, Centre, make
from benchmarks.runner import Bench
from callcenter.access import SYSTEM
from callcenter.imports import kinds, services
from callcenter.imports.enums import Mode
from callcenter.imports.models import Import
from callcenter.imports.run import run
from calls.models import Source
from calls.store import months
from kpi.models.rollups import StaleMonth, StaleSlot
from kpi.services import rollups

Prepared = tuple[Import, Counter]
DAY: Final = timedelta(days=1)
BARE: Final = """
DROP TABLE IF EXISTS bare;
CREATE TABLE bare (
    call_id text PRIMARY KEY, entered_at timestamptz, agent text, queue text, customer text, topic text, outcome text,
    wait integer, talk integer, hold integer, wrap integer, resolved boolean, satisfaction smallint
);
CREATE INDEX ON bare (agent, entered_at)
"""
ROLLUPS: Final = """
SELECT string_agg(format('%I', relname), ', ') FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname ~ '^kpi_(line|stale|.*(slot|day|month|half))'
"""


def measure(bench: Bench) -> None:
    """Measure a new file, the same file again, and a day that comes to many calls."""
    bench.database()
    centre = make(bench.size("agents", 3000))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "calls.csv")
        count = bench.size("calls", 1_000_000)
        centre.write(file, first=0, count=count, since=FIRST)
        _new_file(bench, centre, file, count)
        _day(bench, centre, Path(folder, "day.csv"))


def _new_file(bench: Bench, centre: Centre, file: Path, count: int) -> None:
    prepared: list[Prepared] = []

    def before(*, anew: bool) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE)
            if anew:
                forget(cursor)
            cursor.execute("CHECKPOINT")
        _prepare(prepared, _sent(centre, file))

    product, limit = partial(_bring, prepared), partial(_copy, file)
    compare = partial(bench.compare, product=product, limit=limit, unit="/s", better="higher", per=count)
    compare("new_file", goal=0.4, before=partial(before, anew=True))
    bench.report("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    compare("same_file_again", goal=1.0, before=partial(before, anew=False))
    _let_go(prepared)


def _day(bench: Bench, centre: Centre, file: Path) -> None:
    """Each time another day of the site's clock comes; it is the last of all."""
    stock, count = bench.size("stock", 10_000_000), bench.size("day", 210_000)
    with connection.cursor() as cursor:
        forget(cursor)
    source = Source.objects.get(name="acd")
    centre.fill(source=source.pk, count=stock, since=FIRST)
    prepared: list[Prepared] = []
    days = iter(range(1000))

    def before() -> None:
        number = next(days)
        begin = FIRST + (ceil(centre.span(stock) / DAY) + number) * DAY
        centre.write(file, first=stock + number * count, count=count, since=begin)
        with connection.cursor() as cursor:
            cursor.execute(BARE)
            cursor.execute("CHECKPOINT")
        _prepare(prepared, _sent(centre, file))

    bench.compare(
        "day_into_stock",
        product=partial(_bring, prepared),
        limit=partial(_copy, file),
        unit="/s",
        goal=0.25,
        better="higher",
        per=count,
        before=before,
    )
    _let_go(prepared)


def forget(cursor: Any) -> None:
    """Have no call and no figure, as before the first file."""
    for name in months.existing():
        cursor.execute(f"DROP TABLE {name}")
    cursor.execute(ROLLUPS)
    cursor.execute(f"TRUNCATE calls_callkey, {cursor.fetchone()[0]}")


def _sent(centre: Centre, file: Path) -> Import:
    with file.open("rb") as opened:
        batch = services.send_file(
            actor=SYSTEM,
            kind=kinds.get("calls"),
            file=opened,
            file_name="calls.csv",
            given={"site": centre.site, "source": "acd", "time_zone": ""},
            now=NOW,
        )
    return services.begin(actor=SYSTEM, batch=batch, mode=Mode.GOOD, trial=False, now=NOW)


def _prepare(prepared: list[Prepared], batch: Import) -> None:
    """Have the file, and the worker that counts beside the job, stand ready."""
    _let_go(prepared)
    prepared.append((batch, Counter()))


def _let_go(prepared: list[Prepared]) -> None:
    """End the worker that nobody needed: what was measured was the other side."""
    while prepared:
        prepared.pop()[1].finish()


def _bring(prepared: list[Prepared]) -> None:
    """Bring the file in while the worker beside counts what is committed; done when nothing is left to count."""
    batch, worker = prepared.pop()
    batch = run(actor=SYSTEM, batch=batch, now=NOW, advance=lambda _done, _total: None)
    worker.finish()
    rollups.refresh_all()  # days are counted; months are left
    if batch.rejected or not batch.rows:
        message = f"{batch.rejected} of {batch.rows} rows were refused"
        raise AssertionError(message)
    if StaleSlot.objects.exists() or StaleMonth.objects.exists():
        raise AssertionError("something was left to count")


def _copy(file: Path) -> None:
    with connection.cursor() as cursor, file.open(encoding="utf-8") as opened:
        cursor.execute("SET TIME ZONE 'Asia/Shanghai'")
        cursor.copy_expert("COPY bare FROM STDIN (FORMAT csv, HEADER)", opened)
        cursor.execute("SET TIME ZONE 'UTC'")
