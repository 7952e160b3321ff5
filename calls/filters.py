"""How calls are narrowed, on their list and over REST."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agents.filters import ANY, TeamFilter, site_filter
from agents.models import Site, User
from callcenter.lists.filters import FromDay, UntilDay, midnight
from calls import selectors
from calls.enums import Outcome
from calls.models import Call, Source


class FromSiteDay(FromDay):
    """The calls from the start of a day on, each by the clock of its site."""

    def filter(self, qs: QuerySet[Call], value: date | None) -> QuerySet[Call]:
        """Keep them."""
        return qs.filter(_by_midnight("gte", value)) if value else qs


class UntilSiteDay(UntilDay):
    """The calls up to the end of a day, each by the clock of its site."""

    def filter(self, qs: QuerySet[Call], value: date | None) -> QuerySet[Call]:
        """Keep them."""
        return qs.filter(_by_midnight("lt", value + timedelta(days=1))) if value else qs


def _by_midnight(lookup: str, day: date) -> Q:
    """Return the condition that a call came after (gte) or before (lt) the day began at its site."""
    begins: dict[datetime, list[int]] = defaultdict(list)
    for pk, zone in Site.objects.values_list("pk", "calendar__time_zone"):
        begins[datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)].append(pk)
    compare = f"entered_at__{lookup}"
    # The outermost instant alone lets the database leave out whole months.
    near = Q(**{compare: (min if lookup == "gte" else max)(begins, default=midnight(day))})
    if len(begins) <= 1:
        return near
    return near & reduce(or_, (Q(site__in=sites, **{compare: at}) for at, sites in begins.items()))


class CallFilter(django_filters.FilterSet):
    """Place, agent, queue, topic, source, outcome, and local days of the sites (both included)."""

    site = site_filter()
    team = TeamFilter()
    agent = django_filters.CharFilter(label=_("Agent"), method="by_agent", max_length=80)
    queue = django_filters.CharFilter(label=_("Queue"), method="by_queue", max_length=120)
    topic = django_filters.CharFilter(label=_("Topic"), max_length=120)
    source = django_filters.ChoiceFilter(label=_("Source"), empty_label=ANY, method="by_source")
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices, empty_label=ANY)
    since = FromSiteDay("entered_at", _("From"))
    until = UntilSiteDay("entered_at", _("To"))

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

    def by_queue(self, calls: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Keep the calls of a queue's code, or of a name in the file that means no queue yet."""
        return calls.filter(Q(queue__code=value) | Q(queue=None, queue_name=value))

    def by_source(self, calls: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Keep the calls of a source; the time that they span spares a look at the months without one."""
        span = Source.objects.filter(name=value).values_list("first_at", "last_at").first()
        found = calls.filter(source=value)
        return found.filter(entered_at__range=span) if span and all(span) else found
