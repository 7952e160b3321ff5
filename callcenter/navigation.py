"""The frame's navigation: who sees which entry, which one is open, and how many notices wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from callcenter.http import in_panel
from callcenter.outbox import queue


@dataclass(frozen=True)
class Entry:
    """One entry: words, page, icon, and the permission that shows it ("" is everybody)."""

    label: str | Promise
    url_name: str
    icon: str
    permission: str = ""


@dataclass(frozen=True)
class Link:
    """An entry as one person sees it on one page."""

    label: str | Promise
    url: str
    icon: str
    current: bool


# On a phone the first four that a person may open stand in the bar, so the order is that of use.
MAIN = [
    Entry(_("Today"), "today", "today"),
    Entry(_("Complaints"), "complaints:list", "complaint", "complaints.list"),
    Entry(_("Feedback"), "feedback:list", "feedback"),
    Entry(_("KPIs"), "kpi:overview", "kpi", "kpi.view"),
    Entry(_("Calls"), "calls:list", "phone", "calls.view"),
    Entry(_("People"), "agents:people", "people", "agents.view_people"),
]
ADMINISTRATION = [
    Entry(_("Calendars"), "ops:calendars", "roster", "worktime.manage"),
    Entry(_("Outbox"), "ops:outbox", "outbox", "ops.outbox"),
]
# Mail stays in the house only when no server is set; then it can be read here.
MAILBOX = Entry(_("Mailbox"), "ops:mailbox", "mail", "ops.mailbox")


class Frame:
    """What the frame shows around a page; nothing is computed until a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def _links(self, entries: list[Entry]) -> Iterator[Link]:
        path = self.request.path
        for entry in entries:
            if entry.permission and not self.request.user.has_perm(entry.permission):
                continue
            url = reverse(entry.url_name)
            current = path == url or (url != reverse("today") and path.startswith(url))
            yield Link(entry.label, url, entry.icon, current)

    @cached_property
    def main(self) -> list[Link]:
        """The pages of the work, most used first."""
        return list(self._links(MAIN))

    @cached_property
    def administration(self) -> list[Link]:
        """The pages of those who keep the product running."""
        return list(self._links([*ADMINISTRATION, MAILBOX] if settings.MAILBOX else ADMINISTRATION))

    @property
    def layout(self) -> str:
        """The template that a page extends which may also stand in the side panel, or before somebody signed in."""
        person = getattr(self.request, "user", None)
        if person is None or not person.is_authenticated:
            return "bare.html"
        return "panel.html" if in_panel(self.request) else "base.html"

    @cached_property
    def may_search(self) -> bool:
        """Whether the search has anything to find for this person."""
        return self.request.user.has_perm("complaints.list")

    @cached_property
    def unread(self) -> int:
        """How many notices this person has not opened."""
        return queue.unread(self.request.user, now=timezone.now())


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame."""
    return {"frame": Frame(request)}
