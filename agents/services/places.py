"""Sites, regions, departments and teams. Nothing here is ever removed: the past refers to it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Department, Region, RegionSite, Site, Team
from agents.services.dated import succeed, unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.worktime.models import Calendar


def create_site(
    *,
    actor: Actor,
    code: str,
    name: str,
    calendar: Calendar,
    mail_opens: str,
    mail_closes: str,
    now: datetime,
) -> Site:
    """Open a site that works by `calendar` and may be mailed from `mail_opens` to `mail_closes` (local “HH:MM”)."""
    require(actor, "agents.manage_places")
    _refuse_empty_window(mail_opens, mail_closes)
    with unless_taken("code", _("This code is in use."), _("Choose another one.")):
        site = Site.objects.create(
            code=code, name=name, calendar=calendar, mail_opens=mail_opens, mail_closes=mail_closes
        )
        window = f"{mail_opens}–{mail_closes}"
        log.record(actor, "site.created", site, now=now, calendar=calendar.code, mail_window=window)
    return site


@transaction.atomic
def change_site(
    *,
    actor: Actor,
    site: Site,
    name: str,
    calendar: Calendar,
    mail_opens: str,
    mail_closes: str,
    now: datetime,
) -> None:
    """Change a site's name, calendar or mail window; clocks and messages that run already keep what they began with."""
    require(actor, "agents.manage_places")
    _refuse_empty_window(mail_opens, mail_closes)
    new = {"name": name, "calendar": calendar, "mail_opens": mail_opens, "mail_closes": mail_closes}
    old = {field: str(getattr(site, field)) for field in new}
    for field, value in new.items():
        setattr(site, field, value)
    site.save(update_fields=list(new))
    changed = {field: str(value) for field, value in new.items()}
    log.record(actor, "site.changed", site, now=now, old=old, new=changed)


def _refuse_empty_window(mail_opens: str, mail_closes: str) -> None:
    if mail_opens >= mail_closes:
        raise DomainError(
            _("The mail window closes before it opens."),
            field="mail_closes",
            mend=_("Choose a later time; 00:00 to 24:00 is always."),
        )


def create_region(*, actor: Actor, name: str, now: datetime) -> Region:
    """Make a region; sites are put into it by date."""
    require(actor, "agents.manage_places")
    with unless_taken("name", _("There is a region of this name."), _("Choose another name.")):
        region = Region.objects.create(name=name)
        log.record(actor, "region.created", region, now=now)
    return region


def put_site_into_region(
    *, actor: Actor, site: Site, region: Region, since: date, now: datetime
) -> RegionSite:
    """Put the site into `region` from the day `since` on; the region before it ends there."""
    require(actor, "agents.manage_places")
    return succeed(actor, RegionSite, {"site": site}, {"region": region}, since, now, "site.region_set")


def create_department(*, actor: Actor, name: str, scope: str, now: datetime) -> Department:
    """Make a department and publish its scope: what it answers for."""
    require(actor, "agents.manage_places")
    with unless_taken("name", _("There is a department of this name."), _("Choose another name.")):
        department = Department.objects.create(name=name, scope=scope)
        log.record(actor, "department.created", department, now=now, scope=scope)
    return department


@transaction.atomic
def set_scope(*, actor: Actor, department: Department, scope: str, now: datetime) -> None:
    """Publish anew what the department answers for."""
    require(actor, "agents.manage_places")
    old, department.scope = department.scope, scope
    department.save(update_fields=["scope"])
    log.record(actor, "department.scope_set", department, now=now, old=old, new=scope)


def create_team(*, actor: Actor, site: Site, name: str, now: datetime) -> Team:
    """Make a team at a site; its lead is appointed by date."""
    require(actor, "agents.manage_places")
    with unless_taken("name", _("The site has a team of this name."), _("Choose another name.")):
        team = Team.objects.create(site=site, name=name)
        log.record(actor, "team.created", team, now=now, site=site.code)
    return team
