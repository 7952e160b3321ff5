"""The one view of every list: its page, the part of it that htmx asks for, or the file of what it shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from callcenter.access import require
from callcenter.errors import DomainError
from callcenter.lists import export, services
from callcenter.lists.asked import Asked
from callcenter.lists.spec import DataList
from callcenter.lists.table import Table
from callcenter.pages import capped_counts

Answer = HttpResponse | StreamingHttpResponse
PARTS = {"list-rows": "components/data_table_part.html", "list-filters": "components/data_table_filters.html"}
"""What htmx replaces, by the id of its target, and the template that draws it."""


def show(
    request: HttpRequest, data_list: DataList, template: str, context: dict[str, Any] | None = None
) -> Answer:
    """Answer a GET of the list's address.

    `template` extends base.html and includes components/data_table.html. What costs a query in `context` had better
    be lazy: a part of the page does not draw it.
    """
    asked = ask(request.user, data_list, request.GET)
    if form := request.GET.get("export"):
        return _export(request, asked, form)
    part = PARTS.get(request.headers.get("HX-Target", ""), "") if request.headers.get("HX-Request") else ""
    table = Table(request, asked, partial=bool(part))
    response = render(request, part or template, {**(context or {}), "list": table, "now": asked.now})
    if part and not table.filters_open:
        # The address that a person can send on, without the empty fields of a form; typing leaves no trail of pages.
        typed = request.headers.get("HX-Trigger") == "list-search"
        response["HX-Replace-Url" if typed else "HX-Push-Url"] = table.address
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def ask(person: Any, data_list: DataList, query: QueryDict) -> Asked:
    """Return what an address asks of the list, if the person may see it at all."""
    if data_list.permission:
        require(person, data_list.permission)
    return Asked(data_list, query, person=person, now=timezone.now())


def _export(request: HttpRequest, asked: Asked, form: str) -> Answer:
    if form not in export.FORMS:
        raise DomainError(
            _("“%(form)s” is no kind of file that a list is exported to.") % {"form": form},
            field="export",
            mend=_("Choose csv or xlsx."),
        )
    if asked.notes:
        # A file does not show a note: it must hold what was asked for, or not be made.
        raise DomainError(
            " ".join(asked.notes), field="export", mend=_("Set the filters again, then export.")
        )
    rows = capped_counts([asked.found], cap=export.AT_ONCE)[0]
    if rows > export.AT_ONCE:
        given = {"data_list": asked.data_list, "query": asked.address(), "form": form, "most": export.AT_ONCE}
        return render(request, "lists/large.html", given)
    services.note_export(actor=request.user, asked=asked, form=form, rows=rows, now=asked.now)
    return export.response(asked, form)
