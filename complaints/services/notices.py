"""Notices to people who have something to do in the course of a complaint; what the clocks say is in `telling`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from agents.models import RoleGrant, User
from agents.notices import notices
from callcenter.access import Role
from callcenter.outbox import queue
from callcenter.outbox.models import Channel
from complaints.models import Complaint, Question

ENDS_WITH_COMPLAINT = ("handler", "investigator", "verified", "reopened", "pause_over")
"""What is pointless once the customer's matter is dealt with: what of it has not arrived is called back then."""


def tell(complaint: Complaint, event: str, people: Iterable[User], now: datetime, **more: Any) -> None:
    """Tell each of `people` in the app of `event` (“handler”, “verified”); its template has its name, `more` are its words."""
    queue.enqueue(
        queue.message(
            f"{complaint.topic}:{event}:{person.pk}:{now.timestamp():.0f}",
            channel=Channel.IN_APP,
            recipient=person,
            template=f"complaints/notify/{event}",
            context=_context(complaint) | more,
            topic=_topic(complaint, event),
            now=now,
        )
        for person in dict.fromkeys(people)
    )


def tell_by_mail(
    complaint: Complaint, event: str, people: Iterable[User], now: datetime, **more: Any
) -> None:
    """Tell people who have to act by a time: in the app at once, by email within the mail window of their site."""
    queue.enqueue(
        notices(
            f"{complaint.topic}:{event}:{now.timestamp():.0f}",
            list(dict.fromkeys(people)),
            template=f"complaints/notify/{event}",
            context=_context(complaint) | more,
            topic=_topic(complaint, event),
            now=now,
        )
    )


def put_question(question: Question, now: datetime) -> None:
    """Tell somebody of a question that was put to them, and nothing else of the complaint (domain §4)."""
    complaint = question.complaint
    queue.enqueue(
        notices(
            f"{complaint.topic}:question:{question.pk}",
            [question.person],
            template="complaints/notify/question",
            context={"reference": complaint.reference, "path": reverse("complaints:questions")},
            topic=_topic(complaint, "question"),
            now=now,
        )
    )


def service_managers(complaint: Complaint, now: datetime) -> list[User]:
    """Return the service department managers of the day who are not the person concerned."""
    held = RoleGrant.objects.on(complaint.handler.day_at(now)).filter(role=Role.SERVICE_MANAGER)
    people = User.objects.filter(pk__in=held.values("person"), is_active=True)
    others = people.exclude(pk=complaint.staff_concerned_id) if complaint.staff_concerned_id else people
    return list(others.select_related("site__calendar").order_by("pk"))


def _topic(complaint: Complaint, event: str) -> str:
    return complaint.topic if event in ENDS_WITH_COMPLAINT else f"{complaint.topic}:{event}"


def _context(complaint: Complaint) -> dict[str, str]:
    return {
        "reference": complaint.reference,
        "subject": complaint.subject,
        "path": complaint.get_absolute_url(),
        "complaint_due_at": complaint.due_at.isoformat(),
    }
