"""The browser, and a real worker on the real broker."""

import os
from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from callcenter.celery import app
from devtools.browser import find_chromium

# Playwright keeps an event loop in the test's thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def browser(committed_house) -> Iterator[Browser]:
    """Return the system's Chromium, headless.

    It starts after the database is ready: inside Playwright's event loop Django sees another connection object,
    which does not know what the migrations wrote and so could not put it back. That other one is closed here.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        connections.close_all()
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """Return a page of the live product; an error in the browser's console fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="Asia/Shanghai")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert not problems


@pytest.fixture
def worker(committed_house) -> Iterator[None]:
    """Run a Celery worker on the real broker and the test's database."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        yield
