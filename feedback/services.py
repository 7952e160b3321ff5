"""Every write about feedback. Messages name the item and never quote it: mail and outbox have other readers."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Department, User
from agents.notices import notices
from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from callcenter.state import check_step
from callcenter.worktime import calendars, policies
from feedback import selectors
from feedback.enums import STEPS, Category, Status
from feedback.models import Item


@transaction.atomic
def submit_item(
    *, actor: User, department: Department, category: Category, subject: str, text: str, now: datetime
) -> Item:
    """Bring what the actor wrote to the department: its owners are told, and the answer gets its due instant.

    The deadline counts on the calendar of the actor's site, unless the policy names another. A department for
    which nobody but the actor answers is refused, so that nothing waits before an empty chair.
    """
    require(actor, "feedback.submit")
    _need(subject, "subject", _("The subject is missing."), _("Say in one line what it is about."))
    _need(text, "text", _("The text is missing."), _("Say what you want the department to know."))
    owners = [owner for owner in selectors.owners_of(department, now=now) if owner != actor]
    if not owners:
        raise DomainError(
            _("Nobody answers for %(department)s now.") % {"department": department},
            field="department",
            mend=_("Choose another department, or ask an administrator to name an owner."),
        )
    policy = selectors.answer_policy()
    calendar_id = policy.calendar_id or actor.site.calendar_id
    due = policies.due(calendars.load(calendar_id), policy.mode, policy.amount, now)
    item: Item = Item.objects.create(
        submitter=actor,
        department=department,
        category=category,
        subject=subject,
        text=text,
        submitted_at=now,
        policy=policy,
        calendar_id=calendar_id,
        due_at=due.at,
        provisional=due.provisional,
    )
    log.record(
        actor, "feedback.submitted", item, now=now, department=department.name, due_at=due.at.isoformat()
    )
    queue.enqueue(_messages(item, "submitted", owners, now))
    return item


@transaction.atomic
def answer_item(*, actor: User, item_id: int, answer: str, now: datetime) -> Item:
    """Answer an item for its department; the submitter is told, and what still waits for the owners is called back.

    A second answer is an IllegalTransition: of two owners who answer at once the first one counts.
    """
    item: Item = (
        Item.objects.select_for_update(of=("self",))
        .select_related("submitter__site__calendar", "department")
        .get(pk=item_id)
    )
    require(actor, "feedback.answer", item)
    check_step(STEPS, item.status, Status.ANSWERED)
    _need(answer, "answer", _("The answer is missing."), _("Say what the department decided or did."))
    old, item.status = item.status, Status.ANSWERED
    item.answer, item.answered_at, item.answered_by = answer, now, actor
    item.save(update_fields=["status", "answer", "answered_at", "answered_by"])
    log.record(actor, "feedback.answered", item, now=now, old=old, late=item.answered_late)
    queue.cancel(item.topic)
    queue.enqueue(_messages(item, "answered", [item.submitter], now))
    return item


def _need(value: str, field: str, message: str, mend: str) -> None:
    if not value.strip():
        raise DomainError(message, code="required", field=field, mend=mend)


def _messages(item: Item, event: str, people: list[User], now: datetime) -> Iterator[Message]:
    context = {
        "reference": str(item),
        "department": item.department.name,
        "path": item.get_absolute_url(),
        "answer_due_at": item.due_at.isoformat(),
    }
    template = f"feedback/notify/{event}"
    key = f"{item.topic}:{event}"
    return notices(key, people, template=template, context=context, topic=item.topic, now=now)
