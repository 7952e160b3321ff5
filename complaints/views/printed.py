"""A complaint on paper: the complaint record (投诉记录表) with its whole course, and the written reports."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from callcenter.documents.pdf import pdf
from callcenter.templatetags.ui import dated, duration
from complaints import selectors, services
from complaints.views.complaint import case_or_404, visible_or_404


@require_GET
def printed(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the complaint record as a PDF in the reader's language, the contact masked; that it was printed is on record."""
    now, user = timezone.now(), request.user
    case = case_or_404(request, reference, now)
    complaint = selectors.with_clock(case.complaint, now=now)
    services.note_printing(actor=user, complaint_id=complaint.pk, now=now)
    main = selectors.Reading(complaint.clock, selectors.per_cent_used(complaint, now=now), complaint.left)
    clocks = [main, *selectors.readings(complaint, now=now)]
    data = {
        "title": _("Complaint record"),
        "subtitle": f"{complaint.reference} · {complaint.get_tier_display()} · {complaint.get_status_display()}",
        "facts": _facts(complaint),
        "texts": list(_texts(complaint)),
        "clocks": {"title": _("Time limit"), "rows": [_clock(reading) for reading in clocks]},
        "timeline": {
            "title": _("Everything that happened"),
            "events": [_event(event) for event in selectors.timeline(complaint, case.mails)],
        },
    }
    return _paper(request, "complaint", data, f"{complaint.reference}.pdf")


@require_GET
def report(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Return an external report as it was filed, as a PDF in the reader's language; that it was printed is on record."""
    complaint = visible_or_404(request, reference)
    filed = get_object_or_404(complaint.reports.select_related("by"), pk=pk)
    services.note_printing(actor=request.user, complaint_id=complaint.pk, now=timezone.now())
    data = {
        "title": _("Report on a complaint"),
        "subtitle": complaint.subject,
        "facts": [
            (pgettext("report", "To"), filed.receiver),
            (_("Complaint"), complaint.reference),
            (_("Tier"), complaint.get_tier_display()),
            (_("Received"), complaint.received_at),
            (_("Resolved"), complaint.resolved_at),
        ],
        "text": filed.text,
        "signed": [(_("Filed by"), filed.by.name), (_("Filed"), dated(filed.at))],
    }
    return _paper(request, "report", data, f"{complaint.reference}-{filed.pk}.pdf")


def _paper(request: HttpRequest, template: str, data: dict[str, Any], name: str) -> HttpResponse:
    user: Any = request.user
    told = {**data, "printed_by": str(user), "printed_at": timezone.now()}
    paper = pdf(template, told, language=get_language(), time_zone=user.time_zone)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(paper, content_type="application/pdf", headers=disposition)


def _facts(complaint: Any) -> list[tuple[str, Any]]:
    def words(value: Any) -> str | None:
        return str(value) if value else None

    return [
        (_("In one line"), complaint.subject),
        (_("Customer"), complaint.customer_name),
        (_("Contact"), words(complaint.masked_contact)),
        (_("Channel"), complaint.get_channel_display()),
        (_("Call"), words(complaint.call)),
        (_("Received"), complaint.received_at),
        (_("Site"), str(complaint.site)),
        (_("Team"), words(complaint.team)),
        (_("Handler"), str(complaint.handler)),
        (_("Who answers"), str(complaint.responsible)),
        (_("Recorded by"), str(complaint.recorded_by)),
        (_("Staff concerned"), words(complaint.staff_concerned)),
        (_("Cause"), words(complaint.cause)),
        (_("Resolved"), complaint.resolved_at),
        (pgettext("complaint", "Closed"), complaint.closed_at),
    ]


def _texts(complaint: Any) -> Iterator[dict[str, str]]:
    ruling = selectors.ruling_of(complaint)
    opinion = ""
    if ruling:
        told = (ruling.get_outcome_display(), ruling.rule_name, ruling.opinion)
        opinion = "\n".join(filter(None, told))
    texts = [
        (_("What the customer says"), complaint.account),
        (_("Asks for"), complaint.demand),
        (_("Ruling"), opinion),
        (_("Solution"), complaint.solution),
    ]
    yield from ({"title": title, "text": text} for title, text in texts if text)


def _clock(reading: selectors.Reading) -> dict[str, Any]:
    clock, left = reading.clock, reading.left
    if clock.stopped_at:
        words = _("%(time)s late") if left.state == "late" else _("%(time)s to spare")
    else:
        words = _("%(time)s over") if left.state == "late" else _("%(time)s left")
    amount = selectors.amount_in_words(clock)
    return {
        "label": " · ".join(filter(None, [str(clock.get_kind_display()), amount])),
        "left": words % {"time": duration(left.seconds)},
        "due": clock.due_at,
        "percent": reading.percent,
        "state": left.state,
    }


def _event(event: selectors.Event) -> dict[str, Any]:
    changed = [
        f"{fact.label}: {fact.before} → {fact.value}" if fact.before else f"{fact.label}: {fact.value}"
        for fact in event.facts
    ]
    text = "\n".join(filter(None, [event.text, *changed]))
    if event.who:
        return {"at": event.at, "who": event.who.name, "what": event.what, "text": text}
    return {"at": event.at, "text": "\n".join(filter(None, [event.what, text]))}
