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
speaks_with_customers = has_role(
    Role.AGENT,
    Role.SUPERVISOR,
    Role.REGIONAL_MANAGER,
    Role.SERVICE_MANAGER,
    Role.EXECUTIVE,
)


@rules.predicate
def is_own_site(user: Any, site: Any) -> bool:
    """Say whether the site is one the person supervises; without a site, whether there may be any."""
    return site is None or user.sites.filter(pk=site.pk).exists()


@rules.predicate
def brought_in(user: Any, batch: Any) -> bool:
    """Say whether the person brought in this import."""
    return bool(batch.by_id == user.pk)


@rules.predicate
def is_of_own_site(user: Any, batch: Any) -> bool:
    """Say whether the import is of a site that the person supervises, directly or through a region."""
    return bool(user.sites.filter(pk=batch.place).exists())


rules.add_perm("calls.view", reads_calls)
# Whoever speaks with customers finds them, with the number masked, and puts down who is not on file yet.
rules.add_perm("calls.find_customer", speaks_with_customers)
rules.add_perm("calls.add_customer", speaks_with_customers)
rules.add_perm("calls.import", is_administrator | runs_the_service | (runs_sites & is_own_site))
# What telephone systems told, without a call or a customer; administrators see to it that the logs are followed.
rules.add_perm("calls.view_logs", reads_calls | is_administrator)
rules.add_perm("calls.match", runs_the_service | (runs_sites & is_own_site))
# Refused rows stand there whole, customers and all; the counts of an import are for more people.
rules.add_perm("calls.view_rejects", brought_in | runs_the_service | is_of_own_site)
# What is dropped is gone for everybody: whoever runs the service or the system decides.
rules.add_perm("calls.set_retention", is_administrator | runs_the_service)
