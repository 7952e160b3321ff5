"""What people type about early warnings: shape only, no rules."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kpi.enums.warnings import DeedKind, MailFrom
from kpi.filters.warnings import watched_choices
from kpi.models import WarningPolicy

HELP: Final = {
    "width": _(
        "In robust standard deviations to each side of the median. Two thirds of it are enough where a target is missed that is usually met."
    ),
    "least_calls": _("A figure of fewer calls is not judged."),
    "weeks": _(
        "Half hours are compared with the same ones of the same weekday, an agent's day with all days."
    ),
    "least_past": _("With fewer past values only the target is asked."),
    "raise_after": _("What is far off is told at once."),
    "back_after": _("Half hours; of an agent, days."),
}
METRICS: Final = ("of_sites", "of_teams", "of_agents")


class DeedForm(forms.Form):
    """What was done."""

    kind = forms.ChoiceField(label=_("What was done"), choices=DeedKind.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_("What you found and did, so that others can learn from it."),
    )


class CloseForm(forms.Form):
    """Why a warning is over though its figure has not come back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


class MailForm(forms.Form):
    """From which severity on to be mailed."""

    severity = forms.TypedChoiceField(
        label=_("By mail"),
        choices=[("", _("never")), *MailFrom.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )


class PolicyForm(forms.ModelForm):
    """How the centre watches."""

    class Meta:
        model = WarningPolicy
        fields = ("width", "least_calls", "weeks", "least_past", "raise_after", "back_after", *METRICS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in HELP.items():
            self.fields[name].help_text = text
        for name in METRICS:
            self.fields[name] = forms.MultipleChoiceField(
                label=self.fields[name].label,
                choices=watched_choices,
                required=False,
                initial=getattr(self.instance, name),
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def changes(self) -> dict[str, Any]:
        """Return what the valid form changes."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
