"""Who writes on the bulletin, and who sees who has read (domain §7)."""

from typing import Any

import rules

from agents.rules import leads_people
from callcenter.access import Role, has_role
from floor.querysets import EVERYWHERE

writes_everywhere = has_role(*EVERYWHERE)
writes_at_sites = has_role(Role.SUPERVISOR, Role.REGIONAL_MANAGER)


@rules.predicate
def is_for_their_site(user: Any, post: Any) -> bool:
    """Say whether the post is for a site, or a team of one, that the user answers for; without a post, there may be any."""
    if post is None:
        return True
    return (post.team.site_id if post.team else post.site_id) in user.site_ids


@rules.predicate
def is_author(user: Any, post: Any) -> bool:
    """Say whether the user wrote the post."""
    return post is not None and post.author_id == user.pk


@rules.predicate
def is_addressed(user: Any, post: Any) -> bool:
    """Say whether the post is for the user, and holds."""
    return post is not None and type(post).objects.addressed_to(user).filter(pk=post.pk).exists()


rules.add_perm("floor.publish", writes_everywhere | (writes_at_sites & is_for_their_site))
rules.add_perm("floor.withdraw", is_author | writes_everywhere)
rules.add_perm("floor.mark_read", is_addressed)
rules.add_perm("floor.see_readers", is_author | writes_everywhere | leads_people)
