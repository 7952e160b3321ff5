"""What an address asks of a list, and the rows that answer it.

An address that is not understood narrows nothing: what was left out stands in `notes`, by name.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import CharFilter, FilterSet

from callcenter.lists.spec import Column, DataList, View
from callcenter.pages import PAGE_NUMBER

OWN: Final = frozenset({"view", "sort", "page", "export", "pick", "part"})
"""Names in the address that belong to every list."""
PLACE: Final = frozenset({"site", "team"})
"""The place picker writes these into every address, whether a list has such rows or not."""
MOST_PICKS: Final = 500
MOST_DIGITS: Final = 18
"""More digits than this are no primary key."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Stands for the request in a filter set, so that an export in the background can use it too."""

    user: Any


class Asked:
    """What the address `query` asks of a list on behalf of `person` at `now`."""

    def __init__(self, data_list: DataList, query: QueryDict, *, person: Any, now: datetime) -> None:
        self.data_list, self.query, self.person, self.now = data_list, query, person, now
        self.notes: list[str] = []
        self.view = self._view()
        self.order = self._order()
        self.filterset = self._filterset()
        self.picks = self._picks()
        self._note_other()

    def _view(self) -> View | None:
        views = {view.key: view for view in self.data_list.views_for(self.person)}
        wanted, first = self.query.get("view", ""), self.data_list.first_view(self.person)
        if wanted and wanted not in views:
            self._note("view", _("There is no view “%(value)s”.") % {"value": wanted})
        return views.get(wanted) or views.get(first)

    @property
    def first_order(self) -> str:
        """The order of an address that names none."""
        return (self.view.order if self.view else "") or self.data_list.order

    def _order(self) -> str:
        wanted = self.query.get("sort", "")
        if not wanted or wanted.removeprefix("-") in self.sortable:
            return wanted or self.first_order
        self._note(
            "sort", _("Nothing sorts by “%(value)s”; choose the head of a column.") % {"value": wanted}
        )
        return self.first_order

    @cached_property
    def visible(self) -> QuerySet[Any]:
        """All rows that the person may see; what is asked for is taken from them."""
        return self.data_list.rows(self.person)

    @cached_property
    def sortable(self) -> dict[str, Column]:
        """The columns that somebody may sort by."""
        among = self.view.sorts if self.view else ()
        return {
            column.key: column
            for column in self.data_list.columns
            if column.sort and (not among or column.key in among)
        }

    @cached_property
    def set_filters(self) -> dict[str, list[str]]:
        """What the address says of each filter that it sets."""
        known = self.data_list.filters.base_filters if self.data_list.filters else ()
        said = {name: list(filter(None, self.query.getlist(name))) for name in known}
        return {name: values for name, values in said.items() if values}

    def filter_form(self) -> FilterSet | None:
        """Return the filter set as the address fills it in, for its form."""
        if self.data_list.filters is None:
            return None
        return self.data_list.filters(self.query, queryset=self.visible, request=Asker(self.person))

    def _filterset(self) -> FilterSet | None:
        found = self.filter_form() if self.set_filters else None
        if found:
            for name, errors in found.form.errors.items():
                self._note(str(found.form.fields[name].label), " ".join(errors))
        return found

    def _picks(self) -> list[int]:
        said = self.query.getlist("pick")
        picks = [int(pick) for pick in said[:MOST_PICKS] if pick.isascii() and pick.isdigit()]
        good = [pick for pick in picks if len(str(pick)) <= MOST_DIGITS]
        if len(good) < len(said):
            self._note("pick", _("At most %(most)d rows can be picked, by number.") % {"most": MOST_PICKS})
        return good

    def _note_other(self) -> None:
        if not re.fullmatch(PAGE_NUMBER, self.query.get("page") or "1", re.ASCII):
            self._note("page", _("“%(value)s” is no page.") % {"value": self.query["page"]})
        known = OWN | PLACE | set(self.data_list.filters.base_filters if self.data_list.filters else ())
        for name in self.query.keys() - known:
            self._note(name, _("This list has no such filter."))

    def _note(self, field: str, why: str) -> None:
        self.notes.append(_("%(field)s was left out. %(why)s") % {"field": field, "why": why})

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """What the address says and the list understands, without page and picks: the state that can be kept."""
        bad = self.filterset.form.errors if self.filterset else {}
        state = {name: values for name, values in self.set_filters.items() if name not in bad}
        if self.view and self.view.key != self.data_list.first_view(self.person):
            state["view"] = [self.view.key]
        if self.order != self.first_order:
            state["sort"] = [self.order]
        return dict(sorted(state.items()))

    def address(self, **changes: str | None) -> str:
        """Return the query of this state with `changes` (None drops one), from the first page on."""
        state: dict[str, Any] = {**self.said, **changes}
        return urlencode({name: said for name, said in state.items() if said is not None}, doseq=True)

    def without_words(self) -> dict[str, Any]:
        """Return the state for the audit: what somebody typed freely is only named."""
        filters = self.data_list.filters.base_filters if self.data_list.filters else {}
        return {
            name: "…" if isinstance(filters.get(name), CharFilter) else values
            for name, values in self.said.items()
        }

    def of_view(self, view: View | None) -> QuerySet[Any]:
        """Return the rows of a view, unfiltered and in no order."""
        return (view.narrow(self.visible, self.person, self.now) if view else self.visible).order_by()

    @cached_property
    def found(self) -> QuerySet[Any]:
        """The rows asked for, in order; picked rows are taken whatever view and filters say."""
        if self.picks:
            rows = self.visible.filter(pk__in=self.picks)
        else:
            rows = self.of_view(self.view)
            if self.filterset:
                rows = self.filterset.filter_queryset(rows)
        return rows.order_by(*self._ordering())

    def _ordering(self) -> list[str]:
        down = self.order.startswith("-")
        fields = [*self.sortable[self.order.removeprefix("-")].sort, "pk"]
        if not down:
            return fields
        return [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in fields]
