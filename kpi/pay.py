"""The sheet of a locked month for pay: one row for each person, the points of each indicator at the end."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agents.models import User
from callcenter.sheets import write
from kpi.models import Assessment
from kpi.services.assessments import note_pay_export

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handed_out(assessment: Assessment, *, actor: User, now: datetime) -> FileResponse:
    """Answer with the sheet, on a page or over REST; it is on record who took it.

    NotAllowed for who does not lock such months, Conflict while this one is not locked.
    """
    note_pay_export(actor=actor, assessment=assessment, now=now)
    name = f"pay-{assessment.month:%Y-%m}-{assessment.site.code}-{assessment.role}.xlsx"
    content = write.xlsx(header(assessment), rows(assessment))
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


def header(assessment: Assessment) -> list[str]:
    """Return the heads of the columns."""
    fixed = [
        _("Month"),
        _("Site"),
        _("Role"),
        _("Work number"),
        _("Name"),
        _("Team"),
        _("Scheme"),
        _("Score"),
        _("Known, %"),
        _("Grade by score"),
        pgettext("assessment", "Grade"),
        _("Factor of the bonus"),
        _("Capped by"),
    ]
    return [*fixed, *(one.name for one in _indicators(assessment))]


def rows(assessment: Assessment) -> Iterator[list[Any]]:
    """Yield the rows, by work number."""
    factors = dict(assessment.scheme.grades.values_list("name", "factor"))
    indicators = _indicators(assessment)
    cards = assessment.cards.select_related("person", "team").prefetch_related("lines")
    for card in cards.order_by("person__work_number"):
        points = {line.indicator_id: line.points for line in card.lines.all()}
        yield [
            f"{assessment.month:%Y-%m}",
            assessment.site.name,
            assessment.get_role_display(),
            card.person.work_number,
            card.person.name,
            card.team.name if card.team else None,
            str(assessment.scheme),
            card.score,
            card.known,
            card.earned,
            card.grade,
            factors.get(card.grade),
            ", ".join(event for cap in card.caps for event in cap["events"]),
            *(points.get(one.pk) for one in indicators),
        ]


def _indicators(assessment: Assessment) -> list[Any]:
    return list(assessment.scheme.indicators.select_related("checklist"))
