"""Feedback: p95 of the board's list and search, of report and analysis, at 500,000 items; tokens issued and spent a second.

`--size items=500000`. The p95 is of whole requests of one signed-in person, one after another; making the reports of a year
is the weekly task when it has never run.
"""

import itertools
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import _board, anonymity
from benchmarks.runner import Bench
from feedback import services
from feedback.models import Report

GOAL_MS = 100.0
REQUESTS = 60
WORDS = (
    "耳麦",
    "headset",
    "班车 night",
    "roster",
    "绩效工资",
    "canteen",
    "杂音",
    "空调",
    "nothing of the kind",
)


def run(bench: Bench) -> None:
    """Fill the board, make the reports, and ask for every page in turn."""
    bench.database()
    now = timezone.now()
    leader = _board.make(bench.size("items", 500_000), now=now)
    began = time.perf_counter()
    made = services.make_reports(now=now)
    bench.report("one_weekly_report", (time.perf_counter() - began) * 1000 / made, "ms")
    client = Client()
    client.force_login(leader)
    report = Report.objects.latest("since").get_absolute_url()
    pages = {
        "board_list": itertools.cycle(["/feedback/", "/feedback/?sort=-voices", "/feedback/?page=2"]),
        "board_search": (f"/feedback/?q={words}" for words in itertools.cycle(WORDS)),
        "report_page": itertools.repeat(report),
        "report_pdf": itertools.repeat(f"{report}print/"),
        "analysis_year": itertools.cycle(
            f"/feedback/leaders/analysis/?weeks=52&by={by}" for by in ("department", "category", "site")
        ),
    }
    for name, addresses in pages.items():
        ask = _asker(client, addresses)
        goal = GOAL_MS if name.startswith("board") else None
        bench.report(f"{name}_p95", _p95(ask), "ms", goal)
        with CaptureQueriesContext(connection) as queries:
            ask()
        bench.report(f"{name}_queries", len(queries), "")
    anonymity.measure(bench)


def _asker(client: Client, addresses: Iterator[str]) -> Callable[[], None]:
    def ask() -> None:
        address = next(addresses)
        answer = client.get(address)
        if answer.status_code != 200 or not answer.content:  # noqa: PLR2004 (the page)
            message = f"{address} answered {answer.status_code}"
            raise AssertionError(message)

    return ask


def _p95(ask: Callable[[], None]) -> float:
    """Return the milliseconds within which 95 of 100 requests are answered, after warming up."""
    ask()
    taken = []
    for _request in range(REQUESTS):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[int(REQUESTS * 0.95) - 1]
