"""Roles: giving and taking them."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agents.models import SCOPES, Department, Region, RoleGrant, Site, User
from agents.services.dated import unless_taken
from callcenter.access import Actor, Role, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError

LIMITS = {
    "site": gettext_lazy("This role is limited to a site. Choose which."),
    "region": gettext_lazy("This role is limited to a region. Choose which."),
    "department": gettext_lazy("This role is limited to a department. Choose which."),
    None: gettext_lazy("This role holds for the whole centre. Leave the limit empty."),
}


def grant_role(
    *,
    actor: Actor,
    person: User,
    role: Role,
    since: date,
    now: datetime,
    until: date | None = None,
    scope: Site | Region | Department | None = None,
) -> RoleGrant:
    """Give a role from `since` on (not on `until`); `scope` is the site, region or department it is limited to."""
    require(actor, "agents.manage_roles")
    if actor.pk == person.pk:
        raise DomainError(
            _("Nobody gives a role to themself."), field="role", mend=_("Ask another administrator.")
        )
    wanted, given = SCOPES.get(role), scope._meta.model_name if scope else None
    if wanted != given:
        raise DomainError(LIMITS[wanted], field="scope")
    if until and until <= since:
        raise DomainError(_("The role ends before it begins."), field="until", mend=_("Choose a later day."))
    limits = {wanted: scope} if wanted else {}
    with unless_taken(
        "role", _("The person holds this role already."), _("End it first, or choose other days.")
    ):
        grant: RoleGrant = RoleGrant.objects.create(
            person=person, role=role, period=DateRange(since, until), **limits
        )
        log.record(
            actor, "role.granted", person, now=now, role=role.value, scope=str(scope or ""), since=str(since)
        )
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant: RoleGrant, from_day: date, now: datetime) -> None:
    """Take a role away from `from_day` on; one that would never have held is removed."""
    require(actor, "agents.manage_roles")
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("person").get(pk=grant.pk)
    if locked.period.upper and locked.period.upper <= from_day:
        raise Conflict(_("The role has ended by then."), field="from_day", mend=_("Choose an earlier day."))
    log.record(actor, "role.ended", locked.person, now=now, role=locked.role, since=str(from_day))
    if locked.period.lower >= from_day:
        locked.delete()
    else:
        locked.period = DateRange(locked.period.lower, from_day)
        locked.save(update_fields=["period"])
