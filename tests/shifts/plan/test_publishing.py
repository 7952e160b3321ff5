"""Publishing: who is told what, once; what is refused; and changes of what was told."""

from datetime import timedelta

import pytest

from callcenter.errors import Conflict
from callcenter.outbox.models import Message
from shifts.models import Occupancy, Shift
from shifts.services import occupying, planning, publishing
from shifts.services.planning import Altered, Move
from tests.shifts.conftest import MONDAY
from tests.shifts.plan.test_occupying import LUNCH, leave

DAY = timedelta(days=1)


@pytest.fixture
def roster(desk):
    """Return the draft of a week in which two agents work on Monday."""
    roster = desk.roster()
    for agent in desk.agents[:2]:
        desk.shift(agent, MONDAY)
    return roster


def told(person) -> list[list[tuple[str, str, str]]]:
    """Return what the person's mails said."""
    rows = Message.objects.filter(recipient=person, channel="email", topic__startswith="roster:")
    return [
        [(line["day"], line["before"], line["after"]) for line in row.context["days"]]
        for row in rows.order_by("pk")
    ]


def test_each_agent_hears_once_of_what_is_new_for_them(desk, roster):
    published = desk.publish(roster)
    assert (published.people, published.shifts) == (2, 2)
    assert told(desk.agents[0]) == [[("2026-11-23", "", "09:00–17:00")]]
    again = desk.publish(roster)
    assert (again.people, again.shifts) == (0, 0)
    assert Message.objects.filter(recipient=desk.agents[0]).count() == 2  # the app and the mail


def test_a_shift_that_changes_hands_is_told_to_both(desk, roster):
    desk.publish(roster)
    shift = Shift.objects.get(person=desk.agents[0])
    planning.move_shifts(
        actor=desk.planner,
        roster_id=roster.pk,
        moves=[Move(shift.pk, desk.agents[2].pk, MONDAY + DAY)],
        now=desk.now,
    )
    assert Occupancy.objects.filter(person=desk.agents[0]).exists()
    desk.publish(roster)
    assert told(desk.agents[0])[1:] == [[("2026-11-23", "09:00–17:00", "")]]
    assert told(desk.agents[2]) == [[("2026-11-24", "", "09:00–17:00")]]
    assert not Occupancy.objects.filter(person=desk.agents[0]).exists()


def test_a_shift_taken_out_holds_until_that_is_published(desk, roster):
    desk.publish(roster)
    shift = Shift.objects.get(person=desk.agents[0])
    planning.remove_shifts(actor=desk.planner, roster_id=roster.pk, shift_ids=[shift.pk], now=desk.now)
    assert Occupancy.objects.filter(person=desk.agents[0]).exists()
    desk.publish(roster)
    assert not Shift.objects.filter(pk=shift.pk).exists()
    assert told(desk.agents[0])[1:] == [[("2026-11-23", "09:00–17:00", "")]]


def test_publishing_over_leave_is_refused_with_the_names(desk, roster):
    occupying.enter_leave(leave(desk.agents[1], LUNCH, 2))
    with pytest.raises(Conflict, match="On leave at that time: Person 20412 2026-11-23"):
        desk.publish(roster)
    assert not Message.objects.filter(topic__startswith="roster:").exists()
    assert not Occupancy.objects.exclude(kind="leave").exists()


def test_what_changed_after_one_looked_is_not_published(desk, roster):
    roster.refresh_from_db()
    seen = roster.revision
    desk.shift(desk.agents[2], MONDAY)
    with pytest.raises(Conflict, match="has changed since"):
        publishing.publish(actor=desk.planner, roster_id=roster.pk, revision=seen, now=desk.now)


def test_two_shifts_are_swapped_in_plan_and_in_what_was_told(desk, roster):
    late = desk.shift(desk.agents[2], MONDAY, "L")
    desk.publish(roster)
    day = Shift.objects.get(person=desk.agents[0])
    planning.apply_changes([Altered(day, desk.agents[2]), Altered(late, desk.agents[0])], now=desk.now)
    assert (day.person, day.published_person) == (desk.agents[2], desk.agents[2])
    hours = Occupancy.objects.filter(person=desk.agents[0]).order_by("period")
    assert [piece.period.lower.hour for piece in hours] == [5, 8, 9]
    assert publishing.changes_of(roster) == []


def test_a_longer_shift_keeps_its_lunch_and_a_moved_one_takes_it_along(desk, roster):
    desk.publish(roster)
    shift = Shift.objects.get(person=desk.agents[0])
    lunch = shift.breaks.get().starts_at
    planning.apply_change(shift=shift, ends_at=shift.ends_at + timedelta(hours=1), now=desk.now)
    assert shift.breaks.get().starts_at == lunch
    hour = timedelta(hours=1)
    planning.apply_change(
        shift=shift, starts_at=shift.starts_at + hour, ends_at=shift.ends_at + hour, now=desk.now
    )
    assert shift.breaks.get().starts_at == lunch + hour
