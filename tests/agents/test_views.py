"""The pages of people: who opens them, what they show, what happens to wrong input."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agents import services
from agents.models import Absence, Membership, RoleGrant, User
from agents.views.person import ACTS
from callcenter.access import SYSTEM, Role
from tests.factories.agents import SiteFactory, TeamFactory, UserFactory
from tests.pages import LIST_PART

LIST, PLACES, NEW = reverse("agents:people"), reverse("agents:places"), reverse("agents:new")
TODAY = "2026-11-18"


@pytest.fixture
def administrator(house, sign_in):
    """Return the client of an administrator."""
    return sign_in(house.administrator)


def act(person, name: str) -> str:
    return reverse("agents:act", args=[person.pk, name])


def found(client, query: str = "") -> list[str]:
    return [person.work_number for person in client.get(LIST + query).context["list"].page.rows]


@pytest.mark.parametrize("page", [LIST, PLACES, NEW])
def test_a_visitor_is_sent_to_sign_in(client, db, page):
    assert client.get(page).url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("who", "people", "new"),
    [("agent", 403, 403), ("lead", 200, 403), ("executive", 200, 403), ("administrator", 200, 200)],
)
def test_who_opens_the_pages(house, sign_in, who, people, new):
    client = sign_in(getattr(house, who))
    assert [client.get(page).status_code for page in (LIST, PLACES, NEW)] == [people, people, new]


def test_a_lead_lists_the_team_and_themself(house, sign_in):
    assert found(sign_in(house.lead)) == ["1101", "20401", "20402"]


def test_a_record_outside_of_what_one_answers_for_is_not_found(house, sign_in):
    elsewhere = UserFactory(site=SiteFactory())
    client = sign_in(house.supervisor)
    assert client.get(house.agent.get_absolute_url()).status_code == 200
    assert client.get(elsewhere.get_absolute_url()).status_code == 404
    assert client.post(act(elsewhere, "absence")).status_code == 404


def test_everybody_opens_their_own_record_without_deeds(house, sign_in):
    client = sign_in(house.agent)
    answer = client.get(house.agent.get_absolute_url())
    assert answer.status_code == 200
    assert answer.context["acts"] == []
    assert client.get(house.colleague.get_absolute_url()).status_code == 404


def test_the_roles_of_a_row_are_drawn_as_pills(house, administrator):
    page = administrator.get("/people/").content.decode()

    assert '<span class="pill">Supervisor</span>' in page
    assert "&lt;span" not in page


def test_search_and_filters_narrow_the_list(house, administrator):
    other = SiteFactory()
    odd = UserFactory(site=other, work_number="77001", name="Magnolia Wu")
    team = TeamFactory(site=other)
    services.move_to_team(actor=SYSTEM, person=odd, team=team, since=odd.today, now=timezone.now())
    for query in ("?q=770", "?q=magnolia", f"?site={other.code}", f"?team={team.pk}"):
        assert found(administrator, query) == ["77001"], query
    assert found(administrator, "?role=executive") == ["4001"]
    assert found(administrator, f"?role=executive&site={other.code}") == []
    assert len(found(administrator, "?role=nonsense&site=x")) == User.objects.count()


def test_a_role_for_two_places_lists_the_person_once(house, administrator):
    services.grant_role(
        actor=SYSTEM,
        person=house.supervisor,
        role=Role.SUPERVISOR,
        scope=SiteFactory(),
        since=house.supervisor.today,
        now=timezone.now(),
    )
    page = administrator.get(f"{LIST}?role=supervisor")
    assert [person.work_number for person in page.context["list"].page.rows] == ["1001"]
    assert page.context["list"].page.rows[0].roles_on == [Role.SUPERVISOR]


def test_closed_accounts_stand_in_their_own_view(house, administrator):
    services.deactivate(actor=SYSTEM, person=house.agent, now=timezone.now())
    assert "20401" not in found(administrator)
    assert found(administrator, "?view=closed") == ["20401"]


def test_the_list_comes_in_pages(house, administrator):
    UserFactory.create_batch(25, site=house.site)
    assert len(found(administrator)) == 25
    assert len(found(administrator, "?page=2")) == User.objects.count() - 25


def test_who_is_away_now_or_soon_is_shown_to_whoever_answers_for_them(house, sign_in):
    now = timezone.now()
    for person, begins in ((house.agent, -1), (house.colleague, 24 * 3), (house.lead, 24 * 30)):
        since = now + timedelta(hours=begins)
        services.record_absence(
            actor=SYSTEM, person=person, since=since, until=since + timedelta(hours=8), now=now
        )
    away = sign_in(house.supervisor).get(LIST).context["away"]
    assert [(absence.person, absence.is_running) for absence in away] == [
        (house.agent, True),
        (house.colleague, False),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_query_count_of_the_list_does_not_grow(house, administrator, count, django_assert_num_queries):
    now = timezone.now()
    for person in UserFactory.create_batch(count, site=house.site):
        services.record_absence(
            actor=SYSTEM, person=person, since=now, until=now + timedelta(hours=1), now=now
        )
    administrator.get(LIST)
    with django_assert_num_queries(4):
        administrator.get(LIST, headers=LIST_PART)


@pytest.mark.parametrize("count", [1, 3])
def test_the_query_count_of_places_does_not_grow(house, administrator, count, django_assert_num_queries):
    TeamFactory.create_batch(count, site=house.site)
    administrator.get(PLACES)
    with django_assert_num_queries(8):
        administrator.get(PLACES)


def test_the_record_tells_the_past_and_the_superior_of_today(house, administrator):
    other = TeamFactory(site=house.site, name="Begonia")
    services.move_to_team(
        actor=SYSTEM, person=house.agent, team=other, since=house.agent.today, now=timezone.now()
    )
    page = administrator.get(house.agent.get_absolute_url())
    told = [event.text for event in page.context["events"]]
    assert [text for text in told if "Main" in text] == ["Joins Osmanthus · Main", "Joins Begonia · Main"]
    assert [team.name for team in page.context["teams"]] == ["Begonia"]
    assert page.context["superior_today"] is None
    assert "Reports to nobody today." in page.content.decode()


def test_moving_on_the_page_moves(house, administrator):
    other = TeamFactory(site=house.site)
    answer = administrator.post(act(house.agent, "move"), {"team": other.pk, "since": TODAY})
    assert answer.url == house.agent.get_absolute_url()
    assert Membership.objects.get(person=house.agent, team=other).period.lower.isoformat() == TODAY


def test_giving_and_ending_a_role_on_the_page(house, administrator):
    given = {"role": "supervisor", "scope": f"site:{house.site.pk}", "since": TODAY}
    administrator.post(act(house.agent, "grant"), given)
    grant = RoleGrant.objects.get(person=house.agent, role=Role.SUPERVISOR)
    assert (grant.scope, grant.last_day) == (house.site, None)
    administrator.post(act(house.agent, "end-role"), {"grant": grant.pk, "from_day": "2026-11-20"})
    grant.refresh_from_db()
    assert grant.last_day.isoformat() == "2026-11-19"


def test_an_absence_is_typed_in_the_readers_time_zone_and_taken_back(house, sign_in):
    client = sign_in(house.lead)
    typed = {"since": "2999-01-04T08:30", "until": "2999-01-05T08:30", "stand_in": "20402"}
    assert client.post(act(house.agent, "absence"), typed).status_code == 422
    typed = {"since": "2190-01-04T08:30", "until": "2190-01-05T08:30", "stand_in": "20402"}
    client.post(act(house.agent, "absence"), typed)
    absence = Absence.objects.get()
    assert absence.period.lower.isoformat() == "2190-01-04T00:30:00+00:00"
    assert absence.stand_in == house.colleague
    client.post(act(house.agent, "withdraw"), {"absence": absence.pk})
    assert not Absence.objects.exists()


def test_the_other_deeds_on_the_page(house, administrator):
    person, new = house.agent, "sea-breeze-47-north"
    administrator.post(act(person, "superior"), {"superior": "1001", "since": TODAY})
    administrator.post(
        act(person, "change"), {"name": "Ada", "email": "ada@example.org", "site": house.site.pk}
    )
    administrator.post(act(person, "password"), {"password": new})
    administrator.post(act(person, "deactivate"))
    person = User.objects.get(pk=person.pk)
    assert (person.name, person.email, person.is_active) == ("Ada", "ada@example.org", False)
    assert person.superiors.get().superior == house.supervisor
    assert person.check_password(new)


WRONG = {
    "move": ({"team": "", "since": "2026-02-31"}, "since", 422),
    "superior": ({"superior": "no-one", "since": TODAY}, "superior", 422),
    "superior of themself": ({"superior": "20401", "since": TODAY}, "superior", 400),
    "grant": ({"role": "supervisor", "since": TODAY}, "scope", 400),
    "grant twice": ({"role": "agent", "since": TODAY}, "role", 409),
    "grant backward": ({"role": "trainer", "since": TODAY, "until": "2026-11-01"}, "until", 400),
    "grant in year 26": ({"role": "trainer", "since": "0026-11-18"}, "since", 422),
    "end-role of another": ({"grant": "0", "from_day": TODAY}, "grant", 422),
    "absence": (
        {"since": "2026-11-18T09:00", "until": "2026-11-18T08:00", "reason": "Dentist"},
        "until",
        400,
    ),
    "withdraw": ({"absence": "0"}, "absence", 422),
    "change": ({"name": "Ada", "email": "not-an-address"}, "email", 422),
    "password": ({"password": "12345"}, "password", 422),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_names_the_field_keeps_what_was_typed_and_changes_nothing(house, administrator, case):
    typed, field, status = WRONG[case]
    rows = RoleGrant.objects.count()
    answer = administrator.post(act(house.agent, case.split()[0]), typed)
    assert answer.status_code == status
    assert field in answer.context["form"].errors
    page = answer.content.decode()
    assert all(
        f'value="{value}"' in page for name, value in typed.items() if name in {"superior", "reason", "email"}
    )
    assert RoleGrant.objects.count() == rows
    assert not Absence.objects.exists()
    assert User.objects.get(pk=house.agent.pk).check_password("harbour-desk-2026")
    assert house.agent.memberships.count() == 1


def test_a_refusal_without_a_field_stands_at_the_head_of_the_form(house, administrator):
    answer = administrator.post(act(house.administrator, "deactivate"))
    assert answer.status_code == 409
    assert "This is your own account." in answer.content.decode()


def test_deeds_are_done_by_post_known_and_allowed(house, sign_in, administrator):
    assert administrator.put(act(house.agent, "move")).status_code == 405
    assert administrator.post(act(house.agent, "promote")).status_code == 404
    assert sign_in(house.lead).get(act(house.agent, "grant")).status_code == 403
    answer = sign_in(house.lead).post(act(house.agent, "grant"), {"role": "executive", "since": TODAY})
    assert answer.status_code == 403
    assert not house.agent.role_grants.filter(role=Role.EXECUTIVE).exists()


@pytest.mark.parametrize(
    ("who", "deeds", "why"),
    [
        ("lead", {"absence"}, {"withdraw"}),
        (
            "personnel",
            {"absence", "change", "deactivate", "leave-team", "move", "superior"},
            {"take-move-back", "withdraw"},
        ),
        (
            "administrator",
            {
                "absence",
                "change",
                "deactivate",
                "end-role",
                "grant",
                "leave-team",
                "move",
                "password",
                "superior",
            },
            {"second-factor", "take-move-back", "withdraw"},
        ),
    ],
)
def test_the_record_offers_what_the_reader_may_do_and_says_why_not(house, sign_in, who, deeds, why):
    reader = house.person("5001", Role.GENERAL_AFFAIRS) if who == "personnel" else getattr(house, who)
    page = sign_in(reader).get(house.agent.get_absolute_url())
    offered = {name: str(reason) for name, _act, reason in page.context["acts"]}
    assert {name for name, reason in offered.items() if not reason} == deeds
    assert {name for name, reason in offered.items() if reason} == why
    assert "No absence runs or is to come." in page.content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_every_deed_is_asked_in_the_panel_and_on_a_page_of_its_own(house, sign_in, name):
    client = sign_in(house.agent if name == "apply" else house.administrator)
    answer = client.get(act(house.agent, name))
    assert answer.status_code == 200
    assert str(ACTS[name].label) in answer.content.decode()
    panel = client.get(act(house.agent, name), headers={"HX-Request": "true", "HX-Target": "panel"})
    assert "<html" not in panel.content.decode()


def test_what_is_to_come_stands_apart_and_an_end_is_told_once(house, administrator):
    now, person = timezone.now(), house.agent
    later = person.today + timedelta(days=10)
    grant = services.grant_role(
        actor=SYSTEM, person=person, role=Role.TRAINER, since=person.today, until=later, now=now
    )
    services.record_absence(
        actor=SYSTEM,
        person=person,
        since=now,
        until=now + timedelta(days=1),
        stand_in=house.colleague,
        now=now,
    )
    context = administrator.get(person.get_absolute_url()).context
    assert [event.text for event in context["coming"]] == ["Is no longer Trainer"]
    assert grant.get_role_display() in context["roles"]
    assert [event.note for event in context["events"] if event.note] == ["Person 20402 20402 stands in"]
    assert [absence.stand_in for absence in context["absences"]] == [house.colleague]


def test_the_query_count_of_a_record_does_not_grow(house, administrator, django_assert_num_queries):
    person, now = house.agent, timezone.now()
    administrator.get(person.get_absolute_url())
    for days in (1, 3, 5):
        since = now + timedelta(days=days)
        services.record_absence(
            actor=SYSTEM, person=person, since=since, until=since + timedelta(hours=8), now=now
        )
    with django_assert_num_queries(20):
        administrator.get(person.get_absolute_url())


NEW_PERSON = {"work_number": "20499", "name": "Ada Fang", "email": "", "password": "sea-breeze-47-north"}


def test_a_new_person_is_made_on_the_page_and_can_sign_in(house, administrator):
    answer = administrator.post(NEW, {**NEW_PERSON, "site": house.site.pk})
    person = User.objects.get(work_number="20499")
    assert answer.url == person.get_absolute_url()
    assert person.check_password(NEW_PERSON["password"])


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"work_number": "20401"}, "work_number", 409),
        ({"work_number": "204 99"}, "work_number", 422),
        ({"password": "20499"}, "password", 422),
        ({"site": "0"}, "site", 422),
    ],
)
def test_a_wrong_new_person_keeps_what_was_typed_and_is_not_made(house, administrator, wrong, field, status):
    before = User.objects.count()
    answer = administrator.post(NEW, {**NEW_PERSON, "site": house.site.pk, **wrong})
    assert answer.status_code == status
    assert field in answer.context["form"].errors
    assert 'value="Ada Fang"' in answer.content.decode()
    assert User.objects.count() == before
