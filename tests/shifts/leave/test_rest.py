"""Leave over REST: the same acts and refusals as on its pages."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from callcenter.rest.scopes import Scope
from shifts.models import Leave, LeaveType, Peak
from shifts.services import balances
from tests.rest.conftest import program
from tests.shifts.leave.conftest import HOUR, Office, at

__all__ = ["program"]

LEAVE = "/api/v1/roster/leave/"


@pytest.fixture
def day(house):
    """Return a Monday well ahead."""
    day = house.agent.today + timedelta(days=30)
    return day - timedelta(days=day.weekday())


@pytest.fixture
def office(house, day) -> Office:
    """Return an office whose clock is that of the machine, and whose peak lies a week after `day`."""
    office = Office(house, timezone.now())
    first = day + timedelta(days=7)
    Peak.objects.filter(pk=office.peak.pk).update(period=DateRange(first, first + timedelta(days=3)))
    return office


def asked(day, since=9, until=12, **more):
    times = {"starts_at": at(day, since).isoformat(), "ends_at": at(day, until).isoformat()}
    return {"type": "annual", **times, **more}


def first_error(answer):
    return answer.json()["errors"][0]


def test_leave_is_foreseen_asked_for_once_decided_and_filed(office, program, day):
    agent, lead, filer = program(office.agent), program(office.lead), program(office.filer)
    seen = agent.get(f"{LEAVE}foreseen/", asked(day)).json()
    assert (seen["minutes"], seen["left"]) == (180, [{"year": day.year, "minutes": 77 * HOUR}])
    made = [agent.send(LEAVE, asked(day), **{"Idempotency-Key": "one"}) for _twice in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert (made[0].json(), Leave.objects.count()) == (made[1].json(), 1)
    address = made[0]["Location"]
    read = lead.get(address)
    assert lead.send(f"{address}approve/", {}, **{"If-Match": '"old"'}).status_code == 412
    approved = lead.send(f"{address}approve/", {}, **{"If-Match": read["ETag"]}).json()
    assert (approved["state"], approved["decided_by"]) == ("approved", "1101")
    assert filer.send(f"{address}file/", {}).json()["filed_by"] == "6001"
    again = filer.send(f"{address}file/", {})
    assert (again.status_code, first_error(again)["code"]) == (409, "illegal_transition")
    assert agent.send(f"{address}withdraw/", {}).json()["state"] == "withdrawn"


def test_refusals_name_field_and_mend(office, program, day):
    agent, lead = program(office.agent), program(office.lead)
    peak = day + timedelta(days=7)
    assert [one["name"] for one in agent.get(f"{LEAVE}foreseen/", asked(peak)).json()["peaks"]] == [
        "Filing days"
    ]
    refused = agent.send(LEAVE, asked(peak))
    assert (refused.status_code, first_error(refused)["field"]) == (400, "reason")
    address = agent.send(LEAVE, asked(peak, reason="A wedding"))["Location"]
    assert first_error(lead.send(f"{address}approve/", {}))["field"] == "override_reason"
    assert agent.send(f"{address}approve/", {}).status_code == 403
    assert program(office.house.colleague).send(f"{address}approve/", {}).status_code == 404
    assert lead.send(f"{address}refuse/", {"decision": "No."}).json()["state"] == "refused"
    clash = agent.get(f"{LEAVE}foreseen/", asked(day, 9, 9.1)).json()["refusal"]
    assert clash["field"] == "ends_at"
    assert program(office.lead, [Scope.ROSTERS_READ]).send(LEAVE, asked(day)).status_code == 403


def test_cover_balances_and_movements_are_read_and_corrected(office, program, day):
    balances.grant_year(year=day.year, now=office.now)
    leave = office.ask(at(day, 9), at(day, 12))
    lead, filer = program(office.lead), program(office.filer)
    assert lead.get(f"{LEAVE}{leave.pk}/effect/").json() == {"results": []}
    assert program(office.agent).get(f"{LEAVE}{leave.pk}/effect/").status_code == 403
    query = f"?person=20401&year={day.year}&type=annual"
    assert lead.get(f"{LEAVE}balances/{query}").json()["results"][0]["left"] == 77 * HOUR
    more = {"person": "20401", "type": "annual", "year": day.year, "minutes": 60, "note": "Overtime"}
    assert lead.send(f"{LEAVE}ledger/", more).status_code == 403
    assert filer.send(f"{LEAVE}ledger/", more).status_code == 201
    kinds = [row["kind"] for row in filer.get(f"{LEAVE}ledger/{query}&limit=9").json()["results"]]
    assert sorted(kinds) == ["correction", "grant", "hold"]


def test_types_are_listed_made_and_changed(office, program):
    filer = program(office.filer)
    made = filer.send(f"{LEAVE}types/", {"code": "study", "name": "Study"})
    assert (made.status_code, made.json()["is_limited"]) == (201, True)
    filer.send(f"{LEAVE}types/study/", {"code": "study", "name": "Study", "is_active": False})
    assert not LeaveType.objects.get(code="study").is_active
    codes = [row["code"] for row in program(office.agent).get(f"{LEAVE}types/").json()["results"]]
    assert codes == ["annual", "sick", "study"]


@pytest.mark.parametrize("count", [1, 6])
def test_the_number_of_queries_does_not_grow(office, program, day, count, django_assert_max_num_queries):
    for number in range(count):
        office.ask(at(day, 9 + number), at(day, 10 + number), type=office.sick)
    client = program(office.lead)
    client.get("/api/v1/sites/")  # notes the use of the token
    for path in ("", "balances/", "ledger/"):
        with django_assert_max_num_queries(8):
            assert client.get(LEAVE + path).status_code == 200
