"""Whose scores somebody sees (domain §1): the own, those of the team they lead, of the sites they run, or all."""

from typing import Any

from django.db.models import Q, QuerySet

from agents.models import RoleGrant, User
from callcenter.access import Role

ALL = (Role.GENERAL_AFFAIRS, Role.EXECUTIVE)
AT_SITES = (Role.SUPERVISOR, Role.REGIONAL_MANAGER)
ABOVE = (Role.SUPERVISOR, Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER, Role.GENERAL_AFFAIRS, Role.EXECUTIVE)
"""The roles that a supervisor does not stand above; of all but the first a regional manager neither."""


def of_roles(user: Any, prefix: str = "") -> Q:
    """Return the condition that somebody answers for a role at a site: of `prefix`site and `prefix`role.

    A supervisor for all roles below at the own sites, a regional manager also for the supervisors there, the service
    manager for all but their like, executives and general affairs for all.
    """
    if user.holds(*ALL):
        return Q()
    role, site = f"{prefix}role", f"{prefix}site"
    if user.holds(Role.SERVICE_MANAGER):
        return ~Q(**{role: Role.SERVICE_MANAGER})
    own, regional = (Q(**{f"{site}__in": user.sites_as(one)}) for one in AT_SITES)
    return own & ~Q(**{f"{role}__in": ABOVE}) | regional & ~Q(**{f"{role}__in": ABOVE[1:]})


def people_of(user: Any) -> QuerySet[User]:
    """Return the people for whom somebody answers: who reports to them, and who works at their sites below them."""
    people: QuerySet[User] = User.objects.exclude(pk=user.pk)
    if user.holds(*ALL, Role.SERVICE_MANAGER):
        return people
    reports = User.objects.below([user.pk], user.today).values("pk")
    above = RoleGrant.objects.on(user.today).filter(role__in=ABOVE).values("person")
    return people.filter(Q(pk__in=reports) | Q(site__in=user.site_ids) & ~Q(pk__in=above))


def of_people(user: Any, field: str = "person") -> Q:
    """Return the condition that the person in `field` is one for whom somebody answers."""
    return Q(**{f"{field}__in": people_of(user).values("pk")})
