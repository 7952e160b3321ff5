"""What the full text and the analysis of causes cost at size, for somebody who sees all complaints."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from agents.models import User
from benchmarks.runner import Bench
from callcenter.access import Role
from complaints.analysis import Period, figures
from complaints.filters import AnalysisFilter, ComplaintFilter
from complaints.models import Complaint

PAGE, CAPPED = 25, 1001
ROUNDS = 5
MONTH = timedelta(days=29)


def measure(bench: Bench, now: datetime) -> None:
    """Report a word that one complaint has, one that all have, both together; the analysis of a month, and of everything."""
    person = next(one for one in User.objects.order_by("pk") if one.holds(Role.SERVICE_MANAGER))
    number = Complaint.objects.order_by("-pk")[0].pk
    for name, words in (("rare", str(number)), ("common", "charged twice"), ("both", f"charged {number}")):
        bench.report(f"search_{name}_words", _milliseconds(_page(person, words)), "ms")
    last = now.date()
    for name, first in (("a_month", last - MONTH), ("everything", date(last.year - 3, 1, 1))):
        bench.report(f"analysis_of_{name}", _milliseconds(_analysis(person, first, last, now)), "ms")


def _page(person: User, words: str) -> Callable[[], object]:
    def page() -> object:
        seen = Complaint.objects.visible_to(person).for_list().exclude(resolved_at=None)
        found = ComplaintFilter({"q": words}, seen).qs
        return list(found.order_by("-received_at", "-pk")[:PAGE]), found.order_by()[:CAPPED].count()

    return page


def _analysis(person: User, first: date, last: date, now: datetime) -> Callable[[], object]:
    asked = {"received_from": first.isoformat(), "received_until": last.isoformat()}
    found = AnalysisFilter(asked, Complaint.objects.visible_to(person)).qs
    return lambda: figures(found, Period(first, last), now=now)


def _milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[ROUNDS // 2]
