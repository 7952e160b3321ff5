"""The sweeps: what was not answered in time, what nobody objected to, and what was adopted and not carried out.

Rows are claimed with SKIP LOCKED, so sweeps may run side by side; what a killed worker leaves is still due at the next.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from agents.models import User
from agents.notices import mail_times
from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.outbox import queue
from callcenter.worktime import calendars
from callcenter.worktime.selectors import DEFAULT_CALENDAR
from feedback import selectors
from feedback.enums import Ending, Escalation, Status
from feedback.models import Item, Suggestion
from feedback.services.telling import WITH, author_of, house_policy, messages

BATCH = 500
HOUR = 3600
Told = list[tuple[Item, str, list[User]]]
"""Which item, in which words, to whom."""


def escalate_overdue(*, now: datetime, batch: int = BATCH) -> int:
    """Make the executives responsible for what was not answered in time, and tell them and the side; return how many."""
    return until_done(lambda: _escalate_batch(now, batch))


def close_silent(*, now: datetime, batch: int = BATCH) -> int:
    """Close the answers to which nobody objected in time, and say so to author and side; return how many.

    Anonymous ones wait until no objection can be left in the intake: its longest wait, and an hour for the batch itself.
    """
    longest = (house_policy().longest_wait_hours + 1) * HOUR
    unnamed_before = calendars.load_by_code(DEFAULT_CALENDAR).due(now, -longest)
    return until_done(lambda: _close_batch(now, unnamed_before, batch))


def remind_of_suggestions(*, now: datetime, batch: int = BATCH) -> int:
    """Tell the owners once which adopted suggestions were not carried out by their date; return how many."""
    return until_done(lambda: _remind_batch(now, batch))


def until_done(one_batch: Callable[[], int]) -> int:
    """Return the sum of what the batches did, once one found nothing more."""
    total = 0
    while done := one_batch():
        total += done
    return total


@transaction.atomic
def _escalate_batch(now: datetime, batch: int) -> int:
    items = _claimed(Item.objects.overdue(now), batch)
    if not items:
        return 0
    desk = selectors.Desk(now)
    told: Told = [(item, "overdue", desk.executives(item)) for item in items]
    side: Told = [(item, "escalated", desk.only_asked(item)) for item in items]
    for item in items:
        item.escalated_at, item.escalation = now, Escalation.OVERDUE
    Item.objects.bulk_update(items, ["escalated_at", "escalation"])
    log.record_many(
        log.entry(SYSTEM, "feedback.escalated", item, now=now, why=item.escalation) for item in items
    )
    queue.cancel(*(item.topic for item in items))
    _tell_all(told, now)
    _tell_all(side, now, news=True)
    return len(items)


@transaction.atomic
def _close_batch(now: datetime, unnamed_before: datetime, batch: int) -> int:
    items = _claimed(Item.objects.silent(now, unnamed_before), batch)
    if not items:
        return 0
    for item in items:
        item.status, item.closed_at, item.ending, item.silent_until = Status.CLOSED, now, Ending.SILENCE, None
    Item.objects.bulk_update(items, ["status", "closed_at", "ending", "silent_until"])
    log.record_many(log.entry(SYSTEM, "feedback.closed", item, now=now, ending=item.ending) for item in items)
    queue.cancel(*(item.topic for item in items))
    desk = selectors.Desk(now)
    told: Told = [(item, "closed_by_silence", [*author_of(item), *desk.answerers(item)]) for item in items]
    _tell_all(told, now, news=True)
    return len(items)


@transaction.atomic
def _remind_batch(now: datetime, batch: int) -> int:
    late: Any = Suggestion.objects.overdue(selectors.day_of_centre(now))
    rows = late.select_for_update(of=("self",), skip_locked=True)
    found = list(rows.select_related(*(f"item__{name}" for name in WITH))[:batch])
    if not found:
        return 0
    Suggestion.objects.filter(pk__in=[one.pk for one in found]).update(reminded_at=now)
    log.record_many(
        log.entry(
            SYSTEM,
            "feedback.suggestion_overdue",
            one.item,
            now=now,
            carry_out_by=one.carry_out_by.isoformat(),
        )
        for one in found
    )
    desk = selectors.Desk(now)
    told: Told = [(one.item, "suggestion_overdue", desk.asked(one.item)) for one in found]
    _tell_all(told, now, news=True, key=int(now.timestamp()))
    return len(found)


def _claimed(due: QuerySet[Item], batch: int) -> list[Item]:
    rows: Any = due.select_for_update(of=("self",), skip_locked=True)
    return list(rows.select_related(*WITH)[:batch])


def _tell_all(told: Told, now: datetime, *, news: bool = False, key: object = "") -> None:
    times = mail_times(_everybody(told), now)
    queue.enqueue(
        message
        for item, event, people in told
        for message in messages(item, event, people, now, key=key, news=news, times=times)
    )


def _everybody(told: Iterable[tuple[Item, str, list[User]]]) -> list[User]:
    return list({person.pk: person for _item, _event, people in told for person in people}.values())
