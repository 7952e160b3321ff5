"""Reads over several tables of people."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from agents.ladder import Organisation
from agents.models import (
    Absence,
    Department,
    Region,
    RegionSite,
    RoleGrant,
    Site,
    User,
)
from callcenter.access import Role

DAY_OF_CENTRE = ZoneInfo("Asia/Shanghai")

# A person's direct superior on a day: the one set by hand, else the lead of the team of that day (domain §1).
DIRECT = """coalesce(
    (SELECT s.superior_id FROM agents_superior s WHERE s.person_id = {person} AND s.period @> %(day)s::date),
    (SELECT l.person_id FROM agents_membership m
       JOIN agents_leadership l ON l.team_id = m.team_id AND l.period @> %(day)s::date
      WHERE m.person_id = {person} AND m.period @> %(day)s::date AND l.person_id <> {person})
)"""
SUPERIORS = f"""
WITH direct(person, superior) AS MATERIALIZED (
    SELECT u.id, {DIRECT.format(person="u.id")} FROM agents_user u WHERE u.id = ANY(%(people)s)
)
SELECT person, superior FROM direct WHERE superior IS NOT NULL
"""  # noqa: S608 (made of constants)
# Whoever was met before is not asked again, so a circle ends.
UPWARDS = f"""
WITH RECURSIVE up(person, superior) AS (
    SELECT u.id, {DIRECT.format(person="u.id")} FROM agents_user u WHERE u.id = ANY(%(people)s)
    UNION
    SELECT met.id, {DIRECT.format(person="met.id")}
    FROM (SELECT DISTINCT superior FROM up WHERE superior IS NOT NULL) met(id)
)
SELECT person, superior FROM up WHERE superior IS NOT NULL
"""  # noqa: S608 (made of constants)


def direct_superiors(people: Iterable[int], on: date) -> dict[int, int]:
    """Return the direct superior on the day `on` of each of `people` who has one."""
    return _superiors(SUPERIORS, people, on)


def direct_superior(person: User, on: date) -> User | None:
    """Return the person's direct superior on the day `on` (direct superior, 直接上级), None if nobody is set."""
    found = direct_superiors([person.pk], on).get(person.pk)
    return User.objects.select_related("site__calendar").get(pk=found) if found else None


def superiors_upwards(people: Iterable[int], on: date) -> dict[int, int]:
    """Return the direct superiors of `people`, of those superiors, and so on up; one query."""
    return _superiors(UPWARDS, people, on)


def _superiors(statement: str, people: Iterable[int], on: date) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": on, "people": list(people)})
        return dict(cursor.fetchall())


def reports_to(person: User, superior_id: int) -> bool:
    """Say whether the person reports to somebody today, directly or not."""
    return superior_id in Organisation(superiors_upwards([person.pk], person.today)).ladder(person.pk)


# All that a ladder is climbed by, as kind, person and the other one: who stands above `people` and their stand-ins, who is
# away, whose account is closed (an empty chair too, for which nobody stands in), who the executives are.
ORGANISATION = f"""
WITH RECURSIVE absent(person, stand_in) AS MATERIALIZED (
    SELECT person_id, stand_in_id FROM agents_absence WHERE period @> %(now)s::timestamptz
), up(person, superior) AS (
    SELECT u.id, {DIRECT.format(person="u.id")} FROM agents_user u
     WHERE u.id = ANY(%(people)s) OR u.id IN (SELECT stand_in FROM absent)
    UNION
    SELECT met.id, {DIRECT.format(person="met.id")}
    FROM (SELECT DISTINCT superior FROM up WHERE superior IS NOT NULL) met(id)
)
SELECT 'superior', person, superior FROM up WHERE superior IS NOT NULL
 UNION ALL
SELECT 'absent', person, stand_in FROM absent
 UNION ALL
SELECT 'left', u.id, NULL FROM agents_user u
 WHERE NOT u.is_active AND (u.id = ANY(%(people)s) OR u.id IN (SELECT superior FROM up UNION SELECT stand_in FROM absent))
 UNION ALL
(SELECT DISTINCT 'executive', g.person_id, NULL::bigint FROM agents_rolegrant g
   JOIN agents_user u ON u.id = g.person_id AND u.is_active
  WHERE g.role = %(executive)s AND g.period @> %(day)s::date ORDER BY g.person_id)
"""  # noqa: S608 (made of constants)


def organisation(people: Iterable[int], *, now: datetime) -> Organisation:
    """Return the snapshot that decides who answers for what `people` handle at `now`: one query for any number."""
    day = now.astimezone(DAY_OF_CENTRE).date()
    told: dict[str, dict[int, int | None]] = defaultdict(dict)
    with connection.cursor() as cursor:
        facts: dict[str, Any] = {"now": now, "day": day, "people": list(people), "executive": Role.EXECUTIVE}
        cursor.execute(ORGANISATION, facts)
        for kind, person, other in cursor.fetchall():
            told[kind][person] = other
    superiors = {person: above for person, above in told["superior"].items() if above}
    stand_ins = told["absent"] | told["left"]
    return Organisation(superiors=superiors, stand_ins=stand_ins, executives=list(told["executive"]))


def regional_managers(sites: Iterable[int], *, now: datetime) -> dict[int, tuple[int, ...]]:
    """Return who manages the region of each of `sites` (by primary key) today: nobody, one or several; one query."""
    day = now.astimezone(DAY_OF_CENTRE).date()
    held = RoleGrant.objects.on(day).filter(role=Role.REGIONAL_MANAGER, person__is_active=True)
    of_site = held.filter(region__sites__site__in=sites, region__sites__period__contains=day)
    found: dict[int, tuple[int, ...]] = {}
    for site, person in of_site.order_by("person_id").values_list("region__sites__site", "person_id"):
        found[site] = (*found.get(site, ()), person)
    return found


# Written out, since the list of people asks them on every page and Django takes longer to make them than PostgreSQL to answer.
TEAM_OF_DAY = {
    "team": "SELECT m.team_id FROM agents_membership m WHERE m.person_id = agents_user.id AND m.period @> %s::date",
    "team__name": """
        SELECT t.name FROM agents_membership m JOIN agents_team t ON t.id = m.team_id
         WHERE m.person_id = agents_user.id AND m.period @> %s::date""",
}
ROLES_OF_DAY = """ARRAY(
    SELECT DISTINCT g.role FROM agents_rolegrant g WHERE g.person_id = agents_user.id AND g.period @> %s::date ORDER BY g.role)"""


def with_place(people: QuerySet[User], *, on: date, team: str = "team") -> QuerySet[User]:
    """Return the people with `team_on` and `roles_on`, of the day: the team's number, or its name; each role once."""
    placed = people.annotate(
        team_on=RawSQL(TEAM_OF_DAY[team], [on]),  # noqa: S611 (our own SQL with parameters)
        roles_on=RawSQL(ROLES_OF_DAY, [on]),  # noqa: S611 (the same)
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
    """Return the sites, regions and departments of the centre as they are on the day `on`."""
    return {
        "sites": Site.objects.select_related("calendar"),
        "regions": Region.objects.prefetch_related(
            Prefetch("sites", RegionSite.objects.on(on).select_related("site"), to_attr="sites_on")
        ),
        "departments": Department.objects.all(),
    }
