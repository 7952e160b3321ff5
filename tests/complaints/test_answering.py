"""Who answered, answers and will answer for a complaint."""

from datetime import UTC, datetime, timedelta

from callcenter.access import Role
from complaints import selectors, services

DUE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""Close of business on Friday, two working days after the Wednesday of `now`."""
MONDAY, TUESDAY = DUE + timedelta(days=3), DUE + timedelta(days=4)


def levels(complaint, now):
    complaint.refresh_from_db()
    selectors.with_clock(selectors.with_history(complaint), now=now)
    return [
        (level.number, level.people[0], level.at, level.state)
        for level in selectors.levels(complaint, now=now)
    ]


def test_before_the_deadline_the_handler_answers_and_each_level_above_has_its_instant(house, now):
    assert levels(house.complaint(now=now), now) == [
        (0, house.supervisor, now, "now"),
        (1, house.regional, DUE, "next"),
        (2, house.service_manager, MONDAY, "next"),
        (3, house.executive, TUESDAY, "next"),
    ]


def test_what_was_foretold_is_what_the_sweep_does(house, now):
    complaint = house.complaint(now=now)
    foretold = levels(complaint, now)[1:]
    for at in (DUE, MONDAY, TUESDAY):
        services.sweep_clocks(now=at)
    done = levels(complaint, TUESDAY)[1:]
    assert [level[:3] for level in done] == [level[:3] for level in foretold]
    assert [level[3] for level in done] == ["past", "past", "now"]


def test_a_resolved_complaint_has_nobody_to_come(house, now):
    complaint = house.resolved(now=now)
    assert levels(complaint, now) == [(0, house.supervisor, now, "past")]


def test_several_executives_answer_together(house, now):
    second = house.person("4002", Role.EXECUTIVE)
    people = [house.executive, second]
    top = selectors.Level(3, tuple(people), DUE, "next")
    assert top.name == "Person 4001 and 1 more"


def test_the_share_of_the_working_time_that_is_used_goes_over_a_hundred(house, now):
    complaint = house.complaint(now=now)
    clock = complaint.clocks.get(kind="resolution")
    for at, per_cent in ((now, 0), (clock.warn_50_at, 50), (DUE, 100), (MONDAY, 135)):
        selectors.with_clock(complaint, now=at)
        assert selectors.per_cent_used(complaint, now=at) == per_cent
