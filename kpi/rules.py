"""Who sees key figures. Whose figures, the calls' own row scope decides: an agent sees the own ones."""

from typing import Any

import rules

from callcenter.access import Role, has_role


@rules.predicate
def targets_are_theirs(user: Any, target: Any) -> bool:
    """Say whether somebody sets such a target; without one, whether any.

    Managers of the service department set every one, those of a region the ones of its sites, supervisors those of their
    sites' teams.
    """
    if user.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE):
        return True
    if target is None:
        return bool(user.site_ids)
    if target.team:
        return target.team.site_id in user.site_ids
    site = target.queue.site_id if target.queue else target.site_id
    return bool(user.holds_at(Role.REGIONAL_MANAGER, site))


@rules.predicate
def answers_warning(user: Any, warning: Any) -> bool:
    """Say whether somebody leads the team of a warning or runs its site; never about themself. Without one: whether any."""
    if user.holds(Role.SERVICE_MANAGER):
        return warning is None or warning.agent_id != user.pk
    if warning is None:
        return bool(user.led_team_ids or user.site_ids)
    mine = warning.team_id in user.led_team_ids or warning.site_id in user.site_ids
    return mine and warning.agent_id != user.pk


rules.add_perm(
    "kpi.view",
    has_role(
        Role.AGENT,
        Role.TEAM_LEAD,
        Role.SUPERVISOR,
        Role.REGIONAL_MANAGER,
        Role.SERVICE_MANAGER,
        Role.EXECUTIVE,
        Role.QUALITY,
        Role.TRAINER,
    ),
)
rules.add_perm("kpi.set_target", targets_are_theirs)
rules.add_perm(
    "kpi.view_warnings",
    has_role(
        Role.TEAM_LEAD,
        Role.SUPERVISOR,
        Role.REGIONAL_MANAGER,
        Role.SERVICE_MANAGER,
        Role.EXECUTIVE,
        Role.QUALITY,
        Role.TRAINER,
    ),
)
rules.add_perm("kpi.answer_warning", answers_warning)
rules.add_perm("kpi.set_warnings", has_role(Role.SERVICE_MANAGER, Role.ADMINISTRATOR))
