"""What people and places bring into the frame of every page: the sites to pick from, and their part of the search."""

from datetime import datetime

from django.db.models import Prefetch, Q

from agents.filters import PeopleFilter
from agents.models import Site, Team, User
from callcenter.access import Role
from callcenter.place import SiteChoice
from callcenter.search.found import Found

EVERYWHERE = (Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.EXECUTIVE, Role.GENERAL_AFFAIRS)


def places(person: User) -> tuple[SiteChoice, ...]:
    """Return the sites and teams that the person answers for today, in two queries."""
    sites, teams = Site.objects.all(), Team.objects.all()
    if not person.holds(*EVERYWHERE):
        led = Q(pk__in=person.led_teams.values("pk"))
        teams = teams.filter(led | Q(site__in=person.sites))
        sites = sites.filter(Q(pk__in=person.sites.values("pk")) | Q(teams__in=person.led_teams)).distinct()
    ordered = Prefetch("teams", teams.order_by("name"), to_attr="to_pick")
    return tuple(
        SiteChoice(site.code, site.name, tuple((str(team.pk), team.name) for team in site.to_pick))
        for site in sites.prefetch_related(ordered)
    )


def find_people(person: User, words: str, now: datetime, limit: int) -> list[Found]:  # noqa: ARG001 (every search is asked alike)
    """Return up to `limit` people whom the person may see, by work number or name."""
    seen = User.objects.visible_to(person).filter(is_active=True).select_related("site")
    found = PeopleFilter({"q": words}, seen).qs
    return [
        Found(row.name, f"{row.work_number} · {row.site.name}", row.get_absolute_url(), "user")
        for row in found.order_by("work_number")[:limit]
    ]
