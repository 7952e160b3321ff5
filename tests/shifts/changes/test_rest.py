"""Changes and personal rules over REST: the same course as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from callcenter.rest.scopes import Scope
from shifts.enums import ChangeState
from shifts.models import Change, Wish
from tests.rest.conftest import program
from tests.shifts.changes.conftest import publish_week

__all__ = ["program"]

CHANGES, WISHES = "/api/v1/roster/changes/", "/api/v1/roster/wishes/"
SCOPES = [Scope.ROSTERS_READ, Scope.ROSTERS_WRITE]


@pytest.fixture
def week(desk):
    """Return a week published ahead of the real clock."""
    desk.now = timezone.now()
    today = desk.house.agent.today
    return publish_week(desk, today + timedelta(days=7 - today.weekday()))


@pytest.fixture
def as_program(program):
    """Return a function that gives a client with the token of a person."""
    return lambda person: program(person, scopes=SCOPES)


def send(client, address, body=None, **headers):
    return client.post(address, body or {}, content_type="application/json", headers=headers)


def test_a_swap_is_asked_for_agreed_approved_and_filed(week, as_program):
    one = as_program(week.one)
    mine = week.shifts[week.one, 1]
    offers = one.get(f"/api/v1/roster/shifts/{mine.pk}/swaps/").json()["results"]
    assert [(row["colleague"], row["other_shift"]) for row in offers] == [
        (week.two.work_number, week.shifts[week.two, 1].pk)
    ]
    asked = {"kind": "swap", "shift": mine.pk, "other_shift": offers[0]["other_shift"]}
    answer = send(one, CHANGES, asked, **{"Idempotency-Key": "swap-1"})
    again = send(one, CHANGES, asked, **{"Idempotency-Key": "swap-1"})
    assert (answer.status_code, again.status_code, Change.objects.count()) == (201, 201, 1)
    address = answer["Location"]
    read = as_program(week.two).get(address)
    stale = read["ETag"]
    assert send(as_program(week.two), f"{address}accept/", **{"If-Match": stale}).status_code == 200
    assert send(one, f"{address}withdraw/", **{"If-Match": stale}).status_code == 412
    lead = as_program(week.house.lead)
    assert lead.get(f"{address}obstacles/").json() == {"results": []}
    assert lead.get(f"{CHANGES}?view=decide").json()["results"][0]["state"] == "accepted"
    assert send(lead, f"{address}approve/", {"decision": "Fine"}).json()["decided_by"] == "1101"
    filed = send(as_program(week.clerk), f"{address}file/")
    assert filed.json()["state"] == ChangeState.FILED
    assert send(one, f"{address}accept/").status_code == 403


def test_what_stands_against_it_is_said_with_code_and_mend(week, as_program):
    one = as_program(week.one)
    body = {"kind": "pick_up", "shift": week.open.pk}
    refusal = send(one, CHANGES, body)
    (error,) = refusal.json()["errors"]
    assert (refusal.status_code, error["code"]) == (409, "week")
    assert error["mend"]
    assert send(one, CHANGES, {"kind": "extend", "shift": 1}).json()["errors"][0]["field"] == "shift"
    missing = send(one, CHANGES, {"kind": "swap", "shift": week.shifts[week.one, 1].pk})
    assert missing.json()["errors"][0]["field"] == "other_shift"
    (row,) = one.get("/api/v1/roster/open-shifts/").json()["results"]
    assert "42 h of work" in row["obstacles"][0]
    able = one.get(f"/api/v1/roster/shifts/{week.shifts[week.one, 1].pk}/substitutes/").json()["results"]
    assert week.agents[3].work_number in {each["colleague"] for each in able}


def test_a_personal_rule_is_asked_for_agreed_and_ended(week, as_program):
    body = {
        "kind": "pattern",
        "weekday": 1,
        "pattern": "D",
        "since": str(week.one.today),
    }
    one, lead = as_program(week.one), as_program(week.house.lead)
    assert send(one, WISHES, {**body, "pattern": "?"}).json()["errors"][0]["field"] == "pattern"
    made = send(one, WISHES, body)
    assert made.status_code == 201, made.json()
    number = made.json()["id"]
    assert send(one, f"{WISHES}{number}/agree/").status_code == 403
    assert send(lead, f"{WISHES}{number}/agree/").json()["state"] == "agreed"
    assert send(one, f"{WISHES}{number}/end/").status_code == 204
    assert not Wish.objects.exists()
