"""Walks through the product as a reader does: page by page, along the links that each page shows."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve

READ_ALOUD = ("alt", "aria-label", "data-label", "placeholder", "title")
NOT_WORDS = {"code", "kbd", "pre", "script", "style", "textarea"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr", "area", "base", "embed"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for an address; `html` is empty for anything else than a page."""

    status: int
    html: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One address that was visited: the route behind it, the page that linked to it, and what came back."""

    url: str
    route: str
    seen_on: str
    answer: Answer


@dataclass
class _Open:
    """An element that is being read."""

    tag: str
    worded: bool
    live: bool


@dataclass
class Reader(HTMLParser):
    """Collects the addresses that a page leads to and the words that it says to a person."""

    links: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @classmethod
    def of(cls, html: str) -> "Reader":
        """Read a whole page."""
        reader = cls()
        reader.feed(html)
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses and the spoken attributes; words in another language or in code are nobody's."""
        given = {name: value for name, value in attrs if value}
        outer = self._open[-1] if self._open else _Open("", worded=True, live=True)
        live = outer.live and "hx-disable" not in dict(attrs)
        followed = ("href", "src", "hx-get") if live else ("href", "src")
        self.links += [given[name] for name in followed if name in given]
        foreign = tag != "html" and "lang" in given
        worded = outer.worded and tag not in NOT_WORDS and not foreign and given.get("translate") != "no"
        if worded:
            self.words += [given[name] for name in READ_ALOUD if name in given]
        if tag not in VOID:
            self._open.append(_Open(tag, worded, live))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat <use/> like any element and close it at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those inside it that need no end."""
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if data.strip() and (not self._open or self._open[-1].worded):
            self.words.append(data.strip())


def walk(fetch: Callable[[str], Answer], *, start: str = "/", per_route: int = 10) -> Iterator[Visit]:
    """Visit `start` and whatever it leads to, breadth first; yield each visit.

    Of each route at most `per_route` addresses are visited, each with other names in its query than the ones before,
    so that a list of a thousand things in a hundred orders does not mean a hundred thousand pages.
    """
    waiting, known, seen = deque([(start, "")]), {start}, defaultdict[str, set[tuple[str, ...]]](set)
    while waiting:
        url, seen_on = waiting.popleft()
        route, names = route_of(url)
        if names in seen[route] or len(seen[route]) >= per_route:
            continue
        seen[route].add(names)
        answer = fetch(url)
        yield Visit(url, route, seen_on, answer)
        found = [answer.location] if answer.location else Reader.of(answer.html).links
        for link in found:
            address = ours(url, link)
            if address and address not in known:
                known.add(address)
                waiting.append((address, url))


def ours(page: str, link: str) -> str:
    """Return the address that `link` on `page` means, "" if it leads nowhere, out of the product, or to a file."""
    parts = urlsplit(urljoin(f"http://desk{page}", link))
    if parts.hostname != "desk" or parts.scheme != "http" or parts.path.startswith("/static/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def route_of(url: str) -> tuple[str, tuple[str, ...]]:
    """Return the route behind an address, "" if there is none, and the names in its query."""
    parts = urlsplit(url)
    try:
        route = str(resolve(parts.path).route)
    except Resolver404:
        route = ""
    return route, tuple(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
