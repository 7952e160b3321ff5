"""What agents of the demo ask to change: a swap that is filed, one that waits where days are left, a personal rule."""

from datetime import datetime, time, timedelta

from agents.models import User
from shifts.enums import ChangeKind, WishKind
from shifts.models import Change
from shifts.selectors.fitting import told_shifts
from shifts.selectors.offers import first_day, swaps
from shifts.services import changes, wishes

THURSDAY = 4
PEOPLE = ("20401", "1101", "5001")
"""Who asks, who leads them, who files."""


def seed(*, now: datetime) -> None:
    """Ask through the ordinary door, a day after this week was published and now."""
    people = User.objects.select_related("site__calendar").in_bulk(PEOPLE, field_name="work_number")
    person, lead, clerk = (people[number] for number in PEOPLE)
    told = now - timedelta(days=4)
    if filed := _swap(person, told):
        later = told + timedelta(hours=1)
        changes.approve_change(actor=lead, change_id=filed.pk, now=later)
        changes.file_changes(actor=clerk, change_ids=[filed.pk], now=later)
    _swap(person, now)
    rule = wishes.Rule(WishKind.DONE_BY, weekday=THURSDAY, time=time(18), priority=1)
    reason = "接孩子 Picking up the child"
    wish = wishes.ask_wish(actor=person, person=person, rule=rule, since=person.today, reason=reason, now=now)
    wishes.agree_wish(actor=lead, wish_id=wish.pk, now=now)


def _swap(person: User, at: datetime) -> Change | None:
    """Swap the last of the person's shifts that fits somebody's, and let the colleague agree."""
    ahead = told_shifts().filter(published_person=person, day__gte=first_day(person, at))
    for shift in ahead.order_by("-day"):
        if offers := swaps(shift, person, now=at):
            asked = {"kind": ChangeKind.SWAP, "shift_id": shift.pk, "other_shift_id": offers[0].shift}
            change = changes.ask_change(
                actor=person, person=person, reason="家长会 School evening", now=at, **asked
            )
            colleague = change.colleague
            return changes.accept_change(actor=colleague, change_id=change.pk, now=at) if colleague else None
    return None
