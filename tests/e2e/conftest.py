"""The browser, and a real worker on the real broker."""

from collections.abc import Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Browser, Page

from callcenter.celery import app


@pytest.fixture
def page(committed_house, browser: Browser, live_server) -> Iterator[Page]:
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
