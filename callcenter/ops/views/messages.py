"""Pages of the outbox, the mailbox and the bell."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from callcenter.access import require
from callcenter.lists.show import Answer, show
from callcenter.ops import services
from callcenter.ops.lists import MailList, NoticeList, OutboxList
from callcenter.outbox.models import Message, StoredMail


@require_GET
def outbox(request: HttpRequest) -> Answer:
    """Show every message, by state; personal content stays out."""
    return show(request, OutboxList(), "ops/outbox.html")


@require_POST
def requeue(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a given-up message once more."""
    message = get_object_or_404(Message, pk=pk)
    services.requeue_message(actor=request.user, message=message, now=timezone.now())
    messages.success(request, _("The message is on its way again."))
    return redirect("ops:outbox")


@require_GET
def mailbox(request: HttpRequest) -> Answer:
    """Show the mails that the embedded product kept."""
    _open_mailbox(request)
    return show(request, MailList(), "ops/mailbox.html")


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
def notices(request: HttpRequest) -> Answer:
    """Show what the bell counts, newest first."""
    return show(request, NoticeList(), "ops/notices.html")


@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark everything that has arrived as read."""
    services.mark_notices_read(actor=request.user, now=timezone.now())
    return redirect("ops:notices")
