"""How rosters are narrowed."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from agents.models import Membership, Skill, Team
from callcenter.lists.filters import Words
from shifts.enums import RosterState
from shifts.models import Pattern, Roster, Shift


class RosterFilter(django_filters.FilterSet):
    """Site, state, and a day that lies in it."""

    site = site_filter()
    state = django_filters.ChoiceFilter(label=_("State"), choices=RosterState.choices, empty_label=ANY)
    day = django_filters.DateFilter(label=_("With the day"), method="with_day")

    def with_day(self, rosters: QuerySet[Roster], name: str, value: object) -> QuerySet[Roster]:
        """Keep the rosters in which the day lies."""
        return rosters.filter(period__contains=value)


class ShiftFilter(django_filters.FilterSet):
    """Days (both included), a person, and whether it is open."""

    since = django_filters.DateFilter("day", "gte", label=_("From"))
    until = django_filters.DateFilter("day", "lte", label=_("Until"))
    person = PersonFilter("person", label=_("Person"))
    open = django_filters.BooleanFilter("person", "isnull", label=_("Open"))


class RotationFilter(django_filters.FilterSet):
    """Site."""

    site = site_filter()


class PlannedFilter(ShiftFilter):
    """Also words of the person, site, team on the day, pattern and skill."""

    q = Words("person__name", starts=("person__work_number",))
    site = site_filter("roster__site")
    team = TeamFilter(method="in_team")
    pattern = django_filters.ModelChoiceFilter(
        label=_("Pattern"), queryset=Pattern.objects.select_related("site"), empty_label=ANY
    )
    skill = django_filters.ModelChoiceFilter(label=_("Skill"), queryset=Skill.objects.all(), empty_label=ANY)

    def in_team(self, shifts: QuerySet[Shift], name: str, value: Team) -> QuerySet[Shift]:
        """Keep the shifts of people who are in the team on that day."""
        members = Membership.objects.filter(
            team=value, person=OuterRef("person"), period__contains=OuterRef("day")
        )
        return shifts.filter(Exists(members))
