"""What an app says about a kind of file that comes in; settings.IMPORT_KINDS names its class."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, BinaryIO, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from callcenter.access import Actor
from callcenter.errors import NotFound
from callcenter.imports.forms import SendForm
from callcenter.imports.lanes import Turn
from callcenter.sheets.cells import Cell
from callcenter.sheets.read import Table, open_table


@dataclass(frozen=True)
class Field:
    """A fact that a column can hold.

    `aliases` are headers as people write them, in any language; case, spaces and punctuation do not matter. `read`
    returns what a cell means and raises ValueError, whose message the person reads. `words` says a value that was read
    as the preview shows it, where it does not speak for itself.
    """

    key: str
    label: str | Promise
    read: Callable[[Cell], Any]
    aliases: tuple[str, ...] = ()
    example: str = ""
    required: bool = False
    words: Callable[[Any], str] | None = None


class BadCell(ValueError):
    """A row cannot be taken because of what it says for `field` ("" for the row as a whole)."""

    def __init__(self, field: str, reason: Any) -> None:
        super().__init__(str(reason))
        self.field = field
        self.reason = str(reason)


@dataclass
class Taken:
    """What became of some rows. `refused` names the row, the field and the reason of those that were not taken."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)


class Kind:
    """A kind of file. A subclass says which fields it has and how its rows are written, through the app's services.

    Every `item` that `reader` makes has the attribute `row`, its number in the file.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    intro: ClassVar[str | Promise]
    """One sentence: what happens to the rows."""
    permission: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    form: ClassVar[type[SendForm]] = SendForm
    chunk: ClassVar[int | None] = 20_000
    """Rows that `take` gets at once; None is the whole file, of at most `most` rows."""
    lines: ClassVar[int] = 100_000
    """Plain lines that `take_plain` gets at once, at most."""
    lanes: ClassVar[int] = 1
    """Chunks of plain lines that are on the way at once, where `take_plain` can have that."""
    most: ClassVar[int | None] = None
    has_form: ClassVar[bool] = True
    """Somebody may write such a file by hand, and begins with an empty one; a log that a machine wrote has no such."""
    back: ClassVar[str]
    """Name of the page that the imports belong to."""
    back_permission: ClassVar[str]
    """Who may open that page; to some who bring files in it is closed."""

    def back_of(self, person: Any) -> str:
        """Return the address to go back to: the page that the imports belong to, or that of all kinds."""
        return reverse(self.back if person.has_perm(self.back_permission) else "imports:index")

    def visible(self, imports: QuerySet[Any], person: Any) -> QuerySet[Any]:
        """Return those of the imports that the person may see: here the own ones."""
        return imports.filter(by=person)

    def may_read_rejects(self, person: Any, batch: Any) -> bool:
        """Say whether the person may read the refused rows of an import they see."""
        return True

    def shown(self, text: str) -> str:
        """Return a text of a refused row as a screen may show it."""
        return text

    def link(self, batch: Any, person: Any) -> tuple[str, str] | None:
        """Return label and address of the page where the person sees what came in, None if there is none."""
        return None

    def describe(self, batch: Any) -> str:
        """Return in a few words what was chosen beside the file."""
        return ""

    def settle(self, given: dict[str, Any], *, actor: Actor, file_name: str, before: Any) -> tuple[Any, Any]:
        """Return the options as JSON and the place (or None) of what the form gave; ask for the right.

        `before` is the newest import of the same content that brought in anything, None if there was none.
        """
        raise NotImplementedError

    def open(self, file: BinaryIO, sheet: str, options: dict[str, Any]) -> Table:
        """Return the rows of a file; a kind that knows files of its own form overrides it. The file stays open.

        Row numbers rise, and mean the same row whenever the file is read. DomainError if it cannot be read at all.
        """
        return open_table(file, sheet or None)

    def settled(self, table: Table, *, actor: Actor, batch: Any, now: datetime, last: bool) -> None:
        """Keep what the file told beside the rows that were settled just now, in their transaction; `last` at its end."""

    def loaded(self) -> None:
        """Do what is better done once, when all chunks are in, than for each; it may be done again.

        Outside of a transaction, but for a file that comes in as a whole.
        """

    def missing(self, keys: Collection[str]) -> list[str]:
        """Return the labels of the required fields that are not among `keys`."""
        return [str(one.label) for one in self.fields if one.required and one.key not in keys]

    def reader(self, options: dict[str, Any]) -> Callable[[int, dict[str, Any]], Any]:
        """Return the function from a row's number and its values by field to an item; BadCell if they do not agree."""
        raise NotImplementedError

    def take(self, items: Sequence[Any], *, actor: Actor, options: dict[str, Any], now: datetime) -> Taken:
        """Write the items in the running transaction; what is written already must count as unchanged."""
        raise NotImplementedError

    def plain(
        self, columns: Sequence[str], separator: str, options: dict[str, Any]
    ) -> Callable[[str], Any] | None:
        """Return what tells whether a line of text can be taken as it stands, None if none can.

        `columns` are the fields of its cells. It must say no to whatever `reader` would refuse or read in another way.
        """
        return None

    def take_plain(
        self,
        lines: Sequence[str],
        items: Sequence[Any],
        *,
        columns: Sequence[str],
        separator: str,
        actor: Actor,
        options: dict[str, Any],
        now: datetime,
        turn: Turn,
    ) -> Taken:
        """Write plain lines, each with its row number as one more first cell, and the items that stand between them.

        Other chunks of the file may be on the way; `turn.take` waits until those before are committed.
        """
        raise NotImplementedError

    def by_key(self) -> dict[str, Field]:
        """Return the fields by key."""
        return {one.key: one for one in self.fields}


@cache
def get(name: str) -> Kind:
    """Return the kind of this name. NotFound if there is none."""
    path = settings.IMPORT_KINDS.get(name)
    if path is None:
        raise NotFound(_("Files of the kind “%(name)s” are not known.") % {"name": name})
    kind: Kind = import_string(path)()
    return kind


def every() -> Iterator[Kind]:
    """Return all kinds, in the order of the settings."""
    return map(get, settings.IMPORT_KINDS)


def bare(header: str) -> str:
    """Return a header without what people write differently: case, spaces, punctuation, full-width letters."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", header)).casefold()
