"""Weeks of feedback, written straight into the tables: the figures ask for rows, not for how they came to be."""

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.worktime.models import Calendar
from feedback.enums import Addressee, Category, Ending, Escalation, Status
from feedback.models import Item, Survey
from feedback.selectors import answer_policy

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NEXT_MONDAY = MONDAY + timedelta(weeks=1)
"""Ten o'clock at the centre."""


@pytest.fixture
def happened(departments, house):
    """Return a function that writes items as they stand some days after they came in."""
    calendar, policy = Calendar.objects.get(code="CN"), answer_policy(None)

    def happened(count, *, at=MONDAY, to=None, site=None, category=Category.TOOLS, **more) -> list[Item]:
        facts = {
            "addressee": Addressee.DEPARTMENT,
            "department": to or departments.it,
            "site": site or house.site,
            "category": category,
            "subject": "Headset",
            "text": "It crackles.",
            "anonymous": True,
            "submitted_on": at.date(),
            "released_at": at,
            "due_at": at + timedelta(days=3),
            "policy": policy,
            "calendar": calendar,
        }
        made = [
            Item(receipt=f"{at}{number}{to}{more}".encode(), **{**facts, **more}) for number in range(count)
        ]
        return Item.objects.bulk_create(made)

    return happened


def answered(hours: int, *, at=MONDAY):
    """Return what says that an item was answered after so many hours."""
    return {"answered_at": at + timedelta(hours=hours), "status": Status.ANSWERED}


def escalated(why=Escalation.OVERDUE, *, days=3, at=MONDAY):
    """Return what says that the executives own an item."""
    return {"escalated_at": at + timedelta(days=days), "escalation": why}


def confirmed(*, at=MONDAY):
    """Return what says that an item was answered and confirmed a day later."""
    end = {"status": Status.CLOSED, "ending": Ending.CONFIRMED, "closed_at": at + timedelta(days=1)}
    return answered(2, at=at) | end


def survey(items, *, satisfied=True, expected=4, found=3):
    """Write a survey of each."""
    marks = {"expected_days": 2, "expected_quality": expected, "found_quality": found}
    Survey.objects.bulk_create(Survey(item=item, satisfied=satisfied, **marks) for item in items)
