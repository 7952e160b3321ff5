"""Every page in the browser: no fault that axe knows, no error, nothing that jumps, nothing too wide or too heavy."""

import gzip
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from agents.models import User
from devtools.crawl import Answer, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

# Those who between them see every page; the first who may open one shows it.
READERS = ("1001", "9001", "20401", "7001", "1101")
SCREENS = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
HEAVIEST = 300_000
"""Bytes of a first visit, compressed."""
WATCH_SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; }))
    .observe({ type: 'layout-shift', buffered: true });
"""
SETTLED = """Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished))"""
"""Whatever fades has faded; what turns for ever is not waited for."""
FAULTS = "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)"
MOST_SHIFT = 0.01
"""Of the layout-shift score, in which 0.1 is the limit of what browsers call good."""


@pytest.fixture
def centre(django_db_serialized_rollback, transactional_db) -> list[User]:
    """Return the demo's people, in a database that the live server sees."""
    call_command("seed_demo", verbosity=0)
    return sorted(
        User.objects.filter(work_number__in=READERS), key=lambda user: READERS.index(user.work_number)
    )


def pages_of(person: User) -> Iterator[tuple[str, str]]:
    """Yield an address of each route that is a page for this person."""
    client = Client()
    client.force_login(person)

    def fetch(url: str) -> Answer:
        response = client.get(url)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return Answer(response.status_code, location=response.headers.get("Location", ""))
        return Answer(response.status_code, response.content.decode())

    for visit in walk(fetch, per_route=1):
        if "<main" in visit.answer.html:
            yield visit.route, visit.url


def signed_in(browser: Browser, live_server, person: User, screen: dict) -> BrowserContext:
    client = Client()
    client.force_login(person)
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", timezone_id="Asia/Shanghai", color_scheme="light", **screen
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(WATCH_SHIFTS)
    return context


def inaccessible(page: Page) -> Iterator[str]:
    """Yield what axe finds; a page that was loaded anew gets it again."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for fault in page.evaluate(FAULTS):
        yield f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"


def faults(page: Page, url: str) -> Iterator[str]:
    """Open a page and yield what is wrong with it."""
    page.emulate_media(color_scheme="light")
    page.goto(url)
    page.wait_for_selector(".htmx-request", state="detached")
    if page.evaluate("window.shifted") > MOST_SHIFT:
        yield f"moves while it loads: {page.evaluate('window.shifted'):.3f}"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "is wider than the screen"
    yield from inaccessible(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_selector("html[data-bs-theme=dark]")
    page.evaluate(SETTLED)
    for fault in inaccessible(page):
        yield f"in the dark: {fault}"


def weight(context: BrowserContext, page: Page, known: dict[str, int]) -> int:
    """Return how many bytes the page and all it needs take, compressed."""
    urls = page.evaluate(
        "[location.href, ...performance.getEntriesByType('resource').map((one) => one.name)]"
    )
    for url in set(urls) - known.keys():
        known[url] = len(gzip.compress(context.request.get(url).body()))
    return sum(known[url] for url in set(urls))


def watched(context: BrowserContext, trouble: list[str]) -> Page:
    """Return a window whose errors are put down with the page that they are of."""
    page = context.new_page()
    page.on(
        "console", lambda line: trouble.append(f"{page.url}: {line.text}") if line.type == "error" else None
    )
    page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
    return page


def test_every_page_is_without_fault_on_a_desk_and_a_phone_in_light_and_dark(browser, live_server, centre):
    seen: set[str] = set()
    trouble: list[str] = []
    known: dict[str, int] = {}
    for person in centre:
        contexts = {name: signed_in(browser, live_server, person, screen) for name, screen in SCREENS.items()}
        pages = {name: watched(context, trouble) for name, context in contexts.items()}
        for route, url in pages_of(person):
            if route in seen:
                continue
            seen.add(route)
            for name, page in pages.items():
                trouble += [f"{url} as {person.work_number}, {name}: {fault}" for fault in faults(page, url)]
            heavy = weight(contexts["desk"], pages["desk"], known)
            if heavy > HEAVIEST:
                trouble.append(f"{url}: {heavy:,} bytes compressed")
        for context in contexts.values():
            context.close()
    assert len(seen) > 20
    assert trouble == []
