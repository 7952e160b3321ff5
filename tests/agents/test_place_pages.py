"""Sites, regions, departments and teams on their pages."""

from datetime import date

import pytest
from django.urls import reverse

from agents.models import Department, Region, Site, Team
from tests.factories.agents import DepartmentFactory, SiteFactory, UserFactory

PLACES = reverse("agents:places")


def new(kind: str) -> str:
    return reverse("agents:new_place", args=[kind])


def change(kind: str, place) -> str:
    return reverse("agents:place", args=[kind, place.pk])


@pytest.fixture
def administrator(house, sign_in):
    """Return the client of an administrator."""
    return sign_in(house.administrator)


def test_every_place_is_shown_with_what_belongs_to_it(house, sign_in):
    DepartmentFactory(name="IT", scope="Headsets and lines")
    page = sign_in(house.lead).get(PLACES).content.decode()
    for words in (
        "Main",
        "mail 07:30–21:00",
        "East",
        "Headsets and lines",
        "led by Person 1101 1101",
        "2 agents",
    ):
        assert words in page
    assert new("site") not in page


@pytest.mark.parametrize(("heads", "far"), [(14, True), (15, False), (25, False), (26, True)])
def test_a_team_far_from_twenty_is_marked(house, administrator, heads, far):
    team = Team.objects.create(site=house.site, name="Begonia")
    since = house.agent.memberships.get().period
    for person in UserFactory.create_batch(heads, site=house.site):
        person.memberships.create(team=team, period=since)
    shown = administrator.get(PLACES).context["teams"].get(pk=team.pk)
    assert (shown.heads, shown.is_far) == (heads, far)


def test_places_are_made_on_their_pages(house, administrator):
    typed = {
        "site": {
            "code": "pier",
            "name": "Pier",
            "calendar": house.site.calendar_id,
            "mail_opens": "00:00",
            "mail_closes": "24:00",
        },
        "region": {"name": "West"},
        "department": {"name": "IT", "scope": "Headsets"},
        "team": {"name": "Begonia", "site": house.site.pk},
    }
    for kind, facts in typed.items():
        assert administrator.get(new(kind)).status_code == 200
        assert administrator.post(new(kind), facts).url == PLACES
    assert Site.objects.get(code="pier").mail_closes == "24:00"
    assert Region.objects.filter(name="West").exists()
    assert Department.objects.get(name="IT").scope == "Headsets"
    assert Team.objects.get(name="Begonia").site == house.site


def test_places_are_changed_on_their_pages_which_show_them_as_they_are(house, administrator):
    department, other = DepartmentFactory(scope="Chairs"), SiteFactory()
    assert "Chairs" in administrator.get(change("department", department)).content.decode()
    assert 'value="Main"' in administrator.get(change("site", house.site)).content.decode()
    moved = {"name": "Pier", "calendar": other.calendar_id, "mail_opens": "08:00", "mail_closes": "20:00"}
    typed = (
        ("department", department, {"scope": "Lamps"}),
        ("site", house.site, moved),
        ("region", house.region, {"site": other.pk, "since": "2026-11-18"}),
        ("team", house.team, {"person": "20401", "since": "2026-11-18"}),
    )
    for kind, place, facts in typed:
        assert administrator.post(change(kind, place), facts).url == PLACES
    department.refresh_from_db()
    house.site.refresh_from_db()
    assert (department.scope, house.site.name, house.site.mail_opens) == ("Lamps", "Pier", "08:00")
    assert other.regions.get().region == house.region
    assert house.team.leaderships.on(date(2026, 11, 18)).get().person == house.agent


@pytest.mark.parametrize(
    ("kind", "typed", "field", "status"),
    [
        ("site", {"code": "main", "name": "Twin"}, "code", 409),
        ("site", {"code": "pier", "name": "Pier", "mail_opens": "25:00"}, "mail_opens", 422),
        ("site", {"code": "pier", "name": "Pier", "mail_closes": "06:00"}, "mail_closes", 400),
        ("region", {"name": "East"}, "name", 409),
        ("team", {"name": "Osmanthus"}, "name", 409),
        ("department", {"name": "IT", "scope": ""}, "scope", 422),
    ],
)
def test_a_wrong_place_keeps_what_was_typed_and_is_not_made(house, administrator, kind, typed, field, status):
    def counted() -> list[int]:
        return [model.objects.count() for model in (Site, Region, Department, Team)]

    before = counted()
    facts = {
        "calendar": house.site.calendar_id,
        "site": house.site.pk,
        "mail_opens": "07:30",
        "mail_closes": "21:00",
    }
    answer = administrator.post(new(kind), {**facts, **typed})
    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert f'value="{typed["name"]}"' in answer.content.decode()
    assert counted() == before


def test_places_are_made_and_changed_by_administrators_alone(house, sign_in):
    client = sign_in(house.executive)
    for page in (new("site"), change("site", house.site)):
        assert client.get(page).status_code == 403
        assert client.post(page, {"name": "Pier"}).status_code == 403


@pytest.mark.parametrize(
    "page", ["/people/places/planet/new/", "/people/places/site/0/", "/people/places/planet/1/"]
)
def test_an_unknown_place_is_not_found(administrator, page):
    assert administrator.get(page).status_code == 404
