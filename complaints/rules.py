"""Who may do what with a complaint (domain §4); conflict of interest comes on top."""

from typing import Any

import rules

from agents.selectors import reports_to
from callcenter.access import Role, has_role
from complaints.enums import Tier

records_by_tier = {
    Tier.COMPANY: has_role(Role.AGENT, Role.SUPERVISOR),
    Tier.GROUP: has_role(Role.SUPERVISOR, Role.REGIONAL_MANAGER),
    Tier.AUTHORITY: has_role(Role.REGIONAL_MANAGER, Role.SERVICE_MANAGER, Role.EXECUTIVE),
}
handles_complaints = has_role(
    Role.AGENT,
    Role.TEAM_LEAD,
    Role.SUPERVISOR,
    Role.REGIONAL_MANAGER,
    Role.SERVICE_MANAGER,
    Role.EXECUTIVE,
)


@rules.predicate
def may_record_tier(user: Any, tier: int | None) -> bool:
    """Say whether the user receives complaints of this tier; without one, of any."""
    wanted = records_by_tier.values() if tier is None else [records_by_tier[Tier(tier)]]
    return any(predicate(user) for predicate in wanted)


@rules.predicate
def is_answerable(user: Any, complaint: Any) -> bool:
    """Say whether the user handles the complaint or answers for it now."""
    return complaint is not None and user.pk in (complaint.handler_id, complaint.responsible_id)


@rules.predicate
def is_concerned(user: Any, complaint: Any) -> bool:
    """Say whether the complaint is about the user, or about somebody the user reports to."""
    accused = complaint.staff_concerned_id if complaint else None
    return accused is not None and (accused == user.pk or reports_to(user, accused))


rules.add_perm("complaints.list", handles_complaints)
rules.add_perm("complaints.record", may_record_tier)
rules.add_perm("complaints.resolve", is_answerable & ~is_concerned)
rules.add_perm("complaints.see_contact", is_answerable & ~is_concerned)
