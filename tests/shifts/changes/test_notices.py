"""What people are told of changes: every kind and event in words, never the reason."""

from datetime import timedelta

import pytest

from callcenter.outbox.delivery import render
from callcenter.outbox.models import Message
from shifts.enums import ChangeKind
from shifts.moving import Times
from shifts.services import changes
from tests.shifts.changes.test_course import agreed, ask, swap

HOUR = timedelta(hours=1)
SECRET = "a reason that no mail repeats"


def mails(event: str) -> list[str]:
    """Return subject and text of the mails of an event, in English."""
    rows = Message.objects.filter(template=f"shifts/notify/change_{event}", channel="email").order_by("pk")
    shown = [render(row) for row in rows]
    return [f"{one.subject}\n{one.text}" for one in shown]


def test_the_colleague_reads_what_is_asked_and_until_when(week):
    swap(week, reason=SECRET)
    (text,) = mails("asked")
    assert text.startswith("Person 20411 asks you to agree to S-")
    assert (
        "Person 20412 works 24 Nov 2026, 09:00–17:00, and Person 20411 works 24 Nov 2026, 13:00–21:00."
        in text
    )
    assert "until 24 Nov 2026, 00:00" in text
    assert "/roster/changes/" in text
    assert SECRET not in text


def test_every_event_is_told_in_words(week):
    change = agreed(week, reason=SECRET)
    changes.refuse_change(actor=week.house.lead, change_id=change.pk, decision=SECRET, now=week.now)
    declined = swap(week, mine=2, theirs=2)
    changes.decline_change(actor=week.two, change_id=declined.pk, now=week.now)
    withdrawn = swap(week, mine=3, theirs=3)
    changes.withdraw_change(actor=week.one, change_id=withdrawn.pk, now=week.now)
    lapsed = swap(week, mine=4, theirs=4)
    changes.lapse_changes(now=lapsed.due_at)
    for event in ("asked", "to_decide", "accepted", "refused", "declined", "withdrawn", "lapsed"):
        found = mails(event)
        assert found, event
        assert all("Swap: " in text and "S-" in text for text in found), event
        assert not any(SECRET in text for text in found), event


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ChangeKind.EXTEND, "Extension: Person 20411 works 25 Nov 2026, 09:00–19:00 instead of 25 Nov 2026, 09:00–17:00."),
        (ChangeKind.FLEXIBLE, "Flexible hour: Person 20411 works 25 Nov 2026, 08:00–16:00 instead of"),
        (ChangeKind.SUBSTITUTE, "Person 20414 works 25 Nov 2026, 09:00–17:00 in place of Person 20411."),
    ],
)  # fmt: skip
def test_each_kind_says_what_becomes_of_the_shift(week, kind, said):
    shift = week.shifts[week.one, 2]
    since, until = shift.starts_at, shift.ends_at
    facts = {
        ChangeKind.EXTEND: {"times": Times(since, until + 2 * HOUR)},
        ChangeKind.FLEXIBLE: {"times": Times(since - HOUR, until - HOUR)},
        ChangeKind.SUBSTITUTE: {"colleague": week.agents[3]},
    }[kind]
    ask(week, kind, shift, **facts)
    assert said in mails("asked" if kind == ChangeKind.SUBSTITUTE else "to_decide")[0]


def test_an_open_shift_says_who_wants_it(week):
    ask(week, ChangeKind.PICK_UP, week.open, person=week.agents[3])
    assert "Open shift: Person 20414 works 28 Nov 2026, 09:00–17:00." in mails("to_decide")[0]
