"""Feedback: answered in time, from the leaders' weekly reports, so that nothing is told that they hide."""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from feedback.models import Report

if TYPE_CHECKING:
    from kpi.selectors.series import Question


def counted(user: Any, question: "Question", names: Collection[str]) -> list[dict[str, Any]]:
    """Return the counters of the whole weeks within the question, for who may read the reports; none for others.

    A week whose parts the report does not tell is left out.
    """
    if not user.has_perm("feedback.read_reports"):
        return []
    found: dict[str, dict[str, Any]] = {}
    last = question.end + timedelta(days=1)
    for report in Report.objects.filter(since__gte=question.start, until__lte=last).order_by("since"):
        slot = report.since.isoformat() if question.interval == "week" else ""
        row = found.setdefault(slot, {"interval": slot, **dict.fromkeys(names, 0)})
        cell = report.figures["measures"]["answered"]["all"]
        if cell and cell.get("parts"):
            numbers = {"on_time__sum": cell["parts"]["on_time"], "answered__sum": cell["n"]}
            for name in names:
                row[name] += numbers[name]
    return list(found.values())
