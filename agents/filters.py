"""How lists are narrowed to a place or a person, and the list of people."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.fields import ModelChoiceField

from agents.enums import LEVELS, ApplicationState, ConductKind, ConductState
from agents.models import ExtraRole, Membership, RoleGrant, ServiceRule, Site, Skill, Team, User
from callcenter.access import Role
from callcenter.lists.filters import FromDay, UntilDay, Words

ANY = gettext_lazy("any")


def site_filter(field_name: str = "site") -> django_filters.ModelChoiceFilter:
    """Return the filter `site`, by the site's code."""
    return django_filters.ModelChoiceFilter(
        field_name,
        label=gettext_lazy("Site"),
        queryset=Site.objects.all(),
        to_field_name="code",
        empty_label=ANY,
    )


class _TeamField(ModelChoiceField):
    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.site} · {obj}"


class TeamFilter(django_filters.ModelChoiceFilter):
    """The filter `team`, by the team's number; a choice says the site too."""

    field_class = _TeamField

    def __init__(self, **kwargs: Any) -> None:
        teams = Team.objects.select_related("site")
        super().__init__(label=gettext_lazy("Team"), queryset=teams, empty_label=ANY, **kwargs)


class _PersonField(forms.CharField):
    """A work number, or the name of exactly one person."""

    def clean(self, value: Any) -> User | None:
        said = super().clean(value)
        if not said:
            return None
        people: list[User] = list(User.objects.filter(Q(work_number=said) | Q(name=said))[:2])
        if len(people) == 1:
            return people[0]
        why = _("several people are called “%(said)s”; give a work number")
        if not people:
            why = _("nobody has the work number or name “%(said)s”")
        raise forms.ValidationError(why, params={"said": said}, code="unknown")


class PersonFilter(django_filters.CharFilter):
    """The rows of one person, by work number or full name."""

    field_class = _PersonField


class PlacedFilter(django_filters.FilterSet):
    """Words, site, and the team of today, of rows that are people."""

    person: ClassVar[str] = "pk"
    """The field of a row that is the person's key."""
    q = Words("name", starts=("work_number",))
    site = site_filter()
    team = TeamFilter(method="in_team")

    def in_team(self, rows: QuerySet[Any], name: str, value: Team) -> QuerySet[Any]:
        """Keep those of the people who are in the team today."""
        members = Membership.objects.on(self.request.user.today).filter(team=value)
        return rows.filter(**{f"{self.person}__in": members.values("person")})


class PeopleFilter(PlacedFilter):
    """Also the role as it is today."""

    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=Role.choices, empty_label=ANY, method="with_role"
    )

    def with_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep who was given the role and holds it today."""
        holders = RoleGrant.objects.on(self.request.user.today).filter(role=value)
        return people.filter(pk__in=holders.values("person"))


class OfPersonFilter(PlacedFilter):
    """The same of rows about people."""

    person = "person"
    q = Words("person__name", starts=("person__work_number",))
    site = site_filter("person__site")


class SkillFilter(OfPersonFilter):
    """Also the skill, by its code, and the level at least."""

    skill = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Skill"), queryset=Skill.objects.all(), to_field_name="code", empty_label=ANY
    )
    level = django_filters.ChoiceFilter(
        field_name="level",
        lookup_expr="gte",
        label=gettext_lazy("Level at least"),
        choices=[(str(level), str(level)) for level in LEVELS],
        empty_label=ANY,
    )


class ApplicationFilter(OfPersonFilter):
    """Also the extra role, by its code, and the state."""

    role = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Extra role"),
        queryset=ExtraRole.objects.all(),
        to_field_name="code",
        empty_label=ANY,
    )
    step = django_filters.ChoiceFilter(
        label=gettext_lazy("Step"), field_name="state", choices=ApplicationState.choices, empty_label=ANY
    )


class TeamListFilter(django_filters.FilterSet):
    """Words of the name, and the site."""

    q = Words("name")
    site = site_filter()


class RuleFilter(django_filters.FilterSet):
    """Words of title and text, and the beginning of a code."""

    q = Words("title", "text", starts=("code",))


class ConductFilter(django_filters.FilterSet):
    """Person, complaint, what it is, where it stands, and local days of writing (both included)."""

    q = Words("person__name", "measure", starts=("person__work_number", "complaint_reference"))
    site = site_filter("person__site")
    person = PersonFilter(label=gettext_lazy("Person"))
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=ConductKind.choices, empty_label=ANY
    )
    step = django_filters.ChoiceFilter(
        label=gettext_lazy("Step"), field_name="state", choices=ConductState.choices, empty_label=ANY
    )
    rule = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Rule"), queryset=ServiceRule.objects.all(), empty_label=ANY
    )
    recorded_from = FromDay("recorded_at", gettext_lazy("Recorded from"))
    recorded_until = UntilDay("recorded_at", gettext_lazy("Recorded until"))
