"""Heads required and present, as published, as planned and after a change."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import PersonSkill, Skill
from shifts.cover import Piece, sums
from shifts.enums import LeaveState, Origin
from shifts.models import Leave, LeaveType, Peak, Requirement
from shifts.selectors.cover import effect, live, planned, worked
from shifts.services import occupying
from tests.dates import SINCE
from tests.shifts.conftest import MONDAY

pytestmark = pytest.mark.django_db


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    """Return an hour of the Monday (or a day after it) in Shanghai, as an instant."""
    midnight = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC) - timedelta(hours=8)
    return midnight + timedelta(days=day, hours=hour, minutes=minute)


def need(site, hour: int, heads: int, skill=None, minute: int = 0) -> None:
    """Require heads in one half hour."""
    Requirement.objects.create(
        site=site, skill=skill, starts_at=at(hour, minute), heads=heads, origin=Origin.ENTERED
    )


def has_skill(person, skill: Skill, level: int = 1) -> None:
    """Give somebody a skill."""
    PersonSkill.objects.create(person=person, skill=skill, level=level, period=DateRange(SINCE, None))


def present(cells, when: datetime, skill=None) -> int:
    """Return the heads of one cell."""
    return next((cell.present for cell in cells if (cell.starts_at, cell.skill_id) == (when, skill)), 0)


def test_the_published_cover_counts_who_works_and_not_who_has_lunch(desk):
    roster = desk.roster()
    shifts = [desk.shift(person, MONDAY) for person in desk.agents[:3]]
    assert not live(desk.site, at(0), at(24))
    desk.publish(roster)
    cells = live(desk.site, at(0), at(24))
    assert present(cells, at(9)) == 3
    assert present(cells, at(8, 30)) == present(cells, at(17)) == 0
    lunches = [lunch for shift in shifts for lunch in shift.breaks.all()]
    for hour in (at(11), at(11, 30), at(12), at(12, 30), at(13), at(13, 30)):
        away = sum(lunch.starts_at <= hour < lunch.ends_at for lunch in lunches)
        assert present(cells, hour) == 3 - away
    assert cells == [cell for cell in planned(roster) if cell.starts_at < at(24)]


def test_the_plan_shows_what_is_not_published_yet_and_leaves_open_shifts_out(desk):
    roster = desk.roster()
    desk.shift(desk.agents[0], MONDAY, "N")
    desk.shift(None, MONDAY, "N")
    cells = planned(roster)
    assert present(cells, at(23, 30)) == 1
    assert present(cells, at(5, day=1)) == 1, "a night goes on after midnight"
    assert planned(roster, at(23), at(24)) == [cell for cell in cells if at(23) <= cell.starts_at < at(24)]


def test_a_head_counts_for_the_skill_of_the_shift_else_for_the_strongest_of_the_person(desk):
    other = Skill.objects.create(code="fault", name="Faults")
    has_skill(desk.agents[0], desk.skill, level=2)
    has_skill(desk.agents[0], other, level=4)
    has_skill(desk.agents[1], desk.skill)
    roster = desk.roster()
    desk.shift(desk.agents[0], MONDAY)
    desk.shift(desk.agents[1], MONDAY, skill=desk.skill)
    desk.shift(desk.agents[2], MONDAY)
    desk.publish(roster)
    for cells in (live(desk.site, at(9), at(10)), planned(roster, at(9), at(10))):
        assert [present(cells, at(9), skill) for skill in (None, desk.skill.pk, other.pk)] == [3, 1, 1]


def test_leave_lowers_the_plan_as_it_lowers_what_is_published(desk):
    roster = desk.roster()
    desk.shift(desk.agents[0], MONDAY)
    desk.publish(roster)
    kind = LeaveType.objects.create(code="annual", name="Annual leave")
    leave = Leave.objects.create(
        person=desk.agents[0],
        type=kind,
        starts_at=at(10),
        ends_at=at(24),
        minutes=360,
        state=LeaveState.APPROVED,
        requested_by=desk.agents[0],
        requested_at=desk.now,
        decided_by=desk.planner,
        decided_at=desk.now,
    )
    occupying.enter_leave(leave)
    published = live(desk.site, at(0), at(24))
    assert [cell.starts_at for cell in published] == [at(9), at(9, 30)]
    assert published == planned(roster)


def test_what_is_short_is_counted_once_for_a_head(desk):
    need(desk.site, 9, 2, desk.skill)
    need(desk.site, 9, 3)
    roster = desk.roster()
    desk.shift(desk.agents[0], MONDAY)
    cells = planned(roster, at(9), at(9, 30))
    assert {cell.skill_id: (cell.required, cell.present, cell.short) for cell in cells} == {
        None: (3, 1, 2),
        desk.skill.pk: (2, 0, 2),
    }
    assert [(row.required, row.present, row.short) for row in sums(cells)] == [(3, 1, 2)]


def test_a_peak_period_raises_what_lunch_and_weekends_need(desk):
    Peak.objects.create(site=desk.site, name="November", period=DateRange(MONDAY, MONDAY + timedelta(days=7)))
    need(desk.site, 12, 5)
    cells = {cell.starts_at: cell.required for cell in live(desk.site, at(0), at(24, day=6))}
    assert cells[at(12)] == 5, "what is required by itself is more"
    assert cells[at(12, 30)] == cells[at(13)] == 3
    assert at(13, 30) not in cells
    saturday = [when for when in cells if at(0, day=5) <= when < at(24, day=5)]
    assert saturday == [at(8, day=5) + timedelta(minutes=30 * step) for step in range(1, 19)]
    assert cells[at(9, day=5)] == 2


def test_the_effect_of_a_change_names_the_half_hours_that_become_short(desk, django_assert_num_queries):
    need(desk.site, 9, 2)
    roster = desk.roster()
    for person in desk.agents[:2]:
        has_skill(person, desk.skill)
        desk.shift(person, MONDAY, skill=desk.skill)
    desk.publish(roster)
    gone = worked([desk.agents[0].pk], at(9), at(10, 15))
    assert [(piece.starts_at, piece.ends_at) for piece in gone] == [(at(9), at(10, 15))]
    come = [Piece(desk.site.pk, desk.agents[2].pk, None, at(9, 30), at(10))]
    with django_assert_num_queries(4):
        found = effect(desk.site, gone=gone, come=come)
    everybody = [row for row in found if row.skill_id is None]
    assert [(row.starts_at, row.before, row.after, row.is_new_gap) for row in everybody] == [
        (at(9), 2, 1, True),
        (at(10), 2, 1, False),
    ]
    assert [row.starts_at for row in found if row.skill_id == desk.skill.pk] == [at(9), at(9, 30), at(10)]
    assert effect(desk.site, gone=[], come=[]) == []
