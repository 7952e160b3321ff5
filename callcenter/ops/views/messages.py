"""Pages of the outbox, the mailbox and the bell."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from callcenter.access import require
from callcenter.ops import services
from callcenter.outbox import delivery
from callcenter.outbox.models import Channel, Message, State, StoredMail
from callcenter.pages import page_of


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """Show every message, by state; personal content stays out."""
    require(request.user, "ops.outbox")
    state = request.GET.get("state", "")
    found = Message.objects.filter(state=state) if state in State.values else Message.objects.all()
    page = page_of(found.select_related("recipient").order_by("-due_at", "-id"), request.GET.get("page"))
    return render(request, "ops/outbox.html", {"page": page, "state": state, "states": State.choices})


@require_POST
def requeue(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a given-up message once more."""
    message = get_object_or_404(Message, pk=pk)
    services.requeue_message(actor=request.user, message=message, now=timezone.now())
    messages.success(request, _("The message is on its way again."))
    return redirect("ops:outbox")


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mails that the embedded product kept."""
    _open_mailbox(request)
    page = page_of(StoredMail.objects.defer("text", "html").order_by("-id"), request.GET.get("page"))
    return render(request, "ops/mailbox.html", {"page": page})


@require_GET
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one kept mail."""
    _open_mailbox(request)
    return render(request, "ops/mail.html", {"mail": get_object_or_404(StoredMail, pk=pk)})


def _open_mailbox(request: HttpRequest) -> None:
    if not settings.MAILBOX:
        raise Http404
    require(request.user, "ops.mailbox")


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the bell counts, newest first."""
    mine = Message.objects.filter(channel=Channel.IN_APP, recipient=request.user, due_at__lte=timezone.now())
    page = page_of(mine.exclude(state=State.CANCELLED).order_by("-due_at", "-id"), request.GET.get("page"))
    shown = [(notice, delivery.render(notice)) for notice in page.rows]
    return render(request, "ops/notices.html", {"page": page, "shown": shown})


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark everything that has arrived as read."""
    services.mark_notices_read(actor=request.user, now=timezone.now())
    return redirect("ops:notices")
