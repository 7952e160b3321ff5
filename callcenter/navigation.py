"""The frame around every page: who sees which entry, where they work, and how much waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from callcenter.http import GetResponse, in_panel
from callcenter.kept import forget, kept
from callcenter.outbox import queue
from callcenter.place import Place, SiteChoice
from callcenter.templatetags.ui import nav_link

SAFE = ("GET", "HEAD", "OPTIONS")
FRESH = 20
"""For how many seconds the frame's numbers hold."""


@dataclass(frozen=True)
class Entry:
    """One entry: words, page, icon, the permission that shows it ("" is everybody), and whether it obeys a place."""

    label: str | Promise
    url_name: str
    icon: str
    permission: str = ""
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one person sees it on one page; `count` is what waits there, `html` what side and foot show."""

    label: str | Promise
    url: str
    current: bool
    count: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database says about a person's frame: where they may look, what waits, by the entry's page."""

    sites: tuple[SiteChoice, ...]
    place: Place
    counts: dict[str, int]
    unread: int


# On a phone the first four that a person may open stand in the bar, so the order is that of use.
MAIN = [
    Entry(_("Today"), "today", "today", placed=True),
    Entry(_("Complaints"), "complaints:list", "complaint", "complaints.list", placed=True),
    Entry(_("Feedback"), "feedback:board", "feedback"),
    Entry(_("Roster"), "shifts:home", "roster"),
    Entry(_("KPIs"), "kpi:overview", "kpi", "kpi.view", placed=True),
    Entry(_("Bulletin"), "floor:list", "floor"),
    Entry(_("Calls"), "calls:list", "phone", "calls.view", placed=True),
    Entry(_("People"), "agents:people", "people", "agents.view_people", placed=True),
]
SETTINGS = [
    Entry(_("Calendars"), "ops:calendars", "roster", "worktime.manage"),
    Entry(_("Service rules"), "service_rules:list", "shield", "agents.manage_service_rules"),
    Entry(_("Causes of complaints"), "causes:list", "complaint", "complaints.manage_causes"),
    Entry(_("Complaint clocks"), "clock_policies:list", "clock", "complaints.manage_policies"),
    Entry(_("Feedback board"), "feedback:settings", "feedback", "feedback.set_policy"),
    Entry(_("Outbox"), "ops:outbox", "outbox", "ops.outbox"),
    Entry(_("Style guide"), "styleguide:guide", "eye", "styleguide.view"),
    Entry(_("API tokens"), "tokens:list", "key", "tokens.manage"),
]
# Not in the bar: the search finds them, and the pages of the work lead there.
BESIDE = [
    Entry(_("Questions to you"), "complaints:questions", "help"),
    Entry(_("Queue logs"), "calls:logs", "phone", "calls.view_logs"),
    Entry(_("Cause analysis"), "complaints:analysis", "kpi", "complaints.analyse"),
    Entry(_("Report to the leaders"), "leaders:newest", "feedback", "feedback.read_reports"),
    Entry(_("Analysis of feedback"), "leaders:analysis", "kpi", "feedback.read_reports"),
    Entry(_("Targets"), "kpi:targets", "kpi", "kpi.view"),
    Entry(_("Scorecards"), "kpi:scorecards", "kpi"),
    Entry(_("Assessments"), "kpi:assessments", "kpi", "kpi.assess"),
    Entry(_("Assessment schemes"), "kpi:schemes", "kpi"),
    Entry(_("Early warnings"), "kpi:warnings", "risk", "kpi.view_warnings"),
    Entry(_("Teams"), "agents:teams", "people", "agents.view_people"),
    Entry(_("Skills of people"), "agents:skills", "people", "agents.view_people"),
    Entry(_("Employment and hours"), "agents:terms", "people", "agents.view_people"),
    Entry(_("Extra roles"), "agents:extra_roles", "user"),
    Entry(_("Applications for extra roles"), "agents:applications", "user"),
    Entry(_("Bring in files"), "imports:index", "upload", "imports.send"),
    Entry(_("My jobs"), "jobs:list", "clock"),
    Entry(_("Notices"), "ops:notices", "bell"),
    Entry(_("Account and sessions"), "account_home", "user"),
    Entry(_("Keyboard"), "keyboard", "keyboard"),
]
# Mail stays in the house only when no server is set; then it can be read here.
MAILBOX = Entry(_("Mailbox"), "ops:mailbox", "mail", "ops.mailbox")


@cache
def address(url_name: str) -> str:
    """Return where a page lies: asked for on every page, and always the same."""
    return reverse(url_name)


def obeys_place(path: str) -> bool:
    """Say whether the page shows what its address says of site and team."""
    return any(entry.placed and path == address(entry.url_name) for entry in MAIN)


def facts_of(person: Any, wanted: Place, *, now: datetime) -> Facts:
    """Return the person's facts, at most FRESH seconds old: one look into Redis for every page."""
    return kept(person, "frame", wanted, lambda: _read_facts(person, wanted, now), seconds=FRESH)


def _read_facts(person: Any, wanted: Place, now: datetime) -> Facts:
    sites: tuple[SiteChoice, ...] = import_string(settings.PLACES)(person)
    place = wanted.among(sites)
    counts = {name: import_string(path)(person, place, now) for name, path in settings.COUNTS.items()}
    return Facts(sites, place, counts, queue.unread(person, now=now))


class Frame:
    """What the frame shows around a page; nothing is computed until a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self.request.user, Place.remembered(self.request), now=timezone.now())

    def _links(self, entries: list[Entry]) -> Iterator[Link]:
        path, facts = self.request.path, self._facts
        for entry in entries:
            if entry.permission and not self.request.user.has_perm(entry.permission):
                continue
            page = address(entry.url_name)
            current = path == page or (len(page) > 1 and path.startswith(page))
            url = page + facts.place.query if entry.placed else page
            count = facts.counts.get(entry.url_name, 0)
            html = nav_link(entry.label, url, entry.icon, current=current, count=count)
            yield Link(entry.label, url, current, count, html)

    @property
    def layout(self) -> str:
        """The template that a page extends which may also stand in the side panel, or before somebody signed in."""
        person = getattr(self.request, "user", None)
        if person is None or not person.is_authenticated:
            return "bare.html"
        return "panel.html" if in_panel(self.request) else "base.html"

    @property
    def parts(self) -> list[str]:
        """The templates of the apps that stand on every page."""
        return settings.FRAME_PARTS

    @property
    def sign_in(self) -> str:
        """A mark of this sign-in that a browser may keep: it tells one from another and opens nothing."""
        return salted_hmac("sign-in", self.request.session.session_key or "").hexdigest()[:16]

    @cached_property
    def main(self) -> list[Link]:
        """The pages of the work, most used first."""
        return list(self._links(MAIN))

    @cached_property
    def settings(self) -> list[Link]:
        """The pages of those who keep the product running."""
        return list(self._links([*SETTINGS, MAILBOX] if settings.MAILBOX else SETTINGS))

    @cached_property
    def in_settings(self) -> bool:
        """Whether one of the settings is open."""
        return any(link.current for link in self.settings)

    @property
    def unread(self) -> int:
        """How many notices this person has not opened."""
        return self._facts.unread

    @property
    def sites(self) -> tuple[SiteChoice, ...]:
        """The sites that may be picked; empty where there is nothing to choose."""
        sites = self._facts.sites
        return sites if len(sites) > 1 or any(len(site.teams) > 1 for site in sites) else ()

    @cached_property
    def place(self) -> Place:
        """The picked place: on a page that obeys one, the address says which."""
        if obeys_place(self.request.path):
            return Place.asked(self.request).among(self._facts.sites)
        return self._facts.place

    @property
    def place_names(self) -> tuple[str, str]:
        """The names of the picked site and team, empty where nothing is picked."""
        for site in self._facts.sites:
            if site.code == self.place.site:
                return site.name, dict(site.teams).get(self.place.team, "")
        return "", ""


class OwnActsMiddleware:
    """What somebody has just done shows in their own frame at once."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forget what was kept for the person after whatever was sent to change something."""
        response = self.get_response(request)
        if request.method not in SAFE and request.user.is_authenticated:
            forget(request.user)
        return response


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame."""
    return {"frame": Frame(request)}
