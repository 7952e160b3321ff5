"""What the words of a staff list mean: sites, teams, departments, people, roles. Read once for a whole file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from agents.models import SCOPES, Department, RegionSite, Site, Team, User
from callcenter.access import Role
from callcenter.imports.kinds import BadCell


class Directory:
    """The places of the centre, and the people whose work numbers are asked for, locked."""

    def __init__(self, numbers: Iterable[str], *, on: date) -> None:
        sites = list(Site.objects.select_related("calendar"))
        self.sites = _by_name(sites) | {site.code.casefold(): [site] for site in sites}
        self.teams = {
            (team.site_id, team.name.casefold()): team for team in Team.objects.select_related("site")
        }
        self.departments = {one.name.casefold(): one for one in Department.objects.all()}
        rows = RegionSite.objects.on(on).select_related("region")
        self.regions = {row.site_id: row.region for row in rows}
        people = User.objects.filter(work_number__in=set(numbers)).select_related("site__calendar")
        locked = people.select_for_update(of=("self",)).order_by("pk")
        self.people: dict[str, User] = {person.work_number: person for person in locked}

    def site(self, words: str) -> Site:
        """Return the site of this code or name; BadCell if there is none or more than one."""
        found = self.sites.get(words.casefold(), [])
        if len(found) != 1:
            raise BadCell("site", _("there is no site “%(name)s”") % {"name": words})
        return found[0]

    def team(self, site: Site, words: str, field: str) -> Team:
        """Return the team of this name at the site; BadCell naming the field if there is none."""
        team = self.teams.get((site.pk, words.casefold()))
        if team is None:
            raise BadCell(field, _("there is no team “%(name)s” at %(site)s") % {"name": words, "site": site})
        return team

    def limit(self, role: Role, site: Site, department: str) -> Any:
        """Return what a role of somebody at `site` is limited to, None if nothing; BadCell if it is not known."""
        wanted = SCOPES.get(role)
        if wanted == "site":
            return site
        if wanted == "region":
            if site.pk not in self.regions:
                raise BadCell("roles", _("the site %(site)s is in no region on that day") % {"site": site})
            return self.regions[site.pk]
        if wanted == "department":
            found = self.departments.get(department.casefold())
            if found is None:
                raise BadCell("department", _("there is no department “%(name)s”") % {"name": department})
            return found
        return None


def _by_name(sites: Iterable[Site]) -> dict[str, list[Site]]:
    found: dict[str, list[Site]] = {}
    for site in sites:
        found.setdefault(site.name.casefold(), []).append(site)
    return found
