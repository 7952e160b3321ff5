"""The place that somebody works with: a site or one of its teams.

It is remembered in a cookie and written by the frame into the addresses of lists; lists obey their address alone.
"""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "place"
YEAR = 365 * 24 * 3600
WRITTEN = re.compile(r"(?P<site>[-\w]{1,20})(?::(?P<team>[1-9]\d{0,8}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """A site to pick, and the teams in it as (number in the address, name)."""

    code: str
    name: str
    teams: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A site by its code, a team by its number; nothing of both is everywhere."""

    site: str = ""
    team: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return what “main” or “main:3” names, everywhere for anything else; it may be gone, or not the person's."""
        found = WRITTEN.fullmatch(text)
        return cls(found["site"], found["team"] or "") if found else cls()

    @classmethod
    def remembered(cls, request: HttpRequest) -> Self:
        """Return what the cookie says."""
        return cls.parse(request.COOKIES.get(COOKIE, ""))

    @classmethod
    def asked(cls, request: HttpRequest) -> Self:
        """Return what the address says."""
        return cls(request.GET.get("site", ""), request.GET.get("team", ""))

    def among(self, choices: tuple[SiteChoice, ...]) -> "Place":
        """Return the part of it that may be picked."""
        for site in choices:
            if site.code == self.site:
                return self if self.team in dict(site.teams) else Place(self.site)
        return Place()

    def remember(self, response: HttpResponse) -> None:
        """Keep it on this device for a year."""
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, str(self), max_age=YEAR, samesite="Lax", httponly=True, secure=secure)

    def __str__(self) -> str:
        """Return it as `parse` reads it."""
        return ":".join(filter(None, (self.site, self.team)))

    @property
    def query(self) -> str:
        """Return it as a list's address takes it: “?site=main&team=3”, empty for everywhere."""
        given = {name: value for name, value in (("site", self.site), ("team", self.team)) if value}
        return f"?{urlencode(given)}" if given else ""
