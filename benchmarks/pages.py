"""Pages: CPU of a request beside that of a bare page in the same frame, signed in, on a centre of realistic size.

`--size people=3000 --size complaints=20000 --size calls=200000`. The limit is a page that extends base.html, reads 25 rows
by one index and counts to 1,001 at most (_bare.py), asked by the same person in the same process. CPU is that of this
process, user and system, after warming up; the database's is not in it, so the number of queries stands beside.

The page of key figures is reported and not judged: it is neither the dashboard nor a list nor one thing's page, but five
statements over all calls of four weeks, two charts and two tables.
"""

from collections.abc import Callable

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agents.models import User
from benchmarks import _centre
from benchmarks.runner import CPU, Bench
from complaints.models import Complaint

SUPERVISOR = "1001"
BARE = "/bare/"
LIST, DETAIL = 2.0, 3.0


def run(bench: Bench) -> None:
    """Measure the pages of a supervisor who sees half of the centre."""
    bench.database()
    sizes = {
        what: bench.size(what, default)
        for what, default in (("people", 3000), ("complaints", 20_000), ("calls", 200_000))
    }
    _centre.make(**sizes, now=timezone.now())
    person = User.objects.get(work_number=SUPERVISOR)
    client = Client()
    client.force_login(person)
    with override_settings(ROOT_URLCONF="benchmarks._bare"):
        for name, (address, goal) in _pages(person).items():
            _measure(bench, client, name, address, goal)
        bench.report("bare_queries", _queries(client, BARE), "")


def _pages(person: User) -> dict[str, tuple[str, float | None]]:
    told = Complaint.objects.visible_to(person).filter(clocks__alerts__isnull=False).order_by("pk")[0]
    agent = User.objects.visible_to(person).filter(memberships__isnull=False).order_by("pk")[0]
    return {
        "dashboard": ("/", LIST),
        "complaint_list": ("/complaints/", LIST),
        "people_list": ("/people/", LIST),
        "call_list": ("/calls/", LIST),
        "kpi": ("/kpi/", None),
        "complaint": (told.get_absolute_url(), DETAIL),
        "person": (agent.get_absolute_url(), DETAIL),
    }


def _measure(bench: Bench, client: Client, name: str, address: str, goal: float | None) -> None:
    queries = _queries(client, address)
    bench.compare(
        name,
        product=_request(client, address),
        limit=_request(client, BARE),
        unit=CPU,
        goal=goal,
    )
    bench.report(f"{name}_queries", queries, "")


def _request(client: Client, address: str) -> Callable[[], object]:
    return lambda: client.get(address).content


def _queries(client: Client, address: str) -> int:
    """Return how many queries a warm request takes; an answer that is no page would measure nothing."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:  # noqa: PLR2004 (the page)
        message = f"{address} answered {answer.status_code}"
        raise AssertionError(message)
    return len(queries)
