"""Saved views, and exports in the background."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from callcenter.errors import DomainError
from callcenter.jobs.services import start_job
from callcenter.lists import export, services
from callcenter.lists.forms import NameForm, SaveForm
from callcenter.lists.models import SavedView
from callcenter.lists.registry import list_named
from callcenter.lists.show import ask
from callcenter.lists.spec import DataList
from callcenter.saving import attempt, say_done


def _to(data_list: DataList, query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{resolve_url(data_list.url)}?{query}")


@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    """Keep what a list shows as a view of the person's own."""
    # What undoes a removal says in its address what was there.
    said = {**request.GET.dict(), **request.POST.dict()}
    data_list, form = list_named(name), SaveForm(said)
    asked = ask(request.user, data_list, QueryDict(said.get("query", "")))
    given: dict[str, Any] = {"actor": request.user, "data_list": data_list, "now": timezone.now()}
    made, status = attempt(
        form, lambda: services.save_view(**given, name=form.cleaned_data["name"], query=asked.address())
    )
    if made is None:
        return _again(request, data_list, form, status)
    say_done(request, _("The view “%(name)s” is saved.") % {"name": made})
    return _to(data_list, made.query)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a saved view another name."""
    view, form = services.own_view(request.user, pk), NameForm(request.POST)
    given: dict[str, Any] = {"actor": request.user, "view_id": pk, "now": timezone.now()}
    made, status = attempt(form, lambda: services.rename_view(**given, name=form.cleaned_data["name"]))
    if made is None:
        return _again(request, list_named(view.list), form, status)
    say_done(request, _("The view is called “%(name)s” now.") % {"name": made})
    return _to(list_named(made.list), made.query)


def _again(request: HttpRequest, data_list: DataList, form: NameForm, status: int) -> HttpResponse:
    return render(request, "lists/view_form.html", {"form": form, "data_list": data_list}, status=status)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a saved view away, and offer it back."""
    view: SavedView = services.remove_view(actor=request.user, view_id=pk, now=timezone.now())
    undo = f"{reverse('lists:save', args=[view.list])}?{urlencode({'name': view.name, 'query': view.query})}"
    say_done(request, _("The view “%(name)s” is removed.") % {"name": view}, undo=undo)
    return redirect(list_named(view.list).url)


@require_POST
def export_later(request: HttpRequest, name: str) -> HttpResponse:
    """Make a file that is too long to wait for in the background."""
    data_list, form = list_named(name), request.POST.get("form", "")
    asked = ask(request.user, data_list, QueryDict(request.POST.get("query", "")))
    if form not in export.FORMS or asked.notes:
        raise DomainError(" ".join(asked.notes) or _("Choose csv or xlsx."), field="form")
    job = start_job(
        actor=request.user,
        kind="export",
        title=_("Export of %(list)s") % {"list": data_list.title},
        arguments={"list": data_list.name, "query": asked.address(), "form": form},
        now=timezone.now(),
        link=f"{resolve_url(data_list.url)}?{asked.address()}",
    )
    return redirect(job)
