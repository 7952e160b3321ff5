"""Who may do what with people and places (domain §1: least privilege)."""

from typing import Any

import rules

from agents.enums import EXECUTIVE_TIER, ConductKind
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
    return person is None or user.sees(person)


@rules.predicate
def records_conduct(user: Any, record: Any) -> bool:
    """Say whether the user writes conduct records of this tier (domain §4); without a record, of any."""
    if record is not None and (record.complaint_tier or 0) >= EXECUTIVE_TIER:
        return bool(user.holds(Role.EXECUTIVE))
    return bool(user.holds(Role.SERVICE_MANAGER, Role.EXECUTIVE))


@rules.predicate
def is_accused(user: Any, record: Any) -> bool:
    """Say whether the record is about the user, alone or jointly."""
    return record is not None and user.pk in (record.person_id, record.joint_person_id)


@rules.predicate
def is_below_accused(user: Any, record: Any) -> bool:
    """Say whether the user reports to somebody whom the record is about."""
    if record is None:
        return False
    accused = [pk for pk in (record.person_id, record.joint_person_id) if pk]
    return bool(type(user).objects.below(accused, user.today).filter(pk=user.pk).exists())


@rules.predicate
def is_penalty(user: Any, record: Any) -> bool:  # noqa: ARG001 (every predicate is asked alike)
    """Say whether the record is a penalty: a reward needs neither reply nor appeal."""
    return record is not None and record.kind == ConductKind.PENALTY


@rules.predicate
def recorded_it(user: Any, record: Any) -> bool:
    """Say whether the user wrote the record."""
    return record is not None and record.recorded_by_id == user.pk


judges_conduct = records_conduct & ~is_accused & ~is_below_accused

rules.add_perm("agents.view_people", leads_people | is_personnel)
rules.add_perm("agents.manage_people", is_personnel)
rules.add_perm("agents.set_password", is_administrator)
rules.add_perm("agents.reset_second_factor", is_administrator)
rules.add_perm("agents.manage_roles", is_administrator)
rules.add_perm("agents.manage_places", is_administrator)
rules.add_perm("agents.record_absence", is_personnel | (leads_people & sees_person))
rules.add_perm("agents.set_language", is_self)
rules.add_perm("agents.end_sessions", is_self)
rules.add_perm("agents.manage_service_rules", has_role(Role.ADMINISTRATOR, Role.SERVICE_MANAGER))
rules.add_perm("agents.record_conduct", judges_conduct)
rules.add_perm("agents.decide_appeal", judges_conduct & ~recorded_it)
rules.add_perm("agents.answer_conduct", is_accused & is_penalty)
rules.add_perm("agents.manage_skills", is_personnel | (leads_people & sees_person & ~is_self))
rules.add_perm("agents.manage_catalogue", is_personnel)
rules.add_perm("agents.apply", is_self)
rules.add_perm("agents.decide_application", leads_people & sees_person & ~is_self)
rules.add_perm("agents.end_extra_role", is_self | is_personnel | (leads_people & sees_person))
