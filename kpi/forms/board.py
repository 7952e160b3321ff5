"""What the page of key figures is about, and what it is limited to."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import TeamField
from agents.models import Site
from kpi.indicators import COMPARED, INDICATORS, Indicator
from kpi.selectors.series import Question

RECENT: Final = timedelta(days=27)
"""The last 28 days, today included: whole weeks, so that weekdays weigh alike."""
YEAR: Final = timedelta(days=365)
"""The last 366 days: every day of a year, a leap year's too."""
LONGEST_KEY: Final = 120


def _hidden(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_KEY, required=False, widget=forms.HiddenInput)


class BoardForm(forms.Form):
    """Indicator and comparison; source, site, team and local dates (both included) to be chosen; keys to be followed."""

    measure = forms.ChoiceField(
        choices=[(key, one.label) for key, one in INDICATORS.items()], widget=forms.HiddenInput
    )
    by = forms.ChoiceField(choices=COMPARED, required=False, widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("Source"), required=False)
    site = forms.ModelChoiceField(
        Site.objects.all(), label=_("Site"), to_field_name="code", required=False, empty_label=_("All")
    )
    team = TeamField(required=False, empty_label=_("All"))
    queue = _hidden(_("Queue"))
    topic = _hidden(_("Topic"))
    agent = _hidden(_("Agent"))

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources
        # “from” is a word of Python and of every calendar.
        for name, label in (("from", _("From")), ("to", _("To"))):
            picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name] = forms.DateField(label=label, widget=picker)

    @property
    def indicator(self) -> Indicator:
        """What the valid form asks about."""
        return INDICATORS[self.cleaned_data["measure"]]

    @property
    def compared(self) -> str:
        """What the valid form compares by."""
        return self.cleaned_data["by"] or self.indicator.by

    @property
    def limits(self) -> dict[str, str]:
        """What the valid form is limited to, by the keys of figures."""
        given = self.cleaned_data
        keys = {
            "source": given["source"],
            "site": given["site"].code if given["site"] else "",
            "team": str(given["team"].pk) if given["team"] else "",
            **{name: given[name] for name in ("queue", "topic", "agent")},
        }
        return {name: key for name, key in keys.items() if key}

    def question(self, metrics: Sequence[str]) -> Question:
        """Return the valid form as a question about `metrics`."""
        given = self.cleaned_data
        return Question(metrics, given["from"], given["to"], filters=tuple(self.limits.items()))


def periods(today: date) -> list[tuple[Any, date, date]]:
    """Return the periods that are asked for most, with their first and last day."""
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return [
        (_("Last 7 days"), today - timedelta(days=6), today),
        (_("Last 28 days"), today - RECENT, today),
        (_("This month"), month, today),
        (_("Last month"), before.replace(day=1), before),
    ]
