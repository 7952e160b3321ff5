"""The sweep over conduct records: when the time for a reply has ended, a penalty becomes final.

Records are claimed with SKIP LOCKED, so sweeps may run side by side; what a killed worker leaves is still due at the next.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from agents import conduct
from agents.enums import ConductState
from agents.mailing import opening
from agents.models import ConductRecord, User
from agents.notices import mail_times, notices
from agents.selectors import DAY_OF_CENTRE, organisation
from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.outbox import queue
from callcenter.outbox.models import Message
from callcenter.worktime import calendars


def finish_replies(*, now: datetime, batch: int = 500) -> int:
    """Make the penalties final whose time for a reply is over at `now`; return how many."""
    total = 0
    while done := _finish_batch(now, batch):
        total += done
    return total


@transaction.atomic
def _finish_batch(now: datetime, batch: int) -> int:
    due = ConductRecord.objects.reply_over(now).select_for_update(of=("self",), skip_locked=True)
    people = ("person__site__calendar", "joint_person__site__calendar", "recorded_by__site__calendar")
    records = list(due.select_related(*people)[:batch])
    if not records:
        return 0
    concerned = {record.person_id: record.person for record in records}
    # Two sweeps that each end a penalty of one person must count one after the other.
    list(
        User.objects.filter(pk__in=concerned).order_by("pk").select_for_update(of=("self",)).values_list("pk")
    )
    day = now.astimezone(DAY_OF_CENTRE).date()
    before = conduct.penalties(concerned, on=day)
    ends = {
        site: conduct.period_end(conduct.APPEAL, person, now)
        for site, person in {person.site_id: person for person in concerned.values()}.items()
    }
    for record in records:
        record.state, record.final_at = ConductState.FINAL, now
        record.appeal_until = ends[record.person.site_id]
    ConductRecord.objects.bulk_update(records, ["state", "final_at", "appeal_until"])
    log.record_many(log.entry(SYSTEM, "conduct.final", record, now=now) for record in records)
    times = mail_times({person.pk: person for record in records for person in record.accused}.values(), now)
    queue.enqueue(message for record in records for message in _messages(record, times, now))
    after = conduct.penalties(concerned, on=day)
    for pk, person in concerned.items():
        if before.get(pk, 0) < conduct.REVIEW_AT <= after.get(pk, 0):
            _ask_for_review(person, max(row.pk for row in records if row.person_id == pk), after[pk], now)
    return len(records)


def _messages(record: ConductRecord, times: dict[int, datetime], now: datetime) -> Iterator[Message]:
    return notices(
        f"{record.topic}:final",
        record.accused,
        template="agents/notify/conduct_final",
        context=conduct.in_message(record),
        topic=record.topic,
        now=now,
        times=times,
    )


def _ask_for_review(person: User, record_id: int, number: int, now: datetime) -> None:
    """Tell whoever stands above the person once that so many penalties ask for a review with them."""
    rung = organisation([person.pk], now=now).rung_above(person.pk, 0, [person.pk])
    above = [pk for pk in (rung.people if rung else ()) if pk != person.pk]
    heads = list(User.objects.filter(pk__in=above).select_related("site__calendar").order_by("pk"))
    log.record(
        SYSTEM, "conduct.review_asked", person, now=now, penalties=number, told=[str(head) for head in heads]
    )
    if heads:
        queue.enqueue(
            queue.messages(
                f"conduct:review:{person.pk}:{record_id}",
                recipients=heads,
                copies=[],
                template="agents/notify/conduct_review",
                context={"person": str(person), "number": number, "path": person.get_absolute_url()},
                now=now,
                due_at=opening(calendars.load(heads[0].site.calendar_id), now),
            )
        )
