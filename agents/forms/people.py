"""The list of people, and the facts about one."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import TeamField
from agents.models import Membership, RoleGrant, Site, User
from callcenter.access import Role


class PeopleForm(forms.Form):
    """What the list of people is narrowed to."""

    VIEWS = {"active": _("Working here"), "closed": _("Closed accounts")}
    view = forms.ChoiceField(choices=VIEWS, required=False)
    q = forms.CharField(max_length=80, required=False)
    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"), required=False, empty_label=_("any"))
    team = TeamField(required=False, empty_label=_("any"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("any")), *Role.choices], required=False)

    def apply(self, people: Any, *, on: date) -> Any:
        """Return the people that the form asks for as of the day `on`; what it does not understand narrows nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        people = people.filter(is_active=wanted.get("view") != "closed")
        if words := wanted.get("q"):
            people = people.filter(Q(work_number__istartswith=words) | Q(name__icontains=words))
        if wanted.get("site"):
            people = people.filter(site=wanted["site"])
        if wanted.get("team"):
            members = Membership.objects.on(on).filter(team=wanted["team"])
            people = people.filter(pk__in=members.values("person"))
        if wanted.get("role"):
            holders = RoleGrant.objects.on(on).filter(role=wanted["role"])
            people = people.filter(pk__in=holders.values("person"))
        return people


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
