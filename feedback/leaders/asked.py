"""What is asked of the reports: a cut and a stretch of weeks. Only whole weeks and fixed cuts can be asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import Report

BY: Final = {"department": _("Department"), "category": _("Category"), "site": _("Site")}
LENGTHS: Final = {1: _("1 week"), 4: _("4 weeks"), 13: _("13 weeks"), 26: _("26 weeks"), 52: _("52 weeks")}
USUAL: Final = 13


class AskedForm(forms.Form):
    """The cut, how many weeks, and the week they end with (any of its days)."""

    by = forms.ChoiceField(label=_("Compared by"), choices=BY, required=False)
    weeks = forms.TypedChoiceField(
        label=_("Period"), choices=list(LENGTHS.items()), coerce=int, required=False
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The reports of a period and, if there are as many, of as many weeks before it; oldest first."""

    by: str
    weeks: int
    period: list[Report]
    before: list[Report]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures of the period's weeks."""
        return [report.figures for report in self.period]

    @property
    def figures_before(self) -> list[dict[str, Any]]:
        """The figures of the weeks before."""
        return [report.figures for report in self.before]


def asked(given: dict[str, Any]) -> Asked:
    """Return what the valid form asks about; one query."""
    weeks: int = given["weeks"] or USUAL
    until: date | None = given["until"]
    reports = Report.objects.filter(since__lte=until) if until else Report.objects.all()
    newest = list(reports.order_by("-since")[: 2 * weeks])
    found = newest[::-1]
    before = found[:-weeks] if len(found) == 2 * weeks else []
    return Asked(given["by"] or next(iter(BY)), weeks, found[-weeks:], before)


def with_before(since: date) -> list[Report]:
    """Return the report that begins on a day, or the last one before it, after its predecessor; one query."""
    rows = Report.objects.filter(since__lte=since).order_by("-since")[:2]
    return list(rows)[::-1]
