"""What somebody says who starts the auto-roster."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shifts.engine.outcome import LONGEST, SHORTEST


class AutoForm(forms.Form):
    """How long it may search, and what it must not touch."""

    seconds = forms.IntegerField(
        label=_("Seconds to search"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=60,
        help_text=_("It ends earlier when nothing better can be had."),
    )
    keep = forms.TypedChoiceField(
        label=_("What stays as it is"),
        choices=[("locked", _("Only shifts that are locked")), ("all", _("Every shift that is planned"))],
        initial="locked",
        coerce=lambda value: value == "all",
        widget=forms.RadioSelect,
        help_text=_("Leave, rest, days in a row and weekly hours always hold."),
    )
