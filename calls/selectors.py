"""Reads about calls that are more than one table's rows."""

from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from agents.models import Site
from callcenter.access import Role
from calls.models import Call, Customer, Source
from calls.querysets import WHOLE_CENTRE

MOST_NAMES = 200
MOST_FOUND = 8
"""As many as one reads at a glance while somebody waits on the telephone."""
SHORTEST, LONGEST = 2, 60
"""Signs of a search."""


def sources(user: Any) -> list[Source]:
    """Return the sources of calls that the person sees, newest first."""
    return list(Source.objects.visible_to(user).order_by("-last_at", "name"))


def sees_whole_sites(user: Any) -> bool:
    """Say whether the person sees calls that belong to no team, those of a site or of all."""
    return bool(user.holds(*WHOLE_CENTRE) or user.site_ids)


def unmatched_agents(user: Any) -> list[dict[str, Any]]:
    """Return the agents known by name only, with the calls of each, most calls first."""
    found: Any = (
        Call.objects.visible_to(user)
        .unmatched()
        .values("source", "site", "site__name", "agent_name")
        .annotate(calls=Count("pk"), first=Min("entered_at"), last=Max("entered_at"))
        .order_by("-calls", "agent_name")[:MOST_NAMES]
    )
    return list(found)


def unmatched_queues(user: Any) -> list[dict[str, Any]]:
    """Return the queues known by name only, with the calls of each, most calls first."""
    found: Any = (
        Call.objects.visible_to(user)
        .filter(queue=None)
        .exclude(queue_name="")
        .values("source", "site__name", "queue_name")
        .annotate(calls=Count("pk"))
        .order_by("-calls", "queue_name")[:MOST_NAMES]
    )
    return list(found)


def sites_for(user: Any) -> QuerySet[Site]:
    """Return the sites whose calls the person may bring in and match."""
    if user.holds(Role.ADMINISTRATOR, Role.SERVICE_MANAGER):
        return Site.objects.all()
    sites: QuerySet[Site] = user.sites
    return sites


def find_customers(words: str) -> list[Customer]:
    """Return the first customers whose name or telephone number begins with `words`; none for less than two signs."""
    wanted = " ".join(words.replace("\0", "").split())[:LONGEST]
    return list(Customer.objects.found_by(wanted)[:MOST_FOUND]) if len(wanted) >= SHORTEST else []


def recent_calls(user: Any, customer: Customer) -> list[Call]:
    """Return the customer's latest calls that the person sees."""
    seen = Call.objects.visible_to(user).filter(customer=customer)
    return list(seen.order_by("-entered_at", "-pk")[:MOST_FOUND])
