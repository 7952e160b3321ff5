"""Who may see, bring in and match calls (domain §1: least privilege)."""

from typing import Any

import rules

from callcenter.access import Role, has_role

is_administrator = has_role(Role.ADMINISTRATOR)
runs_the_service = has_role(Role.SERVICE_MANAGER)
runs_sites = has_role(Role.SUPERVISOR, Role.REGIONAL_MANAGER)
reads_calls = has_role(
    Role.TEAM_LEAD,
    Role.SUPERVISOR,
    Role.REGIONAL_MANAGER,
    Role.SERVICE_MANAGER,
    Role.EXECUTIVE,
    Role.QUALITY,
    Role.TRAINER,
)


@rules.predicate
def is_own_site(user: Any, site: Any) -> bool:
    """Say whether the site is one the person supervises; without a site, whether there may be any."""
    return site is None or user.sites.filter(pk=site.pk).exists()


rules.add_perm("calls.view", reads_calls)
rules.add_perm("calls.import", is_administrator | runs_the_service | (runs_sites & is_own_site))
rules.add_perm("calls.match", runs_the_service | (runs_sites & is_own_site))
