"""Feedback from before the board: authors and answers find their new places, and nobody is cut short."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from agents.models import Department
from feedback.models import Item
from tests.house import House

AT = datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


def migrate(*wanted):
    executor = MigrationExecutor(connection)
    executor.migrate(
        list(wanted) or [node for node in executor.loader.graph.leaf_nodes() if node[0] == "feedback"]
    )
    return executor.loader.project_state(list(wanted)).apps if wanted else None


@pytest.mark.slow
def test_old_items_keep_their_author_answer_and_instants(django_db_serialized_rollback, transactional_db):
    house = House()
    it = Department.objects.create(name="IT", scope="Lines")
    try:
        old = migrate(("feedback", "0002_answer_policy"))
        policy = old.get_model("worktime", "Policy").objects.get(code="feedback_answer")
        items = old.get_model("feedback", "Item").objects
        common = {
            "submitter_id": house.agent.pk,
            "department_id": it.pk,
            "category": "tools",
            "text": "It crackles",
            "submitted_at": AT,
            "due_at": AT + timedelta(days=3),
            "policy": policy,
            "calendar_id": house.site.calendar_id,
        }
        items.create(subject="Waits", status="submitted", **common)
        items.create(
            subject="Answered",
            status="answered",
            answer="A new one",
            answered_at=AT + timedelta(days=1),
            answered_by_id=house.lead.pk,
            **common,
        )
    finally:
        migrate()
    waits, answered = Item.objects.order_by("pk")
    assert [item.author.person for item in (waits, answered)] == [house.agent, house.agent]
    assert {(item.released_at, item.submitted_at, item.anonymous) for item in (waits, answered)} == {
        (AT, AT, False)
    }
    assert str(waits.submitted_on) == "2026-03-04", "the day at the centre, an hour after its midnight"
    assert waits.number != answered.number
    given = answered.answers.get()
    assert (given.text, given.by, given.at) == ("A new one", house.lead, AT + timedelta(days=1))
    assert answered.answered_at == given.at
    assert timezone.now() + timedelta(days=6) < answered.silent_until, "its author has time to object"
    assert (waits.silent_until, waits.answered_at, waits.answers.exists()) == (None, None, False)
