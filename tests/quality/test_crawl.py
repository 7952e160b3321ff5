"""Every address, as every role: nothing breaks, no link is dead, and in Chinese nothing is left in English."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from agents.models import User
from devtools.crawl import Answer, Reader, walk

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

# One of each role; the demo has no trainer of its own.
ROLES = ("1001", "1101", "2001", "3001", "4001", "5001", "6001", "7001", "20401", "9001")
FINE = {200, 302}
CLOSED = {400, 401, 403, 404, 405, 422}
# Names that stay what they are in every language.
SAME_EVERYWHERE = {
    "harbour", "desk", "csv", "xlsx", "kpi", "rest", "api", "pdf", "json", "utf", "english", "asia", "shanghai",
    "xls", "ods", "png", "jpeg", "webp", "wav", "ogg", "docx", "txt", "https", "javascript", "enter", "ctrl", "esc", "openapi", "swagger", "totp", "oidc", "pin", "redis", "postgresql", "celery", "excel", "erlang", "asterisk", "utc",
}  # fmt: skip


@pytest.fixture
def centre(db):
    """Return the demo's people, one of each role."""
    call_command("seed_demo", verbosity=0)
    return list(User.objects.filter(work_number__in=ROLES).order_by("work_number"))


def reader_for(person: User | None):
    """Return a function that fetches an address as a person does."""
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)

    def fetch(url: str) -> Answer:
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        page = response.headers.get("Content-Type", "").startswith("text/html")
        return Answer(
            response.status_code, body.decode() if page else "", response.headers.get("Location", "")
        )

    return fetch


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from patterns(entry, route)


def words_of_the_data() -> set[str]:
    """Return every word that stands in the database: names and texts are nobody's to translate."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, CharField | TextField | JSONField) and not field.choices:
                for value in model._base_manager.values_list(field.attname, flat=True).distinct():
                    found.update(word.lower() for word in re.findall(r"[A-Za-z]+", str(value or "")))
    return found


@pytest.fixture
def readers(centre, settings):
    """Return whoever walks through the product: a stranger, and one of each role, who read Chinese.

    One of the two Chinese languages will do: what is marked is complete in both (test_catalogues.py).
    """
    # One address after another, far more in a minute than anybody types.
    settings.API_REQUESTS_A_MINUTE = dict.fromkeys(settings.API_REQUESTS_A_MINUTE, 10**6)
    User.objects.update(language="zh-hans")
    for person in centre:
        person.refresh_from_db()
    return [None, *centre]


def english(page: Reader, known: set[str]) -> Iterator[str]:
    """Yield what a page says with an English word in it that is no name."""
    for text in page.words:
        if any(word.lower() not in known for word in re.findall(r"[A-Za-z]{3,}", text)):
            yield text[:120]


def test_for_no_role_a_page_breaks_or_leads_nowhere_or_says_anything_in_english(readers):
    known = words_of_the_data() | SAME_EVERYWHERE
    trouble: list[str] = []
    left: dict[str, str] = {}
    examples: dict[str, str] = {}
    seen: dict[User | None, set[str]] = {person: set() for person in readers}
    for person in readers:
        for visit in walk(reader_for(person)):
            seen[person].add(visit.url)
            examples.setdefault(visit.route, visit.url)
            if visit.answer.status not in FINE:
                trouble.append(f"{person}: {visit.answer.status} {visit.url} (linked on {visit.seen_on})")
            if person and not visit.url.startswith("/api/"):
                left |= dict.fromkeys(english(visit.page, known), visit.url)
    for route in patterns(get_resolver()):
        if "<" not in route and "(" not in route:
            examples.setdefault(route, f"/{route}")
    for person in readers:
        fetch = reader_for(person)
        statuses = {url: fetch(url).status for url in examples.values() if url not in seen[person]}
        trouble += [
            f"{person}: {status} {url} typed by hand"
            for url, status in statuses.items()
            if status not in FINE | CLOSED
        ]
    assert trouble == []
    assert left == {}
