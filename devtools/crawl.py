"""Walks through the product as a reader does: page by page, along the links that each page shows."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import etree

READ_ALOUD = ("alt", "aria-label", "data-label", "placeholder", "title")
NOT_WORDS = {"code", "kbd", "pre", "script", "style", "textarea"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for an address; `html` is empty for anything else than a page."""

    status: int
    html: str = ""
    location: str = ""


class Reader:
    """Collects the addresses that a page leads to and the words that it says to a person."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.words: list[str] = []
        # Of each open element: whether its words are ours, and whether htmx works in it.
        self._open = [(True, True)]

    @classmethod
    def of(cls, page: str) -> "Reader":
        """Read a whole page."""
        reader = cls()
        if page:
            etree.fromstring(page, etree.HTMLParser(target=reader))
        return reader

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take the addresses and the spoken attributes; words in another language or in code are nobody's."""
        worded, live = self._open[-1]
        live = live and "hx-disable" not in given
        followed = ("href", "src", "hx-get") if live else ("href", "src")
        self.links += [given[name] for name in followed if given.get(name)]
        foreign = tag != "html" and given.get("lang")
        worded = worded and tag not in NOT_WORDS and not foreign and given.get("translate") != "no"
        if worded:
            self.words += [given[name] for name in READ_ALOUD if given.get(name)]
        self._open.append((worded, live))

    def end(self, _tag: str) -> None:
        """Close the element; the parser closes those that need no end."""
        self._open.pop()

    def data(self, text: str) -> None:
        """Take the text."""
        if self._open[-1][0] and (plain := text.strip()):
            self.words.append(plain)

    def close(self) -> None:
        """Nothing is left to do at the end of a page."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One address that was visited: the route behind it, the page that linked to it, and what came back."""

    url: str
    route: str
    seen_on: str
    answer: Answer
    page: Reader


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
        page = Reader.of(answer.html)
        yield Visit(url, route, seen_on, answer, page)
        found = [answer.location] if answer.location else page.links
        for link in dict.fromkeys(found):
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
