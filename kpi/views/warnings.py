"""Early warnings: listed, looked at, answered, closed; and how the centre watches."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from kpi import courses
from kpi.forms import warnings as forms
from kpi.lists.warnings import WarningList, in_words
from kpi.models import EarlyWarning, WarningMail
from kpi.selectors.warnings import effect
from kpi.selectors.watching import policy
from kpi.services import warnings as services


@require_GET
def warning_list(request: HttpRequest) -> Answer:
    """List the early warnings that the person sees."""
    return show(request, WarningList(), "kpi/warnings.html")


@require_GET
def warning(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a warning: its course, what is usual, what was done, and whether the figure came back."""
    row = _visible(request, pk)
    context = {
        "row": row,
        "effect": effect(row),
        "chart": courses.chart(row),
        "say": courses.say(row),
        "verdict": courses.verdict(row, effect(row)),
        "readings": [courses.in_words(row, reading) for reading in row.readings.all()],
        "calls": courses.calls_address(row),
    }
    return render(request, "kpi/warning.html", context)


@require_http_methods(["GET", "POST"])
def deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was done about a warning, in the side panel or on a page."""
    row = _answered(request, pk)
    form = forms.DeedForm(request.POST if request.method == "POST" else None)
    return _act(
        request, row, form, services.record_deed, _("Record what you did"), _("What you did is recorded.")
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a warning by hand."""
    row = _answered(request, pk)
    form = forms.CloseForm(request.POST if request.method == "POST" else None)
    return _act(
        request, row, form, services.close_warning, _("Close the warning"), _("The warning is closed.")
    )


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Say how the centre watches its figures."""
    require(request.user, "kpi.set_warnings")
    form = forms.PolicyForm(request.POST or None, instance=policy())
    given = {"actor": request.user, "now": timezone.now()}
    saved, status = attempt(form, lambda: services.set_policy(**given, changes=form.changes))
    if saved:
        say_done(request, _("The settings of early warnings are saved."))
        return redirect("kpi:warning_settings")
    return render(request, "kpi/warning_settings.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Choose whether to be mailed about warnings."""
    require(request.user, "kpi.view_warnings")
    chosen = WarningMail.objects.filter(person=request.user).first()
    form = forms.MailForm(
        request.POST if request.method == "POST" else None,
        initial={"severity": chosen.severity if chosen else ""},
    )
    given = {"actor": request.user, "now": timezone.now()}
    done, status = attempt(form, lambda: (services.choose_mail(**given, **form.cleaned_data), True))
    if done:
        say_done(request, _("Your choice is saved."))
        return redirect("kpi:warnings")
    return render(request, "kpi/warning_mail.html", {"form": form}, status=status)


def _visible(request: HttpRequest, pk: int) -> Any:
    require(request.user, "kpi.view_warnings")
    return in_words(get_object_or_404(EarlyWarning.objects.visible_to(request.user).for_list(), pk=pk))


def _answered(request: HttpRequest, pk: int) -> Any:
    row = _visible(request, pk)
    require(request.user, "kpi.answer_warning", row)
    return row


def _act(
    request: HttpRequest, row: Any, form: Form, service: Callable[..., Any], label: str, said: str
) -> HttpResponse:
    given = {"actor": request.user, "warning_id": row.pk, "now": timezone.now()}
    done, status = attempt(form, lambda: service(**given, **form.cleaned_data))
    if done:
        say_done(request, said)
        return redirect(row)
    return render(request, "kpi/warning_act.html", {"row": row, "form": form, "label": label}, status=status)
