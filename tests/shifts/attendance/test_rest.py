"""Attendance, the own roster and logged states over REST."""

import pytest
from django.utils import timezone

from shifts.models import Attendance, Correction, Punch, StateSpan
from shifts.services.states import StateRow, record_states
from tests.shifts.attendance.conftest import at

ROOT = "/api/v1/roster"


@pytest.fixture
def api(sign_in):
    """Return a function that signs somebody in and sends JSON as they would."""

    def send(person, method: str, path: str, body=None, **headers):
        client = sign_in(person)
        if method == "get":
            return client.get(f"{ROOT}/{path}", body, headers=headers)
        return client.post(f"{ROOT}/{path}", body or {}, content_type="application/json", headers=headers)

    return send


def test_the_own_roster_day_by_day(desk, shift, api):
    days = {"since": "2026-11-23", "until": "2026-11-24"}
    first, second = api(desk.house.agent, "get", "mine/", days).json()["results"]
    (told,) = first["shifts"]
    assert (told["code"], told["minutes"]) == ("D", 7 * 60)
    assert [part["break_kind"] for part in told["parts"]] == [None, "lunch", None]
    assert second["shifts"] == []
    assert [one["label"] for one in first["meetings"]] == ["Daily briefing"]
    assert (
        api(desk.house.agent, "get", "mine/", {"since": "2026-01-01", "until": "2026-12-31"}).status_code
        == 400
    )


def test_clocking_in_twice_answers_with_the_same_mark(desk, shift, api):
    first = api(desk.house.agent, "post", "clock/", {"kind": "in"}).json()
    again = api(desk.house.agent, "post", "clock/", {"kind": "in"}).json()
    assert (first["is_new"], again["is_new"]) == (True, False)
    assert first["at"] == again["at"]
    assert Punch.objects.count() == 1
    assert api(desk.house.agent, "post", "clock/", {"kind": "sideways"}).status_code == 400


def test_states_come_in_once_and_adherence_is_summed_up(desk, shift, api):
    span = {
        "person": "20401",
        "state": "pause",
        "starts_at": at(12).isoformat(),
        "ends_at": at(13).isoformat(),
    }
    late = {**span, "starts_at": "2020-01-01T10:00:00+08:00", "ends_at": "2020-01-01T09:00:00+08:00"}
    body = {
        "source": "acd",
        "spans": [late, {**span, "starts_at": "2020-01-01T10:00:00+08:00", "ends_at": None}],
    }
    told = api(desk.planner, "post", "states/", body).json()
    assert (told["new"], [row["field"] for row in told["refused"]]) == (1, ["ends_at"])
    assert api(desk.planner, "post", "states/", body).json()["unchanged"] == 1
    assert api(desk.house.agent, "post", "states/", body).status_code == 403
    shown = api(desk.house.lead, "get", "states/", {"person": "20401"}).json()["results"]
    assert [one["source"] for one in shown] == ["acd"]
    StateSpan.objects.all().delete()
    rows = [StateRow(1, "20401", "available", at(9), at(17))]
    record_states(actor=desk.planner, source="acd", rows=rows, now=at(18))
    totals = api(desk.house.lead, "get", "adherence/", {"since": "2026-11-23", "until": "2026-11-23"}).json()
    assert [(one["name"], one["adherence"]["percent"]) for one in totals["results"]] == [("Osmanthus", 88)]
    listed = api(desk.house.lead, "get", "attendance/", {"team": desk.house.team.pk}).json()["results"]
    assert [(one["result"], one["adherence"]["right"]) for one in listed] == [("absent", 7 * 3600)]


@pytest.mark.parametrize(
    ("until", "status"),
    [
        ("2026-11-22T10:00:00+08:00", 200),
        ("2026-11-22T10:00:00-23:23", 200),  # wider than any offset the database knows
        ("0544-02-15T09:45:33Z", 400),
        ("9999-12-31T23:59:59-05:00", 400),
        ("tomorrow", 400),
    ],
)
def test_states_are_asked_for_until_any_instant_that_can_be_meant(desk, api, until, status):
    answer = api(desk.house.lead, "get", "states/", {"until": until})
    assert answer.status_code == status
    if status == 400:
        assert [error["field"] for error in answer.json()["errors"]] == ["until"]


def test_a_correction_over_rest(desk, shift, api, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(18))
    body = {"shift": shift.pk, "came_at": at(9).isoformat(), "reason": "The gate was shut."}
    made = api(desk.house.agent, "post", "corrections/", body)
    assert made.status_code == 201
    path = f"corrections/{made.json()['id']}/"
    assert api(desk.house.colleague, "get", path).status_code == 404
    assert api(desk.house.agent, "post", f"{path}approve/").status_code == 403
    tag = api(desk.house.lead, "get", path)["ETag"]
    assert api(desk.house.lead, "post", f"{path}approve/", {}, **{"If-Match": '"other"'}).status_code == 412
    assert (
        api(desk.house.lead, "post", f"{path}approve/", {}, **{"If-Match": tag}).json()["state"] == "approved"
    )
    assert Attendance.objects.get().came_at == at(9)


def test_a_correction_is_taken_back_over_rest(desk, shift, api):
    row = Correction.objects.create(
        person=desk.house.agent,
        shift=shift,
        came_at=at(9),
        reason="x",
        asked_by=desk.house.agent,
        asked_at=at(18),
    )
    assert api(desk.house.agent, "post", f"corrections/{row.pk}/take-back/").status_code == 200
    assert not Correction.objects.exists()


def test_the_calendar_address_over_rest(desk, shift, api, client):
    assert api(desk.house.agent, "get", "calendar/").json()["made_at"] is None
    made = api(desk.house.agent, "post", "calendar/").json()
    path = made["address"].partition("/roster/")[2]
    assert client.get(f"/roster/{path}").status_code == 200
    assert api(desk.house.agent, "post", "calendar/revoke/").status_code == 200
    assert client.get(f"/roster/{path}").status_code == 404
