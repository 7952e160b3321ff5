"""What the template of a list draws: tabs, chips, heads, rows and how many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import Any

from django.forms import Field, Form, ModelChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from callcenter.drawn import draw, safe
from callcenter.kept import kept
from callcenter.lists.asked import Asked
from callcenter.lists.models import SavedView
from callcenter.lists.spec import PAGE, Column, View
from callcenter.pages import Page, capped_counts, in_words, rows_of_page
from callcenter.templatetags.ui import day

LINE = (
    '<tr><td class="pick"><input class="box" type="checkbox" name="pick" value="{pk}" form="list-picks"'
    ' aria-label="{word} {row}"></td>{cells}</tr>'
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A view as a tab; `count` is in words, empty if nobody counts it."""

    key: str
    label: str | Promise
    query: str
    current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and the address without it."""

    label: str
    value: str
    query: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; without a query nobody can sort by it."""

    key: str
    label: str | Promise
    css: str
    query: str | None
    order: str = ""


class Table:
    """A list as one person sees it now; templates know it as `list`."""

    def __init__(self, request: HttpRequest, asked: Asked, *, partial: bool) -> None:
        self.path, self.asked, self.partial = request.path, asked, partial
        self.data_list, self.person, self.now = asked.data_list, asked.person, asked.now
        self.filters_open = request.GET.get("part") == "filters"

    @cached_property
    def page(self) -> Page:
        """The rows of this page."""
        found = self.data_list.for_page(self.asked.found)
        page = rows_of_page(found, self.asked.query.get("page"), size=PAGE)
        self.data_list.prepare(page.rows, self.now)
        return page

    @property
    def lines(self) -> Iterator[SafeString]:
        """The rows of this page as it draws them: the box that picks one, and its cells."""
        word = safe(_("Pick"))
        for row in self.page.rows:
            cells = self.data_list.cells(row, self.person, self.labels)
            yield draw(LINE, pk=row.pk, word=word, row=row, cells=cells)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows each counted view has, the view shown, and the filters leave ("")."""
        counts = dict(self._kept[0])
        shown = self.asked.view.key if self.asked.view and not self.asked.set_filters else ""
        if self._ends_here and not self.asked.picks:
            counts[shown] = (self.page.number - 1) * PAGE + len(self.page.rows)
        elif not shown:
            counts[shown] = capped_counts([self.asked.found])[0]
        return counts

    @property
    def _ends_here(self) -> bool:
        """Say whether this is the last page there is, and not one behind it."""
        return not self.page.has_next and bool(self.page.rows or not self.page.has_previous)

    @cached_property
    def counted(self) -> dict[str, str]:
        """The same in words, capped: “1,000+”."""
        return {view: in_words(count) for view, count in self.counts.items()}

    @cached_property
    def _views_to_count(self) -> list[View]:
        shown = self.asked.view
        views = self.data_list.views_for(self.person)
        return [view for view in views if view.counted or (shown and view.key == shown.key)]

    @property
    def matching(self) -> int:
        """How many rows there are on all pages, capped."""
        shown = self.asked.view.key if self.asked.view else ""
        return self.counts.get("", self.counts.get(shown, 0))

    @property
    def in_words(self) -> str:
        """How many rows there are: “214”, “1,000+”."""
        return in_words(self.matching)

    @property
    def total(self) -> str:
        """How many rows the view has without filters; empty if none is set."""
        if not (self.asked.set_filters and self.asked.view):
            return ""
        return in_words(self.counts[self.asked.view.key])

    @property
    def empty_title(self) -> str | Promise:
        """What is said where no row is."""
        return (self.asked.view.empty_title if self.asked.view else "") or self.data_list.empty_title

    @cached_property
    def saved(self) -> list[SavedView]:
        """The person's saved views of this list."""
        return self._kept[1]

    @cached_property
    def _kept(self) -> tuple[dict[str, int], list[SavedView]]:
        """What stands above the rows, a few seconds old: the number of rows of each view, by key; and saved views."""
        views = self._views_to_count

        def read() -> tuple[dict[str, int], list[SavedView]]:
            counts = capped_counts([self.asked.of_view(view) for view in views])
            saved = list(SavedView.objects.of(self.person, self.data_list.name))
            return dict(zip((view.key for view in views), counts, strict=True)), saved

        return kept(self.person, f"list:{self.data_list.name}", tuple(view.key for view in views), read)

    @cached_property
    def current_saved(self) -> SavedView | None:
        """The saved view that is shown, if it is one."""
        return next((view for view in self.saved if view.query == self.query), None)

    @property
    def query(self) -> str:
        """The address of what is shown, as views are saved and exports are made of it."""
        return self.asked.address()

    @property
    def address(self) -> str:
        """The whole address of the page that is shown, to send to somebody."""
        query = self.asked.address(page=str(self.page.number) if self.page.has_previous else None)
        return f"{self.path}?{query}" if query else self.path

    @property
    def state(self) -> list[tuple[str, str]]:
        """What the search box has to send along: all of the state but its own words."""
        return [(name, value) for name, values in self.asked.said.items() if name != "q" for value in values]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the menu of filters has to send along: all of the state that its form does not hold."""
        return [pair for pair in self.state if pair[0] in {"view", "sort"}]

    @property
    def words(self) -> str:
        """What stands in the search box."""
        return (self.asked.said.get("q") or [""])[0]

    @property
    def searches(self) -> bool:
        """Say whether the list has a search box."""
        return bool(self.data_list.filters and "q" in self.data_list.filters.base_filters)

    @property
    def filters(self) -> bool:
        """Say whether the list has filters beside the search box."""
        return bool(self.data_list.filters and self.data_list.filters.base_filters.keys() - {"q"})

    @cached_property
    def form(self) -> Form | None:
        """The form of the filters; asked for when the menu is opened only, since its choices cost queries."""
        filterset = self.asked.filterset or self.asked.filter_form()
        form: Form | None = filterset.form if filterset else None
        if form:
            form.auto_id = "filter-%s"
            form.fields.pop("q", None)
        return form

    @property
    def tabs(self) -> list[Tab]:
        """The views; filters and words stay when another is chosen."""
        first, shown = self.data_list.first_view(self.person), self.asked.view
        return [
            Tab(
                view.key,
                view.label,
                self.asked.address(view=None if view.key == first else view.key, sort=None),
                current=not self.current_saved and shown is not None and view.key == shown.key,
                count=in_words(self.counts[view.key]) if view.counted else "",
            )
            for view in self.data_list.views_for(self.person)
        ]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are set."""
        if not self.asked.filterset:
            return []
        form = self.asked.filterset.form
        return [
            Chip(str(field.label), shown(field, form.cleaned_data[name]), self.asked.address(**{name: None}))
            for name, field in form.fields.items()
            if name != "q" and name in self.asked.said
        ]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The columns' heads by key, safe, for the cells of a phone's cards."""
        return {column.key: safe(column.label) for column in self.data_list.columns}

    @cached_property
    def heads(self) -> list[Head]:
        """The columns; a click on the one that sorts already turns it round."""
        return [self._head(column) for column in self.data_list.columns if not column.sheet_only]

    def _head(self, column: Column) -> Head:
        if column.key not in self.asked.sortable:
            return Head(column.key, column.label, column.css, None)
        key, order = column.key, self.asked.order
        wanted = f"-{key}" if order == key else key
        kept = None if wanted == self.asked.first_order else wanted
        shown = {key: "ascending", f"-{key}": "descending"}.get(order, "")
        return Head(key, column.label, column.css, self.asked.address(sort=kept), shown)

    @property
    def back(self) -> str:
        """The address of the page before."""
        return self.asked.address(page=str(self.page.number - 1) if self.page.number > 2 else None)  # noqa: PLR2004

    @property
    def on(self) -> str:
        """The address of the page after."""
        return self.asked.address(page=str(self.page.number + 1))

    @property
    def save_url(self) -> str:
        """Where a view of this list is saved."""
        return reverse("lists:save", args=[self.data_list.name])


def shown(field: Field, value: Any) -> str:
    """Return a filter's clean value as a chip says it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | datetime):
        return day(value)
    if isinstance(value, list | tuple) or hasattr(value, "iterator"):
        return ", ".join(shown(field, one) for one in value)
    if isinstance(field, ModelChoiceField):
        return str(field.label_from_instance(value))
    names = dict(_flat(getattr(field, "choices", ())))
    return str(names.get(str(value), value))


def _flat(choices: Any) -> Any:
    """Return pairs of value and name; groups of choices are opened."""
    pairs = (((key, name),) if isinstance(name, str | Promise) else _flat(name) for key, name in choices)
    return ((str(key), name) for key, name in chain.from_iterable(pairs))
