"""What people type about their personal rules: shape only."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import DayField
from agents.models import User
from shifts.enums import WishKind
from shifts.models import Pattern

PRIORITIES = [(1, _("strong")), (2, _("normal")), (3, _("weak"))]


class WishForm(forms.Form):
    """A rule for every week, or for every day."""

    kind = forms.TypedChoiceField(label=_("What"), choices=WishKind, coerce=WishKind)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), required=False, coerce=int, empty_value=None, choices=()
    )
    time = forms.TimeField(
        label=_("Time of day"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("For “finished by” and “not before”."),
    )
    pattern = forms.ModelChoiceField(
        Pattern.objects.none(), label=_("Pattern"), required=False, empty_label=_("none")
    )
    priority = forms.TypedChoiceField(label=_("How strong"), coerce=int, choices=PRIORITIES, initial=2)
    since = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False, initial=None)
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = [
            ("", _("every day")),
            *((number + 1, name) for number, name in WEEKDAYS.items()),
        ]
        self.fields["pattern"].queryset = Pattern.objects.filter(site=person.site_id, is_active=True)

    @property
    def rule(self) -> dict[str, Any]:
        """Return the parts of the rule."""
        return {name: self.cleaned_data[name] for name in ("kind", "weekday", "time", "pattern", "priority")}

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given beside the rule."""
        last = self.cleaned_data["last_day"]
        until = last + timedelta(days=1) if last else None
        return {"since": self.cleaned_data["since"], "until": until, "reason": self.cleaned_data["reason"]}
