"""Who gets in over REST, and how far."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agents import services as people
from callcenter.access import SYSTEM
from callcenter.audit.models import Entry
from callcenter.rest.scopes import Scope
from callcenter.tokens import services
from callcenter.tokens.models import Token
from tests.rest.conftest import Program, error_of

COMPLAINTS = "/api/v1/complaints/"
BAD = (401, "bad_token", None)


def test_a_program_sees_what_its_person_sees(house, program):
    mine = house.complaint(now=timezone.now())
    rows = program(house.supervisor).get(COMPLAINTS).json()["results"]
    assert [row["reference"] for row in rows] == [mine.reference]
    assert error_of(program(house.administrator).get(COMPLAINTS))[0] == 403
    assert program(house.agent).get(f"{COMPLAINTS}{mine.reference}/").status_code == 404


def test_a_scope_that_is_missing_is_named(program, new_complaint):
    client = program(scopes=[Scope.COMPLAINTS_READ])
    assert client.get(COMPLAINTS).status_code == 200
    answer = client.send(COMPLAINTS, new_complaint)
    assert error_of(answer) == (403, "missing_scope", None)
    assert "complaints:write" in answer.json()["errors"][0]["message"]


def test_every_scope_opens_something_and_nothing_is_open_without_one(program):
    client = program(scopes=[Scope.WORKTIME_READ])
    for path in ("complaints/", "people/", "calls/", "kpi/series/", "kpi/metrics/", "sites/", "teams/"):
        assert error_of(client.get(f"/api/v1/{path}")) == (403, "missing_scope", None)
    opened = program(scopes=[Scope.PLACES_READ])
    assert opened.get("/api/v1/sites/").status_code == 200


@pytest.mark.parametrize("secret", ["", "hd_nonsense", "hd_" + "x" * 5000, "hd_\xfc"])
def test_an_unknown_token_is_turned_away(house, secret):
    answer = Program(secret).get(COMPLAINTS)
    assert error_of(answer) == BAD
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_token_dies_with_its_day_its_revocation_and_its_account(house, program):
    now = timezone.now()
    assert error_of(program(days=1, now=now - timedelta(days=1)).get(COMPLAINTS)) == BAD
    revoked = program()
    services.revoke_token(actor=house.administrator, token_id=Token.objects.latest("pk").pk, now=now)
    assert error_of(revoked.get(COMPLAINTS)) == BAD
    closed = program(house.regional)
    assert closed.get(COMPLAINTS).status_code == 200
    people.deactivate(actor=SYSTEM, person=house.regional, now=now)
    assert error_of(closed.get(COMPLAINTS)) == BAD


def test_without_token_or_session_one_is_asked_who_one_is(db):
    assert error_of(Client().get(COMPLAINTS)) == (401, "not_authenticated", None)


def test_a_session_writes_only_with_the_csrf_token_of_a_page(house, new_complaint):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.supervisor)
    assert client.get(COMPLAINTS).status_code == 200
    answer = client.post(COMPLAINTS, new_complaint, content_type="application/json")
    assert answer.status_code == 403
    client.get("/")
    csrf = client.cookies["csrftoken"].value
    answer = client.post(
        COMPLAINTS, new_complaint, content_type="application/json", headers={"X-CSRFToken": csrf}
    )
    assert answer.status_code == 201


def test_the_audit_tells_a_program_from_its_person(program, new_complaint):
    assert program().send(COMPLAINTS, new_complaint).status_code == 201
    entry = Entry.objects.get(action="complaint.recorded")
    assert entry.actor_name.startswith("Person 1001")
    assert entry.details["through"].startswith("Wallboard (hd_")


def test_the_use_of_a_token_is_noted_once_a_minute(program):
    client = program()
    client.get(COMPLAINTS)
    first = Token.objects.get().last_used_at
    client.get(COMPLAINTS)
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=1, seconds=1))
    client.get(COMPLAINTS)
    assert Token.objects.get().last_used_at >= first


def test_messages_come_in_the_language_that_the_program_asks_for(program):
    client = program()
    english = client.get(COMPLAINTS, {"tier": 9}).json()["errors"][0]["message"]
    chinese = client.get(COMPLAINTS, {"tier": 9}, headers={"Accept-Language": "zh-hans"})
    assert chinese["Content-Language"] == "zh-hans"
    assert chinese.json()["errors"][0]["message"] != english


def test_days_and_times_are_those_of_the_persons_site(house, program):
    house.complaint(now=timezone.now())
    (row,) = program().get(COMPLAINTS).json()["results"]
    assert row["received_at"].endswith("+08:00")
