"""A complaint on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from callcenter.documents.pdf import pdf
from callcenter.templatetags.ui import duration
from complaints import selectors, services
from complaints.views.complaint import visible_or_404


@require_GET
def printed(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the complaint as a PDF in the reader's language, the contact masked; that it was printed is on record."""
    now, user = timezone.now(), request.user
    complaint = selectors.with_history(visible_or_404(request, reference))
    selectors.with_clock(complaint, now=now)
    services.note_printing(actor=user, complaint_id=complaint.pk, now=now)
    data = {
        "title": complaint.subject,
        "subtitle": f"{complaint.reference} · {complaint.get_tier_display()} · {complaint.get_status_display()}",
        "facts": _facts(complaint),
        "texts": _texts(complaint),
        "clocks": {
            "title": _("Time limit"),
            "rows": [_clock(complaint, selectors.per_cent_used(complaint, now=now))],
        },
        "timeline": {"title": _("Everything that happened"), "events": _events(complaint)},
        "printed_by": str(user),
        "printed_at": now,
    }
    paper = pdf("complaint", data, language=get_language(), time_zone=user.time_zone)
    disposition = {"Content-Disposition": f'attachment; filename="{complaint.reference}.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=disposition)


def _facts(complaint: Any) -> list[tuple[str, Any]]:
    def words(value: Any) -> str | None:
        return str(value) if value else None

    return [
        (_("Customer"), complaint.customer_name),
        (_("Contact"), words(complaint.masked_contact)),
        (_("Channel"), complaint.get_channel_display()),
        (_("Received"), complaint.received_at),
        (_("Site"), str(complaint.site)),
        (_("Team"), words(complaint.team)),
        (_("Handler"), str(complaint.handler)),
        (_("Who answers"), str(complaint.responsible)),
        (_("Recorded by"), str(complaint.recorded_by)),
        (_("Staff concerned"), words(complaint.staff_concerned)),
    ]


def _texts(complaint: Any) -> list[dict[str, str]]:
    texts = [(_("What the customer says"), complaint.account), (_("Asks for"), complaint.demand)]
    return [{"title": title, "text": text} for title, text in texts if text]


def _clock(complaint: Any, percent: int) -> dict[str, Any]:
    left = complaint.left
    words = _("%(time)s over") if left.state == "late" else _("%(time)s left")
    return {
        "label": complaint.clock.policy.in_words,
        "left": words % {"time": duration(left.seconds)},
        "due": complaint.due_at,
        "percent": percent,
        "state": left.state,
    }


def _events(complaint: Any) -> list[dict[str, Any]]:
    return [
        {"at": event.at, "who": event.who.name, "what": event.what, "text": event.text}
        if event.who
        else {"at": event.at, "text": event.what}
        for event in selectors.timeline(complaint)
    ]
