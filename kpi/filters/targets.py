"""How targets are narrowed."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, TeamFilter
from agents.models import Site
from callcenter.access import Role
from callcenter.lists.filters import FIRST, LAST
from calls.models import Queue
from kpi.metrics import REGISTRY
from kpi.models import Target
from kpi.selectors.targets import can_have_target


def metric_choices() -> list[tuple[str, Any]]:
    """Return the figures that can have a target, by key and name."""
    return [(key, metric.name) for key, metric in REGISTRY.items() if can_have_target(metric)]


class TargetFilter(django_filters.FilterSet):
    """Figure, place, and a day on which it holds."""

    metric = django_filters.ChoiceFilter(label=_("Figure"), choices=metric_choices, empty_label=ANY)
    site = django_filters.ModelChoiceFilter(
        label=_("Site"), queryset=Site.objects.all(), to_field_name="code", empty_label=ANY, method="at_site"
    )
    team = TeamFilter()
    queue = django_filters.ModelChoiceFilter(
        label=_("Queue"), queryset=Queue.objects.all(), to_field_name="code", empty_label=ANY
    )
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=ANY)
    day = django_filters.DateFilter(label=_("Holds on"), method="on_day")

    class Meta:
        model = Target
        fields: tuple[str, ...] = ()

    def at_site(self, targets: QuerySet[Target], name: str, value: Site) -> QuerySet[Target]:
        """Keep those of a site, its teams and its queues."""
        return targets.filter(Q(site=value) | Q(team__site=value) | Q(queue__site=value))

    def on_day(self, targets: QuerySet[Target], name: str, value: date) -> QuerySet[Target]:
        """Keep those that hold on the day."""
        return targets.filter(period__contains=value) if FIRST <= value <= LAST else targets.none()
