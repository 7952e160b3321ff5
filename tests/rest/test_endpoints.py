"""What can be read and written over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from callcenter.access import Role
from complaints.models import Complaint
from tests.factories.agents import SiteFactory, TeamFactory, UserFactory
from tests.factories.calls import CallFactory
from tests.rest.conftest import error_of

COMPLAINTS = "/api/v1/complaints/"


def walk(client, address):
    """Return the rows of every page."""
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        yield from answer.json()["results"]
        address = answer.json()["next"]


@pytest.mark.parametrize(
    "order", ["due_at", "-due_at", "received_at", "-received_at", "reference", "-reference"]
)
def test_following_next_gives_every_row_once_in_order_however_many_are_equal(house, program, order):
    now = timezone.now()
    for back in (0, 0, 0, 1, 1, 2, 2):
        house.complaint(now=now, received_at=now - timedelta(days=back))
    rows = list(walk(program(), f"{COMPLAINTS}?limit=2&ordering={order}"))
    assert len({row["reference"] for row in rows}) == len(rows) == 7
    values = [row[order.lstrip("-")] for row in rows]
    assert values == sorted(values, reverse=order.startswith("-"))


def test_a_cursor_belongs_to_its_order(house, program):
    for _one in range(3):
        house.complaint(now=timezone.now())
    client = program()
    following = client.get(f"{COMPLAINTS}?limit=1&ordering=due_at").json()["next"]
    answer = client.get(following.replace("ordering=due_at", "ordering=-due_at"))
    assert error_of(answer) == (400, "invalid", "cursor")


def test_complaints_are_narrowed_as_on_their_page(house, program):
    now = timezone.now()
    late = house.complaint(now=now, received_at=now - timedelta(days=30), subject="Invoice lost")
    house.complaint(now=now)
    client = program()
    for query in ("view=breached", "q=invoice", f"received_until={now - timedelta(days=9):%Y-%m-%d}"):
        assert [row["reference"] for row in walk(client, f"{COMPLAINTS}?{query}")] == [late.reference]
    for query in ("step=accepted", "site=main", "tier=1", "channel=telephone", "handler=1001", "view=open"):
        assert len(list(walk(client, f"{COMPLAINTS}?{query}"))) == 2
    assert list(walk(client, f"{COMPLAINTS}?tier=3")) == []


def test_a_complaint_is_recorded_read_and_taken_on(program, new_complaint):
    client = program()
    recorded = client.send(COMPLAINTS, new_complaint)
    assert recorded.status_code == 201
    read = client.get(recorded["Location"]).json()
    assert (read["reference"], read["handler"]) == (recorded.json()["reference"], "1001")
    assert read["contact"] == "138****5678"
    assert read["state"] == "ontime"
    answered = client.send(f"{recorded['Location']}respond/", {"note": "We look into it."}).json()
    assert [clock["kind"] for clock in answered["clocks"] if clock["stopped_at"]] == ["response"]
    early = client.send(f"{recorded['Location']}resolve/", {"solution": "Paid back."})
    assert error_of(early) == (409, "illegal_transition", None)
    assert "Verify" in early.json()["errors"][0]["mend"]


def test_who_may_not_record_or_resolve_is_refused_and_nothing_changes(house, program, new_complaint):
    assert error_of(program(house.agent).send(COMPLAINTS, {**new_complaint, "tier": 3}))[0] == 403
    complaint = house.complaint(now=timezone.now())
    answer = program(house.service_manager).send(
        f"{COMPLAINTS}{complaint.reference}/resolve/", {"solution": "Mine now."}
    )
    assert error_of(answer)[0] == 403
    assert Complaint.objects.get().resolved_at is None


def test_a_complaint_of_tomorrow_names_the_field(program, new_complaint):
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    answer = program().send(COMPLAINTS, {**new_complaint, "received_at": tomorrow})
    assert error_of(answer) == (400, "invalid", "received_at")


def test_calls_come_newest_first_with_masked_customers(house, program):
    team = {"site": house.site, "agent": house.agent, "team": house.team}
    older = CallFactory(**team, customer_name="Liu 13812345678", queue_name="Repairs")
    newer = CallFactory(**team, entered_at=older.entered_at + timedelta(hours=1))
    CallFactory(site=SiteFactory())
    rows = list(walk(program(), "/api/v1/calls/?limit=1"))
    assert [row["call_id"] for row in rows] == [newer.call_id, older.call_id]
    assert rows[1]["customer"] == "Liu 138****5678"
    assert (rows[1]["agent"], rows[1]["queue"], rows[1]["queue_name"]) == ("20401", None, "Repairs")
    client = program()
    for query in ("agent=20401", "site=main", "outcome=answered", "since=2026-03-02&until=2026-03-02"):
        assert len(list(walk(client, f"/api/v1/calls/?{query}"))) == 2
    assert error_of(client.get("/api/v1/calls/?source=unknown")) == (400, "invalid_choice", "source")


def test_people_are_those_whom_the_caller_answers_for(house, program):
    stranger = UserFactory(site=SiteFactory())
    client = program(house.lead)
    assert [row["work_number"] for row in walk(client, "/api/v1/people/")] == ["1101", "20401", "20402"]
    one = client.get("/api/v1/people/20401/").json()
    assert (one["team"], one["roles"], one["superior"]) == (house.team.pk, [Role.AGENT], "1101")
    assert client.get(f"/api/v1/people/{stranger.work_number}/").status_code == 404
    assert error_of(program(house.agent).get("/api/v1/people/"))[0] == 403
    assert program(house.agent).get("/api/v1/people/20401/").status_code == 200


def test_places_are_listed_with_their_zone(house, program):
    TeamFactory(site=SiteFactory())
    client = program(house.agent)
    sites = {row["code"]: row for row in walk(client, "/api/v1/sites/")}
    assert sites["main"]["time_zone"] == "Asia/Shanghai"
    assert [row["name"] for row in walk(client, "/api/v1/teams/?site=main")] == ["Osmanthus"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("complaints/", 4), ("calls/", 4), ("people/", 4), ("sites/", 2), ("teams/", 2)]
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    house, program, path, queries, count, django_assert_num_queries
):
    for _one in range(count):
        house.complaint(now=timezone.now())
        CallFactory(site=house.site, agent=house.agent, team=house.team)
        UserFactory(site=house.site)
        TeamFactory(site=SiteFactory())
    client = program()
    client.get("/api/v1/sites/")  # notes the use of the token
    with django_assert_num_queries(queries):
        assert client.get(f"/api/v1/{path}").status_code == 200
