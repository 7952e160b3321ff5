"""What people type about attendance, and about files of states."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agents.forms.fields import InstantField
from callcenter.imports.forms import SendForm


class CorrectionForm(forms.Form):
    """What the clock should have shown, in the reader's zone."""

    came_at = InstantField(label=_("Came"), required=False)
    left_at = InstantField(label=pgettext_lazy("attendance", "Left"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


class ApproveForm(forms.Form):
    """A word to the person."""

    decision = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class RefuseForm(forms.Form):
    """Why it is refused."""

    decision = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


class ConfirmForm(forms.Form):
    """Nothing to type."""


class SendStatesForm(SendForm):
    """A file of states."""

    source = forms.CharField(
        label=_("Source"),
        max_length=80,
        help_text=_("The system that logged them. What it says later about the same time takes its place."),
    )
    time_zone = forms.CharField(
        label=_("Time zone of the file"),
        required=False,
        help_text=_("Like Asia/Shanghai. Without one, your site's."),
    )

    def clean_time_zone(self) -> str:
        """Return the zone; refuse one that does not exist."""
        name: str = self.cleaned_data["time_zone"].strip()
        if name and name not in available_timezones():
            raise ValidationError(_("There is no such time zone; write it like Asia/Shanghai."))
        return name or str(self.person.time_zone)
