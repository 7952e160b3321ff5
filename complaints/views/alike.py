"""What a customer complains of besides: one click links the new complaint to another, or merges it into it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from callcenter.access import require
from complaints import selectors, services
from complaints.enums import Act
from complaints.models import Complaint
from complaints.views.complaint import visible_or_404


@require_http_methods(["GET", "POST"])
def alike(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the customer's other complaints beside the one just recorded; a POST says what one of them has to do with it."""
    complaint = visible_or_404(request, reference)
    require(request.user, "complaints.link", complaint)
    if request.method == "GET":
        others = selectors.others_of(complaint.customer, request.user, beside=complaint)
        return render(request, "complaints/alike.html", {"complaint": complaint, "others": others})
    seen = Complaint.objects.visible_to(request.user).exclude(pk=complaint.pk)
    other = get_object_or_404(seen, reference=request.POST.get("other", ""))
    who = {"actor": request.user, "complaint_id": complaint.pk, "now": timezone.now()}
    told = {"one": complaint, "other": other}
    if request.POST.get("act") == Act.MERGE:
        services.merge(into_id=other.pk, reason=_("The same matter was recorded twice."), **who)
        messages.success(request, _("%(one)s is merged into %(other)s.") % told)
        return redirect(other)
    services.link(other_id=other.pk, **who)
    messages.success(request, _("%(one)s is linked to %(other)s.") % told)
    return redirect(complaint)
