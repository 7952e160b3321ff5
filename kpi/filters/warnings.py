"""How early warnings are narrowed, on their list and over REST."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, PersonFilter, TeamFilter, site_filter
from callcenter.lists.filters import FromDay, UntilDay, Words
from kpi.enums.warnings import Ending, Severity, Subject
from kpi.watched import watchable


def watched_choices() -> list[tuple[str, Any]]:
    """Return the figures that can be watched, by key and name."""
    return [(metric.key, metric.name) for metric in watchable()]


class WarningFilter(django_filters.FilterSet):
    """Place, person, what it is about, the figure, how bad it is, how it ended, and local days of raising (both included)."""

    q = Words("agent__name", "team__name", "site__name", starts=("agent__work_number",))
    site = site_filter()
    team = TeamFilter()
    agent = PersonFilter(label=_("Agent"))
    kind = django_filters.ChoiceFilter(label=_("About"), choices=Subject.choices, empty_label=ANY)
    metric = django_filters.ChoiceFilter(label=_("Figure"), choices=watched_choices, empty_label=ANY)
    severity = django_filters.ChoiceFilter(
        label=_("At least"), choices=Severity.choices, lookup_expr="gte", empty_label=ANY
    )
    ending = django_filters.ChoiceFilter(label=_("Ending"), choices=Ending.choices, empty_label=ANY)
    since = FromDay("raised_at", _("Raised from"))
    until = UntilDay("raised_at", _("Raised until"))
