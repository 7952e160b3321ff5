"""How demand, requirements and peak periods are narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, site_filter
from agents.models import Skill
from callcenter.lists.filters import FromDay, UntilDay, Words
from calls.models import Queue
from shifts.enums import Origin
from shifts.models import Demand, Peak, Requirement


def _origin() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=_("Origin"), choices=Origin.choices, empty_label=ANY)


class DemandFilter(django_filters.FilterSet):
    """Site, queue, origin, days."""

    site = site_filter("queue__site")
    queue = django_filters.ModelChoiceFilter(
        label=_("Queue"), queryset=Queue.objects.all(), to_field_name="code", empty_label=ANY
    )
    origin = _origin()
    since = FromDay("starts_at", label=_("From"))
    until = UntilDay("starts_at", label=_("To"))

    class Meta:
        model = Demand
        fields: tuple[str, ...] = ()


class RequirementFilter(django_filters.FilterSet):
    """Site, skill, origin, days."""

    site = site_filter()
    skill = django_filters.ModelChoiceFilter(
        label=_("Skill"), queryset=Skill.objects.all(), to_field_name="code", empty_label=ANY
    )
    origin = _origin()
    since = FromDay("starts_at", label=_("From"))
    until = UntilDay("starts_at", label=_("To"))

    class Meta:
        model = Requirement
        fields: tuple[str, ...] = ()


class PeakFilter(django_filters.FilterSet):
    """Site, name, and a day that lies in it."""

    q = Words("name")
    site = site_filter()
    day = django_filters.DateFilter(label=_("With the day"), method="with_day")

    def with_day(self, peaks: QuerySet[Peak], name: str, value: object) -> QuerySet[Peak]:
        """Keep those in which the day lies."""
        return peaks.filter(period__contains=value)
