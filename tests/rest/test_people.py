"""Teams, skills, terms and extra roles over REST."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agents import services
from agents.models import Application, ExtraRole, Membership, Skill
from callcenter.access import SYSTEM, Role
from callcenter.rest.scopes import Scope
from tests.factories.agents import SiteFactory, TeamFactory, UserFactory
from tests.rest.conftest import error_of

AGENT = "/api/v1/people/20401/"


@pytest.fixture
def personnel(house, program):
    return program(house.person("5001", Role.GENERAL_AFFAIRS))


@pytest.fixture
def skill(house):
    return services.make_skill(actor=SYSTEM, code="billing", name="Billing", now=timezone.now())


def test_the_record_is_read_changed_and_guarded_by_its_etag(house, personnel, skill):
    other = TeamFactory(site=house.site)
    before = personnel.get(f"{AGENT}record/")
    moved = personnel.send(f"{AGENT}move/", {"team": other.pk, "since": "2026-06-01"})
    assert [row["until"] for row in moved.json()["memberships"]] == ["2026-06-01", None]
    late = personnel.send(
        f"{AGENT}move/", {"team": house.team.pk, "since": "2026-07-01"}, **{"If-Match": before["ETag"]}
    )
    assert error_of(late) == (412, "changed", "If-Match")
    given = {"skill": "billing", "level": 3, "since": "2026-06-01", "until": "2027-06-01"}
    told = personnel.send(f"{AGENT}give-skill/", given, **{"If-Match": moved["ETag"]}).json()
    assert told["skills"] == [given]
    personnel.send(f"{AGENT}employ/", {"since": "2025-01-01"})
    personnel.send(f"{AGENT}set-hours/", {"weekly_minutes": 2250, "since": "2025-01-01"})
    told = personnel.send(f"{AGENT}end-employment/", {"from_day": "2026-12-01"}).json()
    assert {row["until"] for part in ("memberships", "skills", "contracts") for row in told[part][-1:]} == {
        "2026-12-01"
    }
    assert error_of(personnel.send(f"{AGENT}move/", {"team": other.pk, "since": "2027-01-01"})) == (
        400,
        "invalid",
        "since",
    )


def test_a_planned_move_is_taken_back(house, personnel):
    later = (house.agent.today + timedelta(days=30)).isoformat()
    told = personnel.send(f"{AGENT}move/", {"team": TeamFactory(site=house.site).pk, "since": later}).json()
    since = [row["since"] for row in told["memberships"]]
    assert since == sorted(since)
    planned = told["memberships"][-1]["id"]
    stranger = Membership.objects.get(person=house.colleague).pk
    assert personnel.send(f"{AGENT}take-move-back/", {"membership": stranger}).status_code == 400
    told = personnel.send(f"{AGENT}take-move-back/", {"membership": planned}).json()
    assert [row["until"] for row in told["memberships"]] == [None]


def test_a_team_is_read_as_of_a_day_by_who_sees_it(house, program, personnel):
    personnel.send(f"/api/v1/teams/{house.team.pk}/end-lead/", {"from_day": "2026-03-01"})
    read = program(house.supervisor).get
    assert read(f"/api/v1/teams/{house.team.pk}/?on=2026-02-01").json()["lead"] == "1101"
    today = read(f"/api/v1/teams/{house.team.pk}/").json()
    assert (today["lead"], today["heads"], today["is_far"]) == (None, 2, True)
    assert read(f"/api/v1/teams/{house.team.pk}/?on=someday").status_code == 400
    assert read(f"/api/v1/teams/{TeamFactory(site=SiteFactory()).pk}/").status_code == 404


def test_rights_and_scopes_hold_as_on_the_pages(house, program, skill):
    given = {"skill": "billing", "level": 1, "since": "2026-01-01"}
    assert program(house.lead).send(f"{AGENT}give-skill/", given).status_code == 200
    assert program(house.agent).send(f"{AGENT}give-skill/", given).status_code == 403
    assert program(house.colleague).send(f"{AGENT}give-skill/", given).status_code == 404
    assert program(house.lead).send(f"{AGENT}employ/", {"since": "2026-01-01"}).status_code == 403
    reading = program(house.lead, scopes=[Scope.PEOPLE_READ])
    assert error_of(reading.send(f"{AGENT}give-skill/", given)) == (403, "missing_scope", None)
    elsewhere = UserFactory(site=SiteFactory())
    services.give_skill(
        actor=SYSTEM, person=elsewhere, skill=skill, level=1, since=date(2026, 1, 1), now=timezone.now()
    )
    held = reading.get("/api/v1/skills/held/?view=held&skill=billing").json()["results"]
    assert [row["person"] for row in held] == ["20401"]


def test_the_catalogue_and_applications_go_their_way(house, program, personnel):
    assert personnel.send("/api/v1/skills/", {"code": "orders", "name": "Orders"}).status_code == 201
    assert personnel.send("/api/v1/skills/", {"code": "orders", "name": "Two"}).status_code == 409
    personnel.send("/api/v1/skills/orders/", {"name": "Orders", "is_active": False})
    assert not Skill.objects.get().is_active
    assert personnel.send("/api/v1/extra-roles/", {"code": "sme", "name": "Expert"}).status_code == 201
    closed = {"name": "Expert", "description": "", "is_open": True}
    assert personnel.send("/api/v1/extra-roles/sme/", closed).status_code == 200
    agent, lead = program(house.agent), program(house.lead)
    key = {"Idempotency-Key": "one"}
    for _again in range(2):
        answer = agent.send(f"{AGENT}apply/", {"role": "sme", "reason": "I know."}, **key)
        assert answer.status_code == 200
    (row,) = lead.get("/api/v1/applications/?view=waiting").json()["results"]
    address = f"/api/v1/applications/{row['id']}/"
    assert agent.send(f"{address}approve/", {"since": "2026-01-01"}).status_code == 403
    assert error_of(lead.send(f"{address}refuse/", {}))[2] == "decision"
    assert lead.send(f"{address}approve/", {"since": "2026-01-01"}).json()["state"] == "approved"
    assert error_of(agent.send(f"{address}withdraw/", {}))[0] == 409
    assert Application.objects.get().role == ExtraRole.objects.get()
