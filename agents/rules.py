"""Who may do what with people and places (domain §1: least privilege)."""

from typing import Any

import rules

from callcenter.access import Role, has_role

is_administrator = has_role(Role.ADMINISTRATOR)
is_personnel = has_role(Role.ADMINISTRATOR, Role.GENERAL_AFFAIRS)
leads_people = has_role(
    Role.TEAM_LEAD, Role.SUPERVISOR, Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER, Role.EXECUTIVE
)


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    """Say whether it is about the person themself."""
    return person is not None and person.pk == user.pk


@rules.predicate
def sees_person(user: Any, person: Any) -> bool:
    """Say whether the person is among those the user answers for; without a person, whether there may be any."""
    return person is None or type(person).objects.visible_to(user).filter(pk=person.pk).exists()


rules.add_perm("agents.view_people", leads_people | is_personnel)
rules.add_perm("agents.manage_people", is_personnel)
rules.add_perm("agents.set_password", is_administrator)
rules.add_perm("agents.reset_second_factor", is_administrator)
rules.add_perm("agents.manage_roles", is_administrator)
rules.add_perm("agents.manage_places", is_administrator)
rules.add_perm("agents.record_absence", is_personnel | (leads_people & sees_person))
rules.add_perm("agents.set_language", is_self)
rules.add_perm("agents.end_sessions", is_self)
