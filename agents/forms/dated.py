"""What is asked about skills, terms and extra roles, and about teams from a day on."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agents.enums import LEVELS
from agents.forms.acts import ActForm, OneOfTheirs
from agents.forms.fields import DayField, WorkNumberField
from agents.models import (
    ExtraRole,
    ExtraRoleHolding,
    Leadership,
    Membership,
    PersonSkill,
    Skill,
    Team,
    User,
)
from callcenter.templatetags.ui import dated

UNTIL = {"required": False, "initial": None}


def _runs(person: User, rows: str) -> bool:
    """Say whether one of the person's dated rows is not over, which a page has read already."""
    return any(not row.is_over(person.today) for row in getattr(person, rows).all())


class SkillForm(ActForm):
    """Which skill at which level, from when until when."""

    skill = forms.ModelChoiceField(Skill.objects.filter(is_active=True), label=_("Skill"))
    level = forms.TypedChoiceField(
        label=_("Level"),
        choices=[(level, str(level)) for level in LEVELS],
        coerce=int,
        help_text=_("From 1, a beginner, to 5, who teaches others."),
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("No longer from"), help_text=_("If it expires."), **UNTIL)


class EndSkillForm(ActForm):
    """Which skill ends, and when."""

    skill = forms.ModelChoiceField(Skill.objects.none(), label=_("Skill"))
    from_day = DayField(label=_("No longer from"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["skill"].queryset = self.held(person)

    @staticmethod
    def held(person: User) -> Any:
        """Return the skills that have not ended."""
        rows = PersonSkill.objects.not_over(person.today).filter(person=person)
        return Skill.objects.filter(pk__in=rows.values("skill"))

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that there is no skill to end."""
        return "" if _runs(person, "skills") else _("No skill is held that could end.")


class EmployForm(ActForm):
    """From when until when somebody works here."""

    since = DayField(label=_("Works here from"))
    until = DayField(
        label=_("No longer from"),
        help_text=_("Team, teams led, skills, hours and roles then end as well."),
        **UNTIL,
    )


class EndEmploymentForm(ActForm):
    """When somebody leaves."""

    question = _(
        "Team, teams led, skills, hours, extra roles and roles end on the same day; what was to begin later is removed."
    )
    from_day = DayField(label=_("No longer works here from"))

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that no employment is recorded that could end."""
        return "" if _runs(person, "employments") else _("No employment is recorded that could end.")


class HoursForm(ActForm):
    """How many hours a week, and from when on."""

    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=1,
        max_value=60,
        max_digits=4,
        decimal_places=2,
        initial=Decimal(40),
    )
    since = DayField(label=_("From"))

    @property
    def given(self) -> dict[str, Any]:
        """Return the hours in minutes."""
        minutes = round(self.cleaned_data["weekly_hours"] * 60)
        return {"person": self.person, "weekly_minutes": minutes, "since": self.cleaned_data["since"]}


class LeaveTeamForm(ActForm):
    """When somebody leaves their team without another."""

    question = _("Whoever is in no team has no lead; moving to another team is one step.")
    from_day = DayField(label=_("In no team from"))

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that the person is in no team."""
        return "" if _runs(person, "memberships") else _("In no team.")


class _PlannedMoveField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{dated(obj.period.lower)} · {obj.team} · {obj.team.site}"


class TakeMoveBackForm(OneOfTheirs):
    """Which move that is to come does not take place."""

    row = "membership"
    membership = _PlannedMoveField(
        Membership.objects.none(), label=_("Move"), help_text=_("The team before it goes on.")
    )

    @staticmethod
    def rows(person: User) -> Any:
        """Return the moves to come."""
        later = person.memberships.filter(period__startswith__gt=person.today)
        return later.select_related("team__site").order_by("period")

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that no move is to come."""
        planned = any(row.period.lower > person.today for row in person.memberships.all())
        return "" if planned else _("No move is to come.")


class ApplyForm(ActForm):
    """For which extra role, and why."""

    role = forms.ModelChoiceField(ExtraRole.objects.filter(is_open=True), label=_("Extra role"))
    reason = forms.CharField(label=_("Why you"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    @staticmethod
    def why_not(person: User) -> Promise | str:  # noqa: ARG004 (for the acts that ask)
        """Return that there is nothing to apply for."""
        return (
            "" if ExtraRole.objects.filter(is_open=True).exists() else _("No extra role is open at present.")
        )


class EndExtraRoleForm(ActForm):
    """Which extra role ends, and when."""

    role = forms.ModelChoiceField(ExtraRole.objects.none(), label=_("Extra role"))
    from_day = DayField(label=_("No longer from"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["role"].queryset = self.held(person)

    @staticmethod
    def held(person: User) -> Any:
        """Return the extra roles that have not ended."""
        rows = ExtraRoleHolding.objects.not_over(person.today).filter(person=person)
        return ExtraRole.objects.filter(pk__in=rows.values("role"))

    @staticmethod
    def why_not(person: User) -> Promise | str:
        """Return that there is none to end."""
        return "" if _runs(person, "extra_roles") else _("No extra role is held that could end.")


class TeamForm(forms.Form):
    """Something done to `team`."""

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service is given."""
        return {"team": self.team, **self.cleaned_data}


class LeadForm(TeamForm):
    """Who leads the team from a day on."""

    person = WorkNumberField(label=_("Team lead"))
    since = DayField(label=_("From"))


class EndLeadForm(TeamForm):
    """From when on the team has no lead."""

    from_day = DayField(label=_("Without a lead from"))


class JoinForm(TeamForm):
    """Who comes into the team from a day on."""

    person = WorkNumberField(label=_("Agent"))
    since = DayField(label=_("From"))


class _PlannedLeadField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{dated(obj.period.lower)} · {obj.person}"


class TakeLeadBackForm(TeamForm):
    """Which appointment that is to come does not take place."""

    leadership = _PlannedLeadField(
        Leadership.objects.none(), label=_("Appointment"), help_text=_("The lead before goes on.")
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, team=team, **kwargs)
        later = team.leaderships.filter(period__startswith__gt=timezone.localdate())
        self.fields["leadership"].queryset = later.select_related("person")

    @property
    def given(self) -> dict[str, Any]:
        """Return the appointment alone."""
        return self.cleaned_data


class CatalogueForm(forms.Form):
    """The name of something in a list of the house."""

    name = forms.CharField(label=_("Name"), max_length=80)


class NewSkillForm(CatalogueForm):
    """A skill; its code stays, since files and programs name it."""

    code = forms.SlugField(
        label=_("Code"), max_length=20, help_text=_("Letters, digits and hyphens; it stays.")
    )
    field_order = ("code", "name")


class ChangeSkillForm(CatalogueForm):
    """Name of a skill, and whether it is in use."""

    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("Who has a retired skill keeps it; nobody is given it."),
    )


class NewExtraRoleForm(NewSkillForm):
    """An extra role."""

    description = forms.CharField(
        label=_("What it is"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ChangeExtraRoleForm(CatalogueForm):
    """Words of an extra role, and whether one can apply for it."""

    description = forms.CharField(
        label=_("What it is"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_open = forms.BooleanField(label=_("Open for applications"), required=False)


class ApproveForm(forms.Form):
    """From when until when the applicant holds the role."""

    since = DayField(label=_("From"))
    until = DayField(label=_("No longer from"), **UNTIL)
    decision = forms.CharField(label=_("A word to the applicant"), max_length=300, required=False)


class RefuseForm(forms.Form):
    """Why the application is refused."""

    decision = forms.CharField(label=_("Why"), max_length=300, help_text=_("The applicant reads it."))
