"""A form with one field of every kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SampleForm(forms.Form):
    """Fields as pages use them; `prefix_id` keeps their ids apart where the form is drawn twice."""

    subject = forms.CharField(label=_("In one line"), max_length=40, help_text=_("At most 40 characters."))
    tier = forms.ChoiceField(label=_("Tier"), choices=[("1", _("Company")), ("2", _("Group"))])
    account = forms.CharField(
        label=pgettext_lazy("complaint", "What happened"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    named = forms.ChoiceField(
        label=_("Who says it"),
        choices=[("named", _("With my name")), ("anonymous", _("Without a name"))],
        widget=forms.RadioSelect,
        initial="named",
    )
    file = forms.FileField(label=_("File"), required=False)
    agreed = forms.BooleanField(label=_("The customer agrees"), required=False)
    closed = forms.CharField(label=_("Recorded by"), disabled=True, required=False, initial="20401")

    def __init__(self, data: Any = None, files: Any = None, *, prefix_id: str = "sample") -> None:
        super().__init__(data, files, auto_id=f"{prefix_id}-%s")
