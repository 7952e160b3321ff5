"""What a list is: its rows, columns, views and filters. Every app describes its lists in its lists.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django_filters import FilterSet

PAGE = 25
"""Rows of a page."""


@dataclass(frozen=True)
class Column:
    """A column: its name in the address, its head, what it sorts by, and its plain value for a sheet.

    `sort` is the order of “ascending”; empty means that nobody can sort by it. `value` takes a row and returns text,
    a number, a date, an aware datetime or None; a column without one is not exported. `css` is for the head. What
    stands in another column's cell on the page has a column of its own for the sheet only.
    """

    key: str
    label: str | Promise
    sort: tuple[str, ...] = ()
    value: Callable[[Any], Any] | None = None
    css: str = ""
    sheet_only: bool = False


@dataclass(frozen=True)
class View:
    """A tab: `narrow` takes the visible rows, the person and the instant.

    `order` and `empty_title` stand in place of the list's own. `sorts` names the columns that it may be sorted by
    where that is not all of them: a view that grows for ever offers those that have an index.
    """

    key: str
    label: str | Promise
    narrow: Callable[[Any, Any, datetime], QuerySet[Any]]
    counted: bool = False
    order: str = ""
    empty_title: str | Promise = ""
    sorts: tuple[str, ...] = ()


class DataList:
    """One list. A subclass names what it shows; an instance has no state of its own."""

    name: str
    """Its name in settings.LISTS, in saved views and in the audit."""
    title: str | Promise
    """What it is called in a sentence, such as the title of an export."""
    url: str
    """The name of its page's address."""
    permission: str = ""
    """Who may see it; empty is everybody who is signed in."""
    columns: tuple[Column, ...]
    views: tuple[View, ...] = ()
    order: str
    """The key of the column that it is sorted by; a leading “-” turns it round."""
    filters: type[FilterSet] | None = None
    """May hold a filter `q`: the words of the search box."""
    words: str | Promise = ""
    """What the search box may be asked for."""
    row: str = ""
    """The template of one row's cells; it gets `row`, `person` and `labels` (heads by key, for data-label)."""
    bulk: str = ""
    """The template of what may be done to picked rows, beside exporting them; it gets `list`."""
    empty_title: str | Promise
    empty_text: str | Promise

    def rows(self, person: Any) -> QuerySet[Any]:
        """Return the rows that the person may see, joined with what a row shows."""
        raise NotImplementedError

    def for_page(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return `rows` with no more columns than a page shows of them; an export takes them whole."""
        return rows

    def prepare(self, rows: list[Any], now: datetime) -> None:
        """Give the rows of a page, or of a part of an export, what takes one query for all of them."""

    def cells(self, row: Any, person: Any, labels: dict[str, str]) -> SafeString:
        """Draw one row's cells. A list that is open all day does so in Python: a template takes ten times as long."""
        return render_to_string(self.row, {"row": row, "person": person, "labels": labels})

    def views_for(self, person: Any) -> tuple[View, ...]:
        """Return the tabs that the person sees."""
        return self.views

    def first_view(self, person: Any) -> str:
        """Return the view that an address without one shows."""
        views = self.views_for(person)
        return views[0].key if views else ""
