"""What the page of key figures is limited to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.models import Site
from kpi.selectors import Question

RECENT: Final = timedelta(days=27)
"""The last 28 days, today included: whole weeks, so that weekdays weigh alike."""
YEAR: Final = timedelta(days=365)
"""The last 366 days: every day of a year, a leap year's too."""


class PeriodForm(forms.Form):
    """Source, site, and local dates (both included)."""

    source = forms.ChoiceField(label=_("Source"), required=False)
    site = forms.ModelChoiceField(
        Site.objects.all(), label=_("Site"), to_field_name="code", required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources
        # “from” is a word of Python and of every calendar.
        for name, label in (("from", _("From")), ("to", _("To"))):
            picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name] = forms.DateField(label=label, widget=picker)

    def question(self, metrics: Sequence[str]) -> Question:
        """Return the valid form as a question about `metrics`."""
        given = self.cleaned_data
        site = given["site"]
        limits = {"source": given["source"], "site": site.code if site else None}
        return Question(
            metrics=metrics,
            start=given["from"],
            end=given["to"],
            filters=tuple((name, value) for name, value in limits.items() if value),
        )
