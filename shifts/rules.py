"""Who may do what with rosters, leave and attendance (domain §1, §3). A manager decides nothing about themself."""

from typing import Any

import rules

from callcenter.access import Role, has_role
from shifts.querysets.scope import WHOLE_CENTRE

files = has_role(Role.GENERAL_AFFAIRS)
reads_rosters = has_role(Role.TEAM_LEAD, Role.SUPERVISOR, Role.REGIONAL_MANAGER, *WHOLE_CENTRE)


@rules.predicate
def plans_at(user: Any, site: Any) -> bool:
    """Say whether the user plans the roster of the site, as its supervisor or the manager of its region; without a site, of any."""
    if site is None:
        return bool(user.holds(Role.SUPERVISOR, Role.REGIONAL_MANAGER))
    return bool(user.holds_at(Role.SUPERVISOR, site.pk) or user.holds_at(Role.REGIONAL_MANAGER, site.pk))


@rules.predicate
def leads(user: Any, person: Any) -> bool:
    """Say whether the user leads the person's team today or plans their site; never about themself. Without a person: of any."""
    if person is None:
        return bool(user.holds(Role.TEAM_LEAD, Role.SUPERVISOR, Role.REGIONAL_MANAGER))
    if person.pk == user.pk:
        return False
    return bool(set(person.team_ids) & set(user.led_team_ids)) or person.site_id in user.site_ids


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    """Say whether it is about the user."""
    return person is not None and person.pk == user.pk


@rules.predicate
def is_other(user: Any, person: Any) -> bool:
    """Say whether it is about somebody else."""
    return person is None or person.pk != user.pk


# Objects: a site for planning, a person for what is about somebody.
rules.add_perm("shifts.view_rosters", reads_rosters)
rules.add_perm("shifts.plan", plans_at)
rules.add_perm("shifts.manage_settings", plans_at | has_role(Role.ADMINISTRATOR))
rules.add_perm("shifts.ask", is_self)
rules.add_perm("shifts.decide", leads)
rules.add_perm("shifts.file", files & is_other)
rules.add_perm("shifts.manage_balances", files & is_other)
rules.add_perm("shifts.clock", is_self)
rules.add_perm("shifts.import_states", plans_at)
