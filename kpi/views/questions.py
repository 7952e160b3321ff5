"""Questions about figures that people keep for themselves: the address of the page under a name of their own."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from callcenter.access import require
from callcenter.lists import services
from callcenter.lists.forms import SaveForm
from callcenter.saving import attempt, say_done
from kpi.lists.questions import QuestionList


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a question; the address that undoes a removal names both."""
    require(request.user, "kpi.view")
    form = SaveForm({**request.GET.dict(), **request.POST.dict()})
    given = {"actor": request.user, "data_list": QuestionList(), "now": timezone.now()}
    saved, _status = attempt(
        form, lambda: services.save_view(**given, name=form.cleaned_data["name"], query=_query(form))
    )
    if saved is None:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return _page(form.data.get("query", ""))
    say_done(request, _("The question “%(name)s” is saved.") % {"name": saved})
    return _page(saved.query)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question away, and offer it back."""
    require(request.user, "kpi.view")
    view = services.remove_view(actor=request.user, view_id=pk, now=timezone.now())
    undo = f"{reverse('kpi:save_question')}?{urlencode({'name': view.name, 'query': view.query})}"
    say_done(request, _("The question “%(name)s” is removed.") % {"name": view}, undo=undo)
    return _page("")


def _query(form: SaveForm) -> str:
    return QueryDict(form.cleaned_data["query"]).urlencode()


def _page(query: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('kpi:overview')}?{QueryDict(query).urlencode()}")
