"""Rosters over REST: begun, filled, read, published; who may not is refused."""

import pytest

from callcenter.rest.scopes import Scope
from shifts.models import Roster
from tests.rest.conftest import program
from tests.shifts.conftest import MONDAY

__all__ = ["program"]
ROSTERS = "/api/v1/roster/rosters/"


@pytest.fixture
def caller(desk, program):
    """Return a program that acts for the planner."""
    return program(desk.planner)


def test_a_roster_goes_from_draft_to_told(desk, caller):
    begun = caller.send(ROSTERS, {"site": "main", "since": "2026-11-23", "until": "2026-11-30"})
    assert begun.status_code == 201
    roster = f"{ROSTERS}{begun.json()['id']}/"
    put = caller.send(
        f"{roster}shifts/", {"person": "20411", "day": "2026-11-23", "pattern": desk.patterns["D"].pk}
    ).json()
    assert (put["starts_at"], put["breaks"][0]["kind"], put["told"]) == (
        "2026-11-23T09:00:00+08:00",
        "lunch",
        False,
    )
    given = {"people": ["20411", "20412"], "days": ["2026-11-24"], "pattern": desk.patterns["L"].pk}
    assert caller.send(f"{roster}assign/", given).json() == {"written": 2, "locked": 0, "away": 0}
    move = {"moves": [{"shift": put["id"], "person": "20413", "day": "2026-11-25"}]}
    assert caller.send(f"{roster}move/", move).json() == {"shifts": [put["id"]]}
    assert len(caller.get(f"{roster}changes/").json()["results"]) == 3
    assert caller.send(f"{roster}publish/", {"revision": 3}).json() == {"people": 3, "shifts": 3}
    page = caller.get(f"{roster}shifts/?person=20413&since=2026-11-25").json()
    assert [(one["day"], one["told"]) for one in page["results"]] == [("2026-11-25", True)]
    stale = caller.send(f"{roster}publish/", {"revision": 3})
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (409, "stale")


def test_a_shift_is_changed_locked_and_then_refused(desk, caller):
    roster = desk.roster()
    shift = desk.shift(desk.agents[0], MONDAY)
    changed = caller.send(
        f"/api/v1/roster/shifts/{shift.pk}/",
        {"person": None, "pattern": desk.patterns["L"].pk, "note": "to take"},
    )
    assert (changed.json()["person"], changed.json()["note"]) == (None, "to take")
    caller.send(f"{ROSTERS}{roster.pk}/lock/", {"shifts": [shift.pk], "locked": True})
    refused = caller.send(f"{ROSTERS}{roster.pk}/remove/", {"shifts": [shift.pk]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "locked")
    assert caller.send(f"{ROSTERS}{roster.pk}/undo/", {}).json() == {"shifts": [shift.pk]}
    assert caller.send(f"{ROSTERS}{roster.pk}/discard/", {}).status_code == 200
    assert not Roster.objects.exists()


def test_patterns_rotations_and_rules(desk, caller):
    made = caller.send(
        "/api/v1/roster/patterns/",
        {
            "site": "main",
            "code": "X",
            "name": "Short",
            "begins": "10:00",
            "minutes": 240,
            "breaks": [{"kind": "rest", "earliest": 90, "latest": 120, "minutes": 15, "is_paid": True}],
        },
    )
    assert (made.status_code, made.json()["colour"]) == (201, 1)
    turn = {"site": "main", "name": "2 on 1 off", "days": ["X", "X", "-"]}
    assert caller.send("/api/v1/roster/rotations/", turn).json()["days"] == ["X", "X", "-"]
    retired = caller.send(f"/api/v1/roster/patterns/{made.json()['id']}/retire/", {})
    assert retired.json()["is_active"] is False
    assert caller.send("/api/v1/roster/rules/main/", {"rest_minutes": 600}).json()["rest_minutes"] == 600
    assert caller.get("/api/v1/roster/rules/main/").json()["days_in_row"] == 6


def test_who_neither_plans_nor_leads_sees_no_roster_and_a_reading_token_does_not_write(desk, program):
    roster = desk.roster()
    assert program(desk.agents[0]).get(f"{ROSTERS}{roster.pk}/").status_code in {403, 404}
    assert program(desk.house.lead).send(f"{ROSTERS}{roster.pk}/undo/", {}).status_code == 403
    reader = program(desk.planner, [Scope.ROSTERS_READ])
    assert reader.get(ROSTERS).status_code == 200
    assert reader.send(f"{ROSTERS}{roster.pk}/undo/", {}).status_code == 403
