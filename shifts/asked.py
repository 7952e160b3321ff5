"""What the address of a page about cover asks for: the site, the day, the week. What makes no sense is the nearest that does."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from agents.models import Site
from callcenter.errors import NotAllowed
from shifts.selectors.demand import sites_of, zone_of

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def site(request: HttpRequest) -> tuple[Site, list[Site]]:
    """Return the site that `?site=` names, else the person's own, and all that they may choose. NotAllowed if there is none."""
    found = list(sites_of(request.user))
    if not found:
        raise NotAllowed
    person: Any = request.user
    by_code = {one.code: one for one in found}
    own = next((one for one in found if one.pk == person.site_id), found[0])
    return by_code.get(request.GET.get("site", ""), own), found


def day(request: HttpRequest, of: Site, name: str = "day") -> date:
    """Return the day that the address names, else today at the site."""
    return read_day(request.GET.get(name, "")) or today(of, timezone.now())


def week(request: HttpRequest, of: Site) -> date:
    """Return the Monday of the week in which `?day=` lies, else of this week."""
    asked = day(request, of)
    return asked - timedelta(days=asked.weekday())


def read_day(text: str) -> date | None:
    """Return a date written as 2026-11-23, None for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found < LATEST else None


def today(of: Site, now: datetime) -> date:
    """Return the day that it is at a site."""
    return now.astimezone(zone_of(of)).date()
