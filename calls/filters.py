"""How calls are narrowed, on their list and over REST."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, TeamFilter, site_filter
from agents.models import User
from callcenter.lists.filters import FromDay, UntilDay
from calls import selectors
from calls.enums import Outcome
from calls.models import Call


class CallFilter(django_filters.FilterSet):
    """Place, agent, source, outcome, and local days (both included)."""

    site = site_filter()
    team = TeamFilter()
    agent = django_filters.CharFilter(label=_("Agent"), method="by_agent", max_length=80)
    source = django_filters.ChoiceFilter(label=_("Source"), empty_label=ANY)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices, empty_label=ANY)
    since = FromDay("entered_at", _("From"))
    until = UntilDay("entered_at", _("To"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Forms copy their choices, and with a bound method the whole request.
        self.filters["source"].extra["choices"] = lambda: self._sources()  # noqa: PLW0108

    def _sources(self) -> list[tuple[str, str]]:
        """Return the sources that the person sees; asked for only where the filter is set or drawn."""
        found = selectors.sources(self.request.user) if self.request else []
        return [(source.name, source.name) for source in found]

    def by_agent(self, calls: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Keep the calls of a work number, a person's name, or a name in the file, exactly as written."""
        people = User.objects.filter(Q(work_number=value) | Q(name=value))
        return calls.filter(Q(agent__in=people) | Q(agent_name=value))
