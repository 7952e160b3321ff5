"""Planning a draft: what is put, moved, taken out, locked, undone, and what is refused."""

from datetime import timedelta

import pytest

from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from shifts.models import Rotation, Shift, ShiftBreak
from shifts.services import planning
from shifts.services.planning import Move
from tests.shifts.conftest import MONDAY

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def roster(desk):
    """Return the draft of a week."""
    return desk.roster()


def plan(roster):
    """Return who works when by which pattern, in the roster's plan."""
    rows = Shift.objects.planned().filter(roster=roster).order_by("day", "person")
    return [
        (row.person and row.person.work_number, (row.day - MONDAY).days, row.pattern.code)
        for row in rows.select_related("person", "pattern")
    ]


def given(desk, roster):
    """Return what every act is given."""
    return {"actor": desk.planner, "roster_id": roster.pk, "now": desk.now}


def test_a_day_is_in_one_roster_of_its_site(desk, roster):
    with pytest.raises(Conflict, match="another roster"):
        desk.roster(MONDAY + 3 * DAY)


def test_a_shift_begins_at_the_sites_time_and_has_its_lunch(desk, roster):
    shift = desk.shift(desk.agents[0], MONDAY, "N")
    assert (shift.starts_at.hour, (shift.ends_at - shift.starts_at).seconds) == (14, 8 * 3600)
    assert shift.breaks.get().starts_at - shift.starts_at == timedelta(hours=3)


def test_lunches_of_the_same_shift_are_staggered(desk, roster):
    shifts = [desk.shift(agent, MONDAY) for agent in desk.agents[:4]]
    offsets = [(one.breaks.get().starts_at - one.starts_at).seconds // 60 for one in shifts]
    assert offsets == [180, 240, 180, 240]


def test_two_shifts_at_once_are_refused_with_name_and_day(desk, roster):
    desk.shift(desk.agents[0], MONDAY)
    with pytest.raises(Conflict, match=r"20411 would be on two shifts at once on 2026-11-23"):
        desk.shift(desk.agents[0], MONDAY, "L")
    assert plan(roster) == [("20411", 0, "D")]


def test_a_day_outside_of_the_roster_is_refused(desk, roster):
    with pytest.raises(DomainError, match="not in this roster"):
        planning.move_shifts(
            moves=[Move(desk.shift(desk.agents[0], MONDAY).pk, desk.agents[0].pk, MONDAY - DAY)],
            **given(desk, roster),
        )


def test_a_skill_that_somebody_has_not_is_refused(desk, roster):
    with pytest.raises(DomainError, match="does not have the skill"):
        desk.shift(desk.agents[0], MONDAY, skill=desk.skill)


def test_who_does_not_plan_the_site_is_refused(desk, roster):
    with pytest.raises(NotAllowed):
        planning.remove_shifts(actor=desk.house.lead, roster_id=roster.pk, shift_ids=[], now=desk.now)


def test_many_are_assigned_at_once_and_locked_shifts_stay(desk, roster):
    locked = desk.shift(desk.agents[0], MONDAY, "E")
    planning.lock_shifts(shift_ids=[locked.pk], locked=True, **given(desk, roster))
    people = [agent.pk for agent in desk.agents[:2]]
    filled = planning.assign_many(
        people=people, days=[MONDAY, MONDAY + DAY], pattern=desk.patterns["D"], **given(desk, roster)
    )
    assert (filled.written, filled.locked) == (3, 1)
    assert plan(roster) == [("20411", 0, "E"), ("20412", 0, "D"), ("20411", 1, "D"), ("20412", 1, "D")]


def test_a_rotation_runs_through_the_roster_and_the_next_person_is_further_on(desk, roster):
    rotation = Rotation.objects.create(site=desk.site, name="2 on 1 off")
    for position, code in enumerate(["D", "D", None]):
        rotation.days.create(position=position, pattern=desk.patterns.get(code))
    people = [agent.pk for agent in desk.agents[:2]]
    planning.rotate(people=people, rotation=rotation, since=MONDAY, step=1, **given(desk, roster))
    days = {
        number: [day for who, day, _code in plan(roster) if who == number] for number in ("20411", "20412")
    }
    assert days == {"20411": [0, 1, 3, 4, 6], "20412": [0, 2, 3, 5, 6]}


def test_a_week_is_copied_and_who_has_a_shift_keeps_it(desk, roster):
    for agent in desk.agents[:2]:
        desk.shift(agent, MONDAY)
    desk.shift(None, MONDAY, "L")
    following = desk.roster(MONDAY + 7 * DAY)
    desk.shift(desk.agents[0], MONDAY + 7 * DAY, "N")
    filled = planning.copy_week(from_monday=MONDAY, to_monday=MONDAY + 7 * DAY, **given(desk, following))
    assert filled.written == 2
    assert plan(following) == [("20411", 7, "N"), ("20412", 7, "D"), (None, 7, "L")]


def test_a_shift_with_own_times_keeps_its_own_breaks_in_every_copy(desk, roster):
    own, usual = desk.shift(desk.agents[0], MONDAY), desk.shift(desk.agents[1], MONDAY)
    times = {"starts_at": own.starts_at, "ends_at": own.ends_at + timedelta(hours=2)}
    facts = {"person": own.person, "pattern": own.pattern, "actor": desk.planner, "now": desk.now}
    planning.change_shift(shift_id=own.pk, **facts, **times)
    own.breaks.update(
        starts_at=own.starts_at + 5 * HOUR, ends_at=own.starts_at + 5 * HOUR + HOUR / 2, kind="rest"
    )
    free = planning.put_shift(person=desk.agents[2], day=MONDAY, **times, **given(desk, roster))
    ShiftBreak.objects.create(
        shift=free, kind="rest", starts_at=free.starts_at + HOUR, ends_at=free.starts_at + 2 * HOUR
    )
    moves = [Move(shift.pk, shift.person_id, MONDAY + DAY, 30) for shift in (own, usual, free)]
    planning.move_shifts(moves=moves, copy=True, **given(desk, roster))
    following = desk.roster(MONDAY + 7 * DAY)
    planning.copy_week(from_monday=MONDAY, to_monday=MONDAY + 7 * DAY, **given(desk, following))

    def breaks(person) -> list[list[tuple[str, float, float]]]:
        rows = Shift.objects.filter(person=person).order_by("day")
        return [
            [
                (one.kind, (one.starts_at - row.starts_at) / HOUR, (one.ends_at - row.starts_at) / HOUR)
                for one in row.breaks.all()
            ]
            for row in rows
        ]

    assert breaks(own.person) == [[("rest", 5, 5.5)]] * 4
    assert breaks(free.person) == [[("rest", 1, 2)]] * 4
    assert [kind for shift in breaks(usual.person) for kind, *_span in shift] == ["lunch"] * 4


def test_the_last_act_is_undone_and_done_again(desk, roster):
    shift = desk.shift(desk.agents[0], MONDAY)
    planning.move_shifts(moves=[Move(shift.pk, desk.agents[1].pk, MONDAY + DAY)], **given(desk, roster))
    assert plan(roster) == [("20412", 1, "D")]
    planning.undo(**given(desk, roster))
    assert plan(roster) == [("20411", 0, "D")]
    planning.undo(**given(desk, roster))
    assert plan(roster) == [("20412", 1, "D")]


def test_only_who_touches_what_another_has_just_touched_is_refused_by_name(desk, roster):
    first, second = desk.shift(desk.agents[0], MONDAY), desk.shift(desk.agents[1], MONDAY)
    roster.refresh_from_db()
    seen = roster.revision
    planning.remove_shifts(shift_ids=[first.pk], **given(desk, roster))
    other = {**given(desk, roster), "actor": desk.house.regional, "revision": seen}
    planning.move_shifts(moves=[Move(second.pk, desk.agents[1].pk, MONDAY + DAY)], **other)
    with pytest.raises(Conflict, match="Person 1001 1001 has just changed the same shifts"):
        planning.assign_many(people=[desk.agents[0].pk], days=[MONDAY], pattern=desk.patterns["L"], **other)


def test_every_act_is_in_the_audit(desk, roster):
    desk.shift(desk.agents[0], MONDAY)
    entry = Entry.objects.filter(object_type="shifts.roster").latest("pk")
    assert (entry.action, entry.details["people"], entry.details["days"]) == (
        "roster.put",
        [desk.agents[0].pk],
        ["2026-11-23"],
    )
