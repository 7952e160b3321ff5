"""Pages of what is left of leave: balances, the movements behind them, corrections, the types."""

from typing import Any

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.saving import attempt, say_done
from shifts.forms.leave import CorrectionForm, LeaveTypeForm
from shifts.lists.balances import BalanceList, LedgerList
from shifts.models import LeaveType
from shifts.services.balances import correct_balance
from shifts.services.leave_types import save_leave_type


@require_GET
def balances(request: HttpRequest) -> Answer:
    """List what is left of the leave of the people whom the person answers for, and of the own."""
    return show(request, BalanceList(), "shifts/balances.html")


@require_GET
def ledger(request: HttpRequest) -> Answer:
    """List every movement of these balances."""
    return show(request, LedgerList(), "shifts/ledger.html")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """Correct a balance; `?person=`, `?type=` and `?year=` name which one."""
    require(request.user, "shifts.manage_balances")
    asked = {name: request.GET[name] for name in ("person", "type", "year") if name in request.GET}
    form = CorrectionForm(request.POST or None, initial=asked)
    given = {"actor": request.user, "now": timezone.now()}
    entry, status = attempt(form, lambda: correct_balance(**given, **form.cleaned_data))
    if entry:
        say_done(request, _("The balance of %(person)s is corrected.") % {"person": entry.person})
        return redirect(f"{reverse('shifts:ledger')}?person={entry.person.work_number}&year={entry.year}")
    return render(request, "shifts/balance_correct.html", {"form": form}, status=status)


@require_GET
def leave_types(request: HttpRequest) -> HttpResponse:
    """Show the types of leave."""
    require(request.user, "shifts.manage_balances")
    return render(
        request, "shifts/leave_types.html", {"types": LeaveType.objects.order_by("-is_active", "name")}
    )


@require_http_methods(["GET", "POST"])
def leave_type(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make a type of leave, or change one."""
    require(request.user, "shifts.manage_balances")
    kind: Any = get_object_or_404(LeaveType, pk=pk) if pk else None
    form = LeaveTypeForm(request.POST or None, initial=model_to_dict(kind) if kind else None)
    given = {"actor": request.user, "type_id": pk, "now": timezone.now()}
    saved, status = attempt(form, lambda: save_leave_type(facts=form.cleaned_data, **given))
    if saved:
        say_done(request, _("“%(type)s” is saved.") % {"type": saved})
        return redirect("shifts:leave_types")
    return render(request, "shifts/leave_type.html", {"form": form, "kind": kind}, status=status)
