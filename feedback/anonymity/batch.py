"""The batch: what waits goes on to the board together, in random order, at one instant."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import connection, transaction

from agents.models import Department, Site, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.errors import DomainError
from callcenter.unnamed import trouble
from callcenter.worktime import calendars
from callcenter.worktime.clock import OutOfRange
from callcenter.worktime.selectors import DEFAULT_CALENDAR
from feedback import services
from feedback.anonymity.intake import Slip
from feedback.anonymity.sealing import Unreadable
from feedback.enums import Addressee, Category, Intake, Kind
from feedback.models import FeedbackPolicy, Item, SpentToken, Waiting

HOUR = 3600
CLOSED_TO_OTHERS = "LOCK TABLE feedback_waiting IN ACCESS EXCLUSIVE MODE"
# Emptied as a whole: deleted rows would stay readable in the file until the database tidies it.
EMPTY = "TRUNCATE feedback_waiting"


def release_batches(*, now: datetime) -> int:
    """Hand over what waits if it is enough or old enough; return how many. Errors below the unnamed addresses are told.

    One transaction at one instant: only the order in which rows were written is left in the database, and it is random.
    What a rule refuses by now, such as a word to an item that was closed, is dropped; what fails otherwise waits on.
    """
    trouble.tell()
    with transaction.atomic(), connection.cursor() as cursor:
        if not Waiting.objects.exists():
            return 0
        cursor.execute(CLOSED_TO_OTHERS)
        rows = list(Waiting.objects.all())
        if not _is_due(rows, now):
            return 0
        cursor.execute(EMPTY)
        slips = _opened(rows)
        _spend(rows, slips)
        # Whoever adds a word and then accepts the answer must not be refused because the batch turned the two round.
        rows.sort(key=lambda row: list(HANDLERS).index(slips[row].what) if row in slips else 0)
        failed = [row for row in rows if row not in slips or not _hand_over(slips[row], row.day, now)]
        Waiting.objects.bulk_create(failed)
    return len(rows) - len(failed)


def _opened(rows: list[Waiting]) -> dict[Waiting, Slip]:
    """Shuffle the rows, and return what each holds; one that cannot be read waits on."""
    random.SystemRandom().shuffle(rows)
    slips = {}
    for row in rows:
        try:
            slips[row] = Slip.open(bytes(row.sealed))
        except Unreadable as error:
            trouble.note(error)
    return slips


def _spend(rows: Sequence[Waiting], slips: Mapping[Waiting, Slip]) -> None:
    """Keep the digests of what paid, in their own order, which is random."""
    spent = {bytes(row.token): slips[row].key for row in rows if row.token and row in slips}
    SpentToken.objects.bulk_create(
        [SpentToken(digest=digest, key_id=key) for digest, key in sorted(spent.items()) if key is not None],
        ignore_conflicts=True,
    )


def _is_due(rows: Sequence[Waiting], now: datetime) -> bool:
    """Say whether enough rows wait, or the oldest day began so many working hours ago: of a row only its day is known."""
    policy = FeedbackPolicy.objects.get(pk=1)
    if len(rows) >= policy.least_in_a_batch:
        return True
    oldest = min(row.day for row in rows)
    began = datetime.combine(oldest, time.min, DAY_OF_CENTRE)
    try:
        waited = calendars.load_by_code(DEFAULT_CALENDAR).elapsed(began, now)
    except OutOfRange:
        waited = (now - began).total_seconds()
    return waited >= policy.longest_wait_hours * HOUR


def _hand_over(slip: Slip, day: date, now: datetime) -> bool:
    """Hand a slip over; say whether it is done with."""
    try:
        with transaction.atomic():
            HANDLERS[slip.what](slip, day, now)
    except DomainError:
        return True
    except Exception as error:  # noqa: BLE001 (one bad row must not hold the others up)
        trouble.note(error)
        return False
    return True


def _item(slip: Slip, day: date, now: datetime) -> None:
    facts = dict(slip.said)
    receipt = bytes.fromhex(facts.pop("receipt"))
    wish = services.Wish(
        kind=Kind(facts["kind"]),
        addressee=Addressee(facts["addressee"]),
        category=Category(facts["category"]),
        subject=facts["subject"],
        text=facts["text"],
        department=Department.objects.filter(pk=facts["department"]).first(),
        site=Site.objects.filter(pk=facts["site"]).first(),
    )
    services.admit(wish=wish, receipt=receipt, files=slip.files, day=day, now=now)


def _word(slip: Slip, day: date, now: datetime) -> None:
    services.say_unnamed(item_id=slip.said["item"], text=slip.said["text"], day=day, now=now)


def _confirmation(slip: Slip, _day: date, now: datetime) -> None:
    survey = services.SurveyFacts(**slip.said["survey"]) if slip.said["survey"] else None
    services.confirm_unnamed(item_id=slip.said["item"], survey=survey, now=now)


def _dispute(slip: Slip, day: date, now: datetime) -> None:
    services.dispute_unnamed(item_id=slip.said["item"], reason=slip.said["reason"], day=day, now=now)


def _claim(slip: Slip, day: date, now: datetime) -> None:
    item = Item.objects.get(pk=slip.said["item"])
    services.claim_reward(
        item_id=item.pk,
        receipt=bytes(item.receipt or b""),
        person=User.objects.get(work_number=slip.said["work_number"]),
        shown=slip.said["shown"],
        day=day,
        now=now,
    )


HANDLERS: dict[Intake, Any] = {
    Intake.ITEM: _item,
    Intake.WORD: _word,
    Intake.CONFIRMATION: _confirmation,
    Intake.DISPUTE: _dispute,
    Intake.CLAIM: _claim,
}
