"""What people type about a month's assessment and its scorecards: shape only, no rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.enums.schemes import AppealState
from kpi.facts import Correction
from kpi.forms.schemes import scale
from kpi.models import Indicator, Scorecard


class ConfirmForm(forms.Form):
    """Nothing to type."""


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AppealForm(forms.Form):
    """What is wrong with a scorecard."""

    text = forms.CharField(
        label=_("What is wrong, and why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecisionForm(forms.Form):
    """How an appeal is decided; a corrected figure is typed as the scorecard shows it, shares in per cent."""

    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[(AppealState.GRANTED, _("Grant it")), (AppealState.REJECTED, _("Reject it"))],
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(label=_("Why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label=_("Indicator to correct"), required=False, empty_label="–"
    )
    figure = forms.FloatField(
        label=_("Corrected figure"),
        required=False,
        help_text=_("Empty: the indicator does not count. Shares in per cent, times in seconds."),
    )
    lifts_gates = forms.BooleanField(label=_("Lift what caps the grade"), required=False)

    def __init__(self, *args: Any, card: Scorecard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator: Any = self.fields["indicator"]
        indicator.queryset = Indicator.objects.filter(scheme=card.assessment.scheme_id).select_related(
            "checklist"
        )
        if not card.caps:
            del self.fields["lifts_gates"]

    @property
    def correction(self) -> Correction:
        """Return what a granted appeal puts right."""
        given = self.cleaned_data
        indicator, figure = given["indicator"], given["figure"]
        if indicator and figure is not None:
            figure /= scale(indicator.metric)
        return Correction(indicator, figure, bool(given.get("lifts_gates")))
