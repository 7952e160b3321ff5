"""Reads over several tables of people."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Subquery

from agents.ladder import Organisation
from agents.models import (
    Absence,
    Department,
    Leadership,
    Membership,
    Region,
    RegionSite,
    RoleGrant,
    Site,
    Team,
    User,
)
from callcenter.access import Role

DAY_OF_CENTRE = ZoneInfo("Asia/Shanghai")
TEAM_SIZE, NEAR = 20, 5
"""The guideline is one lead for twenty (domain §1); a team more than `NEAR` away from it is shown as such."""

# A person's direct superior on a day: the one set by hand, else the lead of the team of that day (domain §1).
SUPERIORS = """
WITH direct(person, superior) AS MATERIALIZED (
    SELECT u.id, coalesce(
        (SELECT s.superior_id FROM agents_superior s WHERE s.person_id = u.id AND s.period @> %(day)s::date),
        (SELECT l.person_id FROM agents_membership m
           JOIN agents_leadership l ON l.team_id = m.team_id AND l.period @> %(day)s::date
          WHERE m.person_id = u.id AND m.period @> %(day)s::date AND l.person_id <> u.id)
    ) FROM agents_user u WHERE u.id = ANY(%(people)s)
)
SELECT person, superior FROM direct WHERE superior IS NOT NULL
"""


def direct_superiors(people: Iterable[int], on: date) -> dict[int, int]:
    """Return the direct superior on the day `on` of each of `people` who has one."""
    with connection.cursor() as cursor:
        cursor.execute(SUPERIORS, {"day": on, "people": list(people)})
        return dict(cursor.fetchall())


def direct_superior(person: User, on: date) -> User | None:
    """Return the person's direct superior on the day `on` (direct superior, 直接上级), None if nobody is set."""
    found = direct_superiors([person.pk], on).get(person.pk)
    return User.objects.select_related("site__calendar").get(pk=found) if found else None


def superiors_upwards(people: Iterable[int], on: date) -> dict[int, int]:
    """Return the direct superiors of `people`, of those superiors, and so on up; one query for each level."""
    superiors: dict[int, int] = {}
    frontier = set(people)
    while frontier:
        found = direct_superiors(frontier, on)
        superiors |= found
        frontier = set(found.values()) - superiors.keys() - frontier
    return superiors


def reports_to(person: User, superior_id: int) -> bool:
    """Say whether the person reports to somebody today, directly or not."""
    return superior_id in Organisation(superiors_upwards([person.pk], person.today)).ladder(person.pk)


def organisation(people: Iterable[int], *, now: datetime) -> Organisation:
    """Return the snapshot that decides who answers for what `people` handle at `now`: few queries for any number."""
    day = now.astimezone(DAY_OF_CENTRE).date()
    absent = dict(Absence.objects.at(now).values_list("person_id", "stand_in_id"))
    superiors = superiors_upwards({*people, *filter(None, absent.values())}, day)
    asked = {*superiors.values(), *absent.values()} - {None}
    left = User.objects.filter(pk__in=asked, is_active=False).values_list("pk", flat=True)
    absent |= dict.fromkeys(left)  # a closed account is an empty chair too, and nobody stands in for it
    executives = (
        RoleGrant.objects.on(day)
        .filter(role=Role.EXECUTIVE, person__is_active=True)
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()
    )
    return Organisation(superiors=superiors, stand_ins=absent, executives=list(executives))


def with_place(people: QuerySet[User], *, on: date, team: str = "team") -> QuerySet[User]:
    """Return the people with `team_on` and `roles_on`, of the day: the team's number, or what else `team` names; each role once."""
    member = Membership.objects.on(on).filter(person=OuterRef("pk"))
    grants = RoleGrant.objects.on(on).filter(person=OuterRef("pk")).order_by("role")
    placed = people.annotate(
        team_on=Subquery(member.values(team)),
        roles_on=ArraySubquery(grants.values("role").distinct()),
    )
    return placed.select_related("site").order_by("work_number")


def away(user: User, *, now: datetime, within: timedelta = timedelta(days=14)) -> QuerySet[Absence]:
    """Return who of the people that `user` answers for is away at `now` or will be `within` it, soonest first, at most a hundred."""
    seen = User.objects.visible_to(user).filter(is_active=True)
    return (
        Absence.objects.not_over(now)
        .filter(period__startswith__lte=now + within, person__in=seen)
        .annotate(is_running=_true_if(Q(period__contains=now)))
        .select_related("person", "stand_in")
        .only("period", "person__name", "stand_in__name", "stand_in__work_number")
        .order_by("period")[:100]
    )


def _true_if(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, BooleanField())


def places(*, on: date) -> dict[str, Any]:
    """Return the sites, regions, departments and teams of the centre as they are on the day `on`."""
    return {
        "sites": Site.objects.select_related("calendar"),
        "regions": Region.objects.prefetch_related(
            Prefetch("sites", RegionSite.objects.on(on).select_related("site"), to_attr="sites_on")
        ),
        "departments": Department.objects.all(),
        "teams": _teams(on),
    }


def _teams(on: date) -> QuerySet[Team]:
    members = Q(memberships__period__contains=on, memberships__person__is_active=True)
    leads = Prefetch("leaderships", Leadership.objects.on(on).select_related("person"), to_attr="leads_on")
    far = Q(heads__lt=TEAM_SIZE - NEAR) | Q(heads__gt=TEAM_SIZE + NEAR)
    return (
        Team.objects.select_related("site")
        .annotate(heads=Count("memberships", filter=members))
        .annotate(is_far=_true_if(far))
        .prefetch_related(leads)
    )
