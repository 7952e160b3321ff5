"""What is asked of a new token."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from callcenter.rest.scopes import Scope
from callcenter.tokens.models import LONGEST


def _scopes() -> list[tuple[str, SafeString]]:
    return [(scope.value, format_html("{} <code>{}</code>", scope.label, scope.value)) for scope in Scope]


class TokenForm(forms.Form):
    """A new token."""

    client = forms.CharField(label=_("Client"), max_length=80, help_text=_("The program that will hold it."))
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=200,
        help_text=_("What it is for, so that others know whether it may go."),
    )
    person = forms.CharField(
        label=_("Acts for"),
        max_length=20,
        help_text=_(
            "Work number. The client sees and may do what this person sees and may do, within the scopes."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=_scopes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As few as it needs."),
    )
    days = forms.IntegerField(
        label=_("Holds for days"),
        initial=90,
        min_value=1,
        max_value=LONGEST.days,
        help_text=_("At most a year."),
    )

    def clean_person(self) -> Any:
        """Return the person with this work number."""
        number = self.cleaned_data["person"].strip()
        people = get_user_model()._default_manager
        try:
            return people.get_by_natural_key(number)
        except people.model.DoesNotExist as error:
            raise forms.ValidationError(
                _("Nobody has the work number %(number)s. Check it."), params={"number": number}
            ) from error
