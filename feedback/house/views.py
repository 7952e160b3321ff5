"""The numbers of the board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from callcenter.access import require
from callcenter.saving import attempt
from feedback import services
from feedback.house.forms import BoardForm


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Set how long things take on the board, and how small a group may be."""
    require(request.user, "feedback.set_policy")
    form = BoardForm(request.POST or None)
    given = {"actor": request.user, "now": timezone.now()}
    saved, status = attempt(form, lambda: services.set_policy(**given, **form.given))
    if saved:
        messages.success(request, _("The settings of the board are saved."))
        return redirect("feedback:settings")
    return render(request, "feedback/settings.html", {"form": form}, status=status)
