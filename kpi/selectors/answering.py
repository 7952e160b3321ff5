"""Who answers for a warning: the lead of its team or agent, the supervisors of its site; or who stands in for them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from agents.models import Leadership, RoleGrant, User
from agents.selectors import DAY_OF_CENTRE, organisation
from callcenter.access import Role
from kpi.models import EarlyWarning


def answering_for(rows: Collection[EarlyWarning], *, now: datetime) -> dict[int, list[User]]:
    """Return for each warning, by its key, the people who are told; five queries, however many warnings.

    An agent without a team, or a team without a lead, is the supervisors'. Nobody is told about themself.
    """
    day = now.astimezone(DAY_OF_CENTRE).date()
    leads: dict[int, list[int]] = defaultdict(list)
    teams = {row.team_id for row in rows if row.team_id}
    for team, person in Leadership.objects.on(day).filter(team__in=teams).values_list("team", "person"):
        leads[team].append(person)
    supervisors: dict[int, list[int]] = defaultdict(list)
    held = RoleGrant.objects.on(day).filter(role=Role.SUPERVISOR, site__in={row.site_id for row in rows})
    for site, person in held.order_by("person").values_list("site", "person"):
        supervisors[site].append(person)
    people = [one for some in (*leads.values(), *supervisors.values()) for one in some]
    house = organisation(people, now=now)
    answers = {
        row.pk: {house.acting(one) for one in _first(row, leads, supervisors)} - {row.agent_id}
        for row in rows
    }
    wanted = {one for some in answers.values() for one in some}
    found = User.objects.filter(pk__in=wanted, is_active=True).select_related("site__calendar").in_bulk()
    return {row: [found[one] for one in sorted(some) if one in found] for row, some in answers.items()}


def _first(row: EarlyWarning, leads: dict[int, list[int]], supervisors: dict[int, list[int]]) -> list[int]:
    own = [one for one in leads.get(row.team_id or 0, []) if one != row.agent_id]
    return own or supervisors.get(row.site_id, [])
