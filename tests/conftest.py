"""What every test may ask for: an instant, a house full of people, a real worker, a real mail server."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connections
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from calls.signals import calls_changed
from devtools.chromium import launch
from kpi.selectors.counting import answer
from kpi.services import rollups
from tests.house import House
from tests.smtp import Inbox

# As our own web server does (devtools/web_port.py); otherwise every answer may wait 40 ms for its second part.
WSGIRequestHandler.disable_nagle_algorithm = True

# Playwright keeps an event loop in the test's thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def now() -> datetime:
    """Return Wednesday 18 November 2026, 10:00 in Shanghai."""
    return datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def house(db: None) -> House:
    """Return a site with one of each on the ladder, agent to executive."""
    return House()


@pytest.fixture
def committed_house(django_db_serialized_rollback: None, transactional_db: None) -> House:
    """Return a house that other connections see too; what the migrations wrote is put back for each test."""
    return House()


@pytest.fixture
def sign_in(client: Client):
    """Return a function that signs a person in and returns the client."""

    def as_person(person) -> Client:
        client.force_login(person)
        return client

    return as_person


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Leave nothing in Redis for the next test, and not the language of the last request."""
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture(autouse=True)
def _counted_before_it_is_read(monkeypatch) -> Iterator[None]:
    """Be the worker who has counted the calls that changed before anybody asks for figures."""
    changed = []

    def remember(**_what) -> None:
        changed.append(True)

    def counted(*asked, **more):
        if changed:
            changed.clear()
            rollups.refresh()
        return count(*asked, **more)

    count = answer.counted
    monkeypatch.setattr(answer, "counted", counted)
    calls_changed.connect(remember)
    yield
    calls_changed.disconnect(remember)


@pytest.fixture
def smtp(settings) -> Iterator[Inbox]:
    """Return the inbox of a real SMTP server that Django sends to."""
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield inbox
    server.stop()


@pytest.fixture
def browser(django_db_serialized_rollback: None, transactional_db: None) -> Iterator[Browser]:
    """Return the system's Chromium, headless.

    It starts after the database is ready: inside Playwright's event loop Django sees another connection object,
    which does not know what the migrations wrote and so could not put it back. That other one is closed here.
    """
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        connections.close_all()
        chromium.close()
