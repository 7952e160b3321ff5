"""What may be done to one person, each a small form in a panel."""

from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agents.forms.fields import AbsenceField, DayField, GrantField, InstantField, TeamField, WorkNumberField
from agents.forms.people import FactsForm
from agents.models import Absence, Department, Region, RoleGrant, Site, User
from callcenter.access import Role


class ActForm(forms.Form):
    """Something done to `person`; `question` says what it means."""

    question: Promise | str = ""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    @staticmethod
    def why_not(person: User) -> Promise | str:  # noqa: ARG004 (for the acts that ask)
        """Return the reason why it cannot be done to the person now; "" when it can."""
        return ""

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return {"person": self.person, **self.cleaned_data}


class ChangeForm(ActForm, FactsForm):
    """The facts as they are, to be changed."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        facts = {"name": person.name, "email": person.email, "site": person.site_id}
        super().__init__(*args, person=person, initial=facts, **kwargs)


class MoveForm(ActForm):
    """Into which team, and from when on."""

    team = TeamField()
    since = DayField(label=_("From"))


class SuperiorForm(ActForm):
    """Who is the direct superior, and from when on."""

    superior = WorkNumberField(label=_("Direct superior"))
    since = DayField(label=_("From"))


def _limits() -> Iterator[tuple[Any, Any]]:
    yield "", _("the whole centre")
    for model, name in ((Site, _("Sites")), (Region, _("Regions")), (Department, _("Departments"))):
        yield name, [(f"{model._meta.model_name}:{place.pk}", str(place)) for place in model.objects.all()]


class GrantForm(ActForm):
    """Which role, limited to what, for how long."""

    role = forms.TypedChoiceField(label=_("Role"), choices=Role, coerce=Role)
    scope = forms.ChoiceField(label=_("Limited to"), choices=_limits, required=False)
    since = DayField(label=_("From"))
    until = DayField(label=_("No longer from"), required=False, initial=None)

    def clean_scope(self) -> Site | Region | Department | None:
        """Return the place that was chosen."""
        if not self.cleaned_data["scope"]:
            return None
        name, pk = self.cleaned_data["scope"].split(":")
        place: Site | Region | Department = apps.get_model("agents", name).objects.get(pk=pk)
        return place


class OneOfTheirs(ActForm):
    """Something about one row of the person's; the service needs the row alone."""

    row: str
    rows: Callable[[User], Any]
    """The person's rows to choose from, which each form says for itself."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields[self.row].queryset = self.rows(person)

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return self.cleaned_data


class EndRoleForm(OneOfTheirs):
    """Which role ends, and when."""

    row = "grant"
    grant = GrantField(RoleGrant.objects.none(), label=_("Role"))
    from_day = DayField(label=_("No longer from"))

    @staticmethod
    def rows(person: User) -> Any:
        """Return the roles that have not ended."""
        grants = person.role_grants.not_over(person.today)
        return grants.select_related("site", "region", "department").order_by("period")

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that there is no role to end."""
        return "" if EndRoleForm.rows(person).exists() else _("No role is held that could end.")


class AbsenceForm(ActForm):
    """From when until when somebody is away, and who acts for them."""

    since = InstantField(label=_("Away from"))
    until = InstantField(label=_("Back at"))
    stand_in = WorkNumberField(label=_("Stand-in"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class WithdrawForm(OneOfTheirs):
    """Which absence is taken back."""

    row = "absence"
    absence = AbsenceField(
        Absence.objects.none(),
        label=_("Absence"),
        help_text=_("One to come is removed; one that runs ends now."),
    )

    @staticmethod
    def rows(person: User) -> Any:
        """Return the absences that are not over."""
        return person.absences.not_over(timezone.now()).order_by("period")

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that there is no absence to take back."""
        return "" if WithdrawForm.rows(person).exists() else _("No absence runs or is to come.")


class PasswordForm(ActForm):
    """A new password."""

    password = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password(self) -> str:
        """Refuse one that is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class SecondFactorForm(ActForm):
    """Nothing to type."""

    question = _(
        "The authenticator app, the recovery codes and the passkeys no longer count, and every session ends. "
        "Be sure that it is the person who asks."
    )

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that the person has none of them."""
        return "" if is_mfa_enabled(person) else _("No second step is set up.")


class DeactivateForm(ActForm):
    """Nothing to type."""

    question = _("The person can no longer sign in. What they did stays under their name.")

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that the account is closed."""
        return "" if person.is_active else _("The account is closed already.")
