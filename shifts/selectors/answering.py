"""Who answers for people, and for rosters, at an instant."""

from collections.abc import Collection
from datetime import datetime

from agents.models import RoleGrant, User
from agents.selectors import organisation, regional_managers
from callcenter.access import Role
from shifts.models import Roster
from shifts.selectors.working import zone_of


def deciders_of(people: Collection[int], *, now: datetime) -> dict[int, list[User]]:
    """Return for each of `people` who is told of them and decides: the direct superior, the stand-in, else the next one up.

    Three queries, however many people.
    """
    house = organisation(people, now=now)
    rungs = {person: house.rung_above(person, 0, [person]) for person in people}
    keys = {
        person: [pk for pk in rung.people if pk != person] if rung else [] for person, rung in rungs.items()
    }
    wanted = {pk for some in keys.values() for pk in some}
    found = User.objects.filter(pk__in=wanted, is_active=True).select_related("site__calendar").in_bulk()
    return {person: [found[pk] for pk in some if pk in found] for person, some in keys.items()}


def planners_of(roster: Roster, *, now: datetime, besides: int) -> list[User]:
    """Return who is told what becomes of a roster: who published it, else who made it, as long as they plan its site.

    If neither does (they left, or the system did it), the supervisors of the site, and where it has none who manages its
    region; never the one `besides`.
    """
    day = now.astimezone(zone_of(roster.site)).date()
    held = RoleGrant.objects.on(day).filter(role=Role.SUPERVISOR, site=roster.site_id, person__is_active=True)
    supervisors = set(held.values_list("person", flat=True)) - {besides}
    managers = set(regional_managers([roster.site_id], now=now).get(roster.site_id, ())) - {besides}
    planned_it = (roster.published_by_id, roster.made_by_id)
    chosen = next(({one} for one in planned_it if one in supervisors | managers), supervisors or managers)
    return list(User.objects.filter(pk__in=chosen).select_related("site__calendar").order_by("pk"))
