"""Whose scores somebody sees (domain §1): the own, those of the team they lead, of the sites they run, or all."""

from datetime import date
from typing import Any

from django.db.models import Q

from callcenter.access import Role

ALL = (Role.GENERAL_AFFAIRS, Role.EXECUTIVE)
AT_SITES = (Role.SUPERVISOR, Role.REGIONAL_MANAGER)
ABOVE_SITES = (Role.SUPERVISOR, Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER, Role.GENERAL_AFFAIRS)


def of_roles(user: Any, prefix: str = "") -> Q:
    """Return the condition that somebody answers for the role at the site: of `prefix`site and `prefix`role.

    A supervisor for all roles below at the own sites, a regional manager also for the supervisors there, the service
    manager for all below, executives and general affairs for all.
    """
    if user.holds(*ALL):
        return Q()
    role, site = f"{prefix}role", f"{prefix}site"
    if user.holds(Role.SERVICE_MANAGER):
        return ~Q(**{role: Role.SERVICE_MANAGER})
    own, regional = (Q(**{f"{site}__in": user.sites_as(one)}) for one in AT_SITES)
    below = ~Q(**{f"{role}__in": ABOVE_SITES})
    not_equal = ~Q(**{f"{role}__in": ABOVE_SITES[1:]})
    return own & below | regional & not_equal


def of_people(user: Any, field: str, day: date) -> Q:
    """Return the condition that the person in `field` is one whom somebody leads, or whose site they run; never themself."""
    if user.holds(*ALL, Role.SERVICE_MANAGER):
        return ~Q(**{field: user.pk})
    led = user.__class__.objects.filter(
        memberships__team__in=user.led_team_ids, memberships__period__contains=day
    )
    theirs = Q(**{f"{field}__site__in": user.site_ids}) | Q(**{f"{field}__in": led.values("pk")})
    return theirs & ~Q(**{field: user.pk})
