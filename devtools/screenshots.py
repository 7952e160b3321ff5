"""Pictures of every page: `./screenshots [FOLDER]`.

Starts the product with its demo in a place of its own, walks through it as one person of each kind, and takes each page
light, dark, on a phone, and once in each Chinese language. `index.html` in the folder shows them beside each other.
"""

import argparse
import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from devtools.chromium import launch
from devtools.crawl import Answer, walk
from devtools.services.places import ROOT

PASSWORD = "harbour-desk-2026"  # noqa: S105 (the demo's)
DESK = {"width": 1440, "height": 900}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK, "color_scheme": "light", "locale": "en-GB"},
    "dark": {"viewport": DESK, "color_scheme": "dark", "locale": "en-GB"},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "color_scheme": "light",
        "locale": "en-GB",
        "has_touch": True,
    },
    "zh-hans": {"viewport": DESK, "color_scheme": "light", "locale": "zh-CN"},
    "zh-hant": {"viewport": DESK, "color_scheme": "light", "locale": "zh-TW"},
}
LANGUAGES = {"en-GB": "en", "zh-CN": "zh-hans", "zh-TW": "zh-hant"}
# Between them they see every page; each page is shown by the first who may open it.
READERS = ("1001", "9001", "20401", "7001")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass(frozen=True, slots=True)
class Shot:
    """A page to take: a name for its file, its address, and who opens it."""

    name: str
    url: str
    reader: str


@contextmanager
def product() -> Iterator[str]:
    """Run the product with its demo; yield its address."""
    with tempfile.TemporaryDirectory(prefix="callcenter-shots-") as place:
        ours = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        command = [sys.executable, "-m", "devtools.run", "--port", "8900"]
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | {"CALLCENTER_STATE_DIR": place},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            address = next((found[0] for line in running.stdout or () if (found := ADDRESS.search(line))), "")
            if not address:
                sys.exit("The product did not start.")
            yield address
        finally:
            running.terminate()
            running.wait()


def sign_in(browser: Browser, address: str, reader: str, look: dict[str, Any]) -> BrowserContext:
    """Return a signed-in window; nobody (reader "") sees the pages of those who are not signed in."""
    context = browser.new_context(base_url=address, timezone_id="Asia/Shanghai", **look)
    if reader:
        page = context.new_page()
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(reader)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(f"{address}/")
        # A person keeps the language of their first sign-in until they choose another.
        page.locator(f"[name=language][value={LANGUAGES[look['locale']]}]").dispatch_event("click")
        page.wait_for_load_state()
        page.close()
    return context


def pages(context: BrowserContext, reader: str) -> Iterator[Shot]:
    """Yield one page of each route that this person may open."""

    def fetch(url: str) -> Answer:
        response = context.request.get(url, max_redirects=0)
        location = response.headers.get("location", "")
        is_page = response.headers.get("content-type", "").startswith("text/html")
        return Answer(response.status, response.text() if is_page else "", location)

    for visit in walk(fetch, per_route=1):
        if "<main" in visit.answer.html:
            name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"<\w+:(\w+)>", r"\1", visit.route)).strip("-")
            # An address that names its language would show that one in every look.
            yield Shot(name or "today", re.sub(r"\?language=[\w-]+$", "", visit.url), reader)


def take(browser: Browser, address: str, folder: Path, only: str) -> list[str]:
    """Take every page in every look; return the pages' names."""
    shots: dict[str, Shot] = {}
    for reader in ("", *READERS):
        context = sign_in(browser, address, reader, LOOKS["light"])
        for shot in pages(context, reader):
            if only in shot.name:
                shots.setdefault(shot.name, shot)
        context.close()
    for look, options in LOOKS.items():
        for reader in ("", *READERS):
            context = sign_in(browser, address, reader, options)
            page = context.new_page()
            for shot in shots.values():
                if shot.reader == reader:
                    page.goto(shot.url, wait_until="networkidle")
                    page.screenshot(path=folder / f"{shot.name}.{look}.png", full_page=True)
                    print(f"{shot.name}.{look}.png", flush=True)
            context.close()
    return sorted(shots)


def contact_sheet(names: list[str]) -> str:
    """Return a page that shows all pictures, a row for each page."""
    rows = (
        f"<h2>{html.escape(name)}</h2><p>"
        + "".join(
            f'<a href="{name}.{look}.png"><img src="{name}.{look}.png" width="300" alt="{look}"></a> '
            for look in LOOKS
        )
        for name in names
    )
    return f"<!doctype html><meta charset=utf-8><title>Every page</title>{''.join(rows)}"


def main(arguments: list[str]) -> int:
    """Take the pictures; say where they are."""
    parser = argparse.ArgumentParser(prog="./screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".run" / "screenshots")
    parser.add_argument("--only", default="", metavar="WORD", help="only pages with this word in their name")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("CALLCENTER_EMBEDDED", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "callcenter.settings")
    django.setup()
    with product() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        names = take(browser, address, options.folder, options.only)
        browser.close()
    (options.folder / "index.html").write_text(contact_sheet(names), encoding="utf-8")
    print(f"{len(names)} pages, {len(names) * len(LOOKS)} pictures: {options.folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
