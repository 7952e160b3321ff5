"""Who may do what with feedback (domain §5)."""

from typing import Any

import rules

from callcenter.access import Role


@rules.predicate
def owns_department(user: Any, item: Any) -> bool:
    """Say whether the user answers today for the department that the item went to."""
    owned = {grant.department_id for grant in user.grants if grant.role == Role.DEPARTMENT_OWNER}
    return item is not None and item.department_id in owned


@rules.predicate
def wrote(user: Any, item: Any) -> bool:
    """Say whether the item is the user's own."""
    return item is not None and item.submitter_id == user.pk


rules.add_perm(
    "feedback.submit", rules.always_true
)  # whoever works here; has_perm asks for an active account
rules.add_perm("feedback.answer", owns_department & ~wrote)
