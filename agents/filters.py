"""How lists are narrowed to a place or a person, and the list of people."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.fields import ModelChoiceField

from agents.models import Membership, RoleGrant, Site, Team, User
from callcenter.access import Role
from callcenter.lists.filters import Words

ANY = gettext_lazy("any")


def site_filter() -> django_filters.ModelChoiceFilter:
    """Return the filter `site`, by the site's code."""
    return django_filters.ModelChoiceFilter(
        label=gettext_lazy("Site"), queryset=Site.objects.all(), to_field_name="code", empty_label=ANY
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


class PeopleFilter(django_filters.FilterSet):
    """Words; team and role as they are today."""

    q = Words("name", starts=("work_number",))
    site = site_filter()
    team = TeamFilter(method="in_team")
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=Role.choices, empty_label=ANY, method="with_role"
    )

    def in_team(self, people: QuerySet[User], name: str, value: Team) -> QuerySet[User]:
        """Keep who is in the team today."""
        members = Membership.objects.on(self.request.user.today).filter(team=value)
        return people.filter(pk__in=members.values("person"))

    def with_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep who was given the role and holds it today."""
        holders = RoleGrant.objects.on(self.request.user.today).filter(role=value)
        return people.filter(pk__in=holders.values("person"))
