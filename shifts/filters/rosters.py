"""How rosters are narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, PersonFilter, site_filter
from shifts.enums import RosterState
from shifts.models import Roster


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
