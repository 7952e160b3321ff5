"""The page of the style guide, with a panel and an undo that can be tried."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from callcenter.access import require
from callcenter.lists.show import show
from callcenter.saving import attempt, say_done
from callcenter.styleguide import samples
from callcenter.styleguide.forms import SampleForm
from callcenter.styleguide.lists import SampleList


@require_GET
def guide(request: HttpRequest) -> HttpResponseBase:
    """Show every component in its states, light and dark side by side."""
    now = timezone.now()
    columns = [samples.pieces(request.user, now, theme) for theme in ("light", "dark")]
    return show(
        request, SampleList(), "styleguide/guide.html", {"columns": columns, "chart": samples.chart()}
    )


@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest) -> HttpResponse:
    """Ask something in the side panel, or on a page of its own; nothing is stored."""
    require(request.user, "styleguide.view")
    form = SampleForm(request.POST or None, request.FILES or None)
    given, status = attempt(form, lambda: form.cleaned_data)
    if given:
        say_done(request, _("Done: %(what)s.") % {"what": given["subject"]}, undo=reverse("styleguide:undo"))
        return redirect("styleguide:guide")
    return render(request, "styleguide/panel.html", {"form": form}, status=status)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the panel did."""
    require(request.user, "styleguide.view")
    messages.success(request, _("Taken back."))
    return redirect("styleguide:guide")
