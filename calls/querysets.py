"""Which calls and sources somebody sees, and how lists read them."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q, Value

from callcenter.access import Role

SHORTEST_NUMBER, LONGEST_KEY = 6, 18
"""Digits from which on a telephone number is looked for: fewer begin millions of them; and those that fit a key."""
WHOLE_CENTRE = (Role.SERVICE_MANAGER, Role.EXECUTIVE, Role.QUALITY, Role.TRAINER)


class CallQuerySet(models.QuerySet[Any]):
    """Calls."""

    def visible_to(self, user: Any) -> Self:
        """Return the calls the person may see: the own, the led team's, the site's, the region's, or all (domain §1)."""
        if user.holds(*WHOLE_CENTRE):
            return self
        return self.filter(Q(agent=user) | Q(site__in=user.site_ids) | Q(team__in=user.led_team_ids))

    def unmatched(self) -> Self:
        """Return the calls whose agent is known by a name only."""
        return self.filter(agent=None).exclude(agent_name="")

    def for_list(self) -> Self:
        """Return the rows of a list with their names, newest first."""
        return self.select_related("agent", "queue", "customer").order_by("-entered_at", "-id")

    def for_cells(self) -> Self:
        """Return as little as a row on a page of the list shows, in the order they have."""
        shown = ("source", "call_id", "topic", "entered_at", "outcome", "wait_seconds", "talk_seconds")
        told = ("resolved", "satisfaction", "agent_name", "queue_name", "customer_name")
        named = ("agent__name", "agent__work_number", "queue__name", "customer")
        return self.only(*shown, *told, *named)


def digits_of(field: str) -> Func:
    """Return the digits of a telephone number, however they are set apart."""
    return Func(
        F(field),
        Value(r"\D"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=models.TextField(),
    )


class CustomerQuerySet(models.QuerySet[Any]):
    """Customers."""

    def reached_at(self, digits: str) -> Self:
        """Return those with this telephone number."""
        return self.alias(digits=digits_of("phone")).filter(digits=digits)

    def found_by(self, words: str) -> Self:
        """Return those whose name or telephone number begins with the words, or whose own number it is."""
        digits = "".join(filter(str.isdecimal, words))
        wanted = Q(name__startswith=words)
        if digits and not any(map(str.isalpha, words)):
            wanted |= Q(digits__startswith=digits) if len(digits) >= SHORTEST_NUMBER else Q()
            wanted |= Q(pk=int(digits)) if len(digits) <= LONGEST_KEY else Q()
        return self.alias(digits=digits_of("phone")).filter(wanted).order_by("name", "pk")


class SourceQuerySet(models.QuerySet[Any]):
    """Sources of calls."""

    def visible_to(self, user: Any) -> Self:
        """Return the sources of the person's sites."""
        if user.holds(*WHOLE_CENTRE):
            return self
        return self.filter(Q(site__in=[*user.site_ids, user.site_id]))
