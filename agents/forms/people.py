"""The list of people, and the facts about one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from agents.models import Site, User


class FactsForm(forms.Form):
    """What is known of a person and is not dated."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("Email"), required=False, help_text=_("Messages go there."))
    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"))


class NewPersonForm(FactsForm):
    """A new person; team, superior and roles are given on their page."""

    work_number = forms.RegexField(
        r"^[0-9A-Za-z-]+$",
        label=_("Work number"),
        max_length=20,
        error_messages={"invalid": _("Use letters, digits and hyphens only.")},
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("as the browser says")), *settings.LANGUAGES], required=False
    )
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters, not only digits."),
    )
    field_order = ("work_number", "name")

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easily guessed."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password"):
            person = User(work_number=given.get("work_number", ""), name=given.get("name", ""))
            try:
                validate_password(given["password"], person)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return given
