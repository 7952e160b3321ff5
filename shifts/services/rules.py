"""By which rules a site rosters: made with the domain's defaults when first asked for."""

from datetime import datetime
from typing import Any

from django.db import transaction

from agents.models import Site
from callcenter.access import Actor, require
from callcenter.audit import log
from shifts.models import SiteRules


def site_rules(site: Site) -> SiteRules:
    """Return the rules of a site."""
    rules, _made = SiteRules.objects.get_or_create(site=site)
    return rules


@transaction.atomic
def set_site_rules(*, actor: Actor, site: Site, now: datetime, **wanted: int) -> SiteRules:
    """Change rules of a site, named as the fields of SiteRules; what was published under the old ones stays."""
    require(actor, "shifts.manage_settings", site)
    site_rules(site)
    rules = SiteRules.objects.select_for_update().get(site=site)
    old: dict[str, Any] = {name: getattr(rules, name) for name in wanted}
    for name, value in wanted.items():
        setattr(rules, name, value)
    rules.save(update_fields=list(wanted))
    log.record(actor, "roster_rules.changed", rules, now=now, old=old, new=wanted)
    return rules
