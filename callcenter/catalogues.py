"""The translation catalogues: what the sources say, extracted without a system gettext."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
FIRST_DAY = datetime(2026, 11, 22, tzinfo=UTC)
PACKAGES = ("callcenter", "agents", "calls", "complaints", "feedback", "floor", "kpi", "shifts")
# Python's two kinds, and tags.
PLACEHOLDERS = re.compile(r"%(?:\(\w+\))?[sd]|\{\w+\}|</?\w[^>]*>")
LOCALES = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant"}
"""Folder below locale/ by language code. The message ids are English, which therefore needs no catalogue."""


def path_of(root: Path, locale: str) -> Path:
    """Return where the catalogue of a locale lies."""
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def sources(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file with words in it, templates turned into what a Python extractor can read."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_bytes()
    for path in sorted((root / "templates").rglob("*.*")):
        calls = templatize(path.read_text(encoding="utf-8"))
        # The blanked-out rest keeps its indentation, which Python would object to.
        yield path, "\n".join(line.strip() for line in calls.splitlines()).encode()


def messages(root: Path) -> Catalog:
    """Return everything that a person can see, as the sources have it now."""
    found = Catalog(charset="utf-8")
    for path, text in sources(root):
        for line, message, comments, context in extract("python", BytesIO(text), KEYWORDS, ("Translators",)):
            found.add(
                message,
                locations=[(path.relative_to(root).as_posix(), line)],
                auto_comments=comments,
                context=context,
            )
    return found


def read(root: Path, locale: str) -> Catalog:
    """Return the catalogue of a locale as it is stored, empty if there is none yet."""
    path = path_of(root, locale)
    if not path.exists():
        return _empty(locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _empty(locale: str) -> Catalog:
    # A fixed date and no names: the header says nothing that changes by itself.
    return Catalog(
        locale=locale,
        project="Harbour Desk",
        version="1",
        header_comment=f"# Harbour Desk, {locale}",
        creation_date=FIRST_DAY,
        revision_date=FIRST_DAY,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )


def update(root: Path, locale: str) -> Catalog:
    """Bring a stored catalogue up to the sources: new messages empty, those no longer used dropped. Nothing is guessed."""
    stored, catalogue = read(root, locale), _empty(locale)
    for message in messages(root):
        if message.id:
            known = stored.get(message.id, message.context)
            catalogue.add(
                message.id, known.string if known else None, flags=message.flags, context=message.context
            )
    path = path_of(root, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True, omit_header=False, sort_output=True)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages without a full translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(_texts(message.string)))
    ]


def broken(catalogue: Catalog) -> list[str]:
    """Return the messages whose translation drops, invents or misspells a placeholder or a tag."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and any(_marks(text) != _marks(_texts(message.id)[-1]) for text in _texts(message.string))
    ]


def _marks(text: str) -> set[str]:
    return set(PLACEHOLDERS.findall(text))


def _texts(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)
