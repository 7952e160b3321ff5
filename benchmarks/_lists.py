"""What reading complaints costs: the list and one complaint beside a bare page, the REST list beside a plain one."""

import math
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from agents.models import User
from benchmarks.runner import CPU, Bench
from complaints.models import Complaint

SUPERVISOR = "1001"
BARE, PLAIN = "/bare/", "/plain/"
PAGE, LISTED = 2.0, 1.0
QUERIES, P95_MS = 10, 150
REQUESTS = 100
OK = 200


def measure(bench: Bench) -> None:
    """Measure as a supervisor who sees the complaints of one site."""
    person = User.objects.get(work_number=SUPERVISOR)
    told = Complaint.objects.visible_to(person).filter(alerts__isnull=False).order_by("pk")[0]
    client = Client()
    client.force_login(person)
    with override_settings(ROOT_URLCONF="benchmarks._bare", API_REQUESTS_A_MINUTE=_no_limits()):
        for name, address, beside, goal in (
            ("list_page", "/complaints/", BARE, PAGE),
            ("complaint_page", told.get_absolute_url(), BARE, PAGE),
            ("rest_list_of_50", "/api/v1/complaints/", PLAIN, LISTED),
        ):
            queries = _queries(client, address)
            bench.compare(
                name, product=_request(client, address), limit=_request(client, beside), unit=CPU, goal=goal
            )
            bench.report(f"{name}_queries", queries, "", QUERIES)
            bench.report(f"{name}_p95", _p95(_request(client, address)), "ms", P95_MS)


def _no_limits() -> dict[str, int]:
    return dict.fromkeys(("read", "write", "stranger"), 10**9)


def _request(client: Client, address: str) -> Callable[[], object]:
    return lambda: client.get(address).content


def _queries(client: Client, address: str) -> int:
    """Return how many queries a warm request takes; an answer that is no page would measure nothing."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != OK:
        message = f"{address} answered {answer.status_code}"
        raise AssertionError(message)
    return len(queries)


def _p95(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[math.ceil(0.95 * REQUESTS) - 1]
