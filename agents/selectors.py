"""Reads over several tables of people."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from agents.ladder import Organisation
from agents.models import Absence, RoleGrant, User
from callcenter.access import Role

DAY_OF_CENTRE = ZoneInfo("Asia/Shanghai")

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


def organisation(people: Iterable[int], *, now: datetime) -> Organisation:
    """Return the snapshot that decides who answers for what `people` handle at `now`: few queries for any number."""
    day = now.astimezone(DAY_OF_CENTRE).date()
    superiors: dict[int, int] = {}
    frontier = set(people)
    while frontier:
        found = direct_superiors(frontier, day)
        superiors |= found
        frontier = set(found.values()) - superiors.keys() - frontier
    absent = dict(Absence.objects.at(now).values_list("person_id", "stand_in_id"))
    executives = (
        RoleGrant.objects.on(day)
        .filter(role=Role.EXECUTIVE, person__is_active=True)
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()
    )
    return Organisation(superiors=superiors, stand_ins=absent, executives=list(executives))
