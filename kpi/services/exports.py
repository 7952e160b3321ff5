"""The one write about key figures: that somebody took them out of the house."""

from datetime import datetime
from typing import Any

from callcenter.access import require
from callcenter.audit import log
from kpi.selectors.series import Question


def note_export(*, actor: Any, question: Question, part: str, form: str, now: datetime) -> None:
    """Write into the audit who took which part of the page, and as what (“csv”, “xlsx”)."""
    require(actor, "kpi.view")
    log.record(
        actor,
        "kpi.exported",
        actor,
        now=now,
        part=part,
        form=form,
        metrics=list(question.metrics),
        group_by=question.group_by,
        days=[question.start.isoformat(), question.end.isoformat()],
        filters=dict(question.filters),
    )
