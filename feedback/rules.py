"""Who may do what with feedback (domain §5). Who may read an item in full is `visible_to`'s to say."""

from typing import Any

import rules

from callcenter.access import Role, has_role
from feedback.enums import Addressee, Kind
from feedback.querysets import owned, supervised


@rules.predicate
def wrote(user: Any, item: Any) -> bool:
    """Say whether the item is the user's own; of an anonymous one nobody can say."""
    return item is not None and item.author_id == user.pk


@rules.predicate
def is_asked(user: Any, item: Any) -> bool:
    """Say whether the item was sent to a department or a site that the user answers for today."""
    if item is None:
        return False
    if item.addressee == Addressee.DEPARTMENT:
        return item.department_id in owned(user)
    return item.addressee == Addressee.SUPERVISOR and item.site_id in supervised(user)


@rules.predicate
def is_executive_for(user: Any, item: Any) -> bool:
    """Say whether the item has come to the executives, and the user is one today."""
    came = item is not None and (item.addressee == Addressee.EXECUTIVE or item.escalated_at is not None)
    return came and user.holds(Role.EXECUTIVE)


@rules.predicate
def is_escalated(_user: Any, item: Any) -> bool:
    """Say whether the executives answer now."""
    return item is not None and item.escalated_at is not None


@rules.predicate
def is_public(_user: Any, item: Any) -> bool:
    """Say whether every employee may read its published words."""
    return item is not None and item.published_at is not None


@rules.predicate
def carried_out(user: Any, item: Any) -> bool:
    """Say whether it was the user who carried the suggestion out."""
    return item is not None and item.kind == Kind.SUGGESTION and item.suggestion.carried_out_by_id == user.pk


is_side = (is_asked | is_executive_for) & ~wrote
"""The answering side: it reads everything, and goes on doing so once the executives answer."""
in_charge = (is_asked & ~is_escalated | is_executive_for) & ~wrote
"""Whoever answers now."""
sees_public = is_public & rules.predicate(lambda user: user.holds(Role.EXECUTIVE))

# Whoever works here; has_perm asks for an active account.
rules.add_perm("feedback.submit", rules.always_true)
rules.add_perm("feedback.read", wrote | is_side)
rules.add_perm("feedback.answer", in_charge)
rules.add_perm("feedback.ask_back", in_charge)
rules.add_perm("feedback.publish", in_charge)
rules.add_perm("feedback.hand_on", is_asked & in_charge)
rules.add_perm("feedback.note", is_side)
rules.add_perm("feedback.say", wrote)
rules.add_perm("feedback.confirm", wrote)
rules.add_perm("feedback.close", is_executive_for & ~wrote)
rules.add_perm("feedback.back", is_public & ~wrote)
rules.add_perm("feedback.unback", rules.always_true)
rules.add_perm("feedback.assess", in_charge)
rules.add_perm("feedback.carry_out", is_side)
rules.add_perm("feedback.verify", (is_side | wrote | sees_public) & ~carried_out)
rules.add_perm("feedback.reward", is_side)
rules.add_perm("feedback.show_reward", wrote)
rules.add_perm("feedback.read_reports", has_role(Role.EXECUTIVE, Role.SERVICE_MANAGER))
rules.add_perm("feedback.set_policy", has_role(Role.ADMINISTRATOR))
