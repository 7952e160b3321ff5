"""The pages of teams, skills, terms and extra roles."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agents import services
from agents.models import Application, ExtraRole, Leadership, Membership, PersonSkill, Skill
from callcenter.access import SYSTEM, Role
from tests.factories.agents import SiteFactory, TeamFactory, UserFactory
from tests.pages import LIST_PART

TEAMS, SKILLS, TERMS = (reverse(f"agents:{name}") for name in ("teams", "skills", "terms"))


@pytest.fixture
def administrator(house, sign_in):
    return sign_in(house.administrator)


@pytest.fixture
def skill(house, now):
    return services.make_skill(actor=SYSTEM, code="billing", name="Billing", now=now)


def by(now):
    return {"actor": SYSTEM, "now": now}


def rows_of(client, address):
    return client.get(address).context["list"].page.rows


def crowd(house, number, team, now):
    for person in UserFactory.create_batch(number, site=house.site):
        services.move_to_team(person=person, team=team, since=date(2026, 1, 1), **by(now))


def test_teams_far_from_one_to_twenty_are_marked_and_a_leads_teams_count_together(house, administrator, now):
    second, third = TeamFactory(site=house.site), TeamFactory(site=house.site)
    crowd(house, 14, house.team, now)
    crowd(house, 3, second, now)
    services.appoint_lead(person=house.lead, team=second, since=date(2026, 1, 1), **by(now))
    spans = {
        row.pk: (row.heads, row.span, row.is_far, row.lead_number) for row in rows_of(administrator, TEAMS)
    }
    assert spans[house.team.pk] == (16, 19, False, "1101")
    assert spans[second.pk] == (3, 19, False, "1101")
    assert spans[third.pk] == (0, 0, True, None)
    assert [row.pk for row in rows_of(administrator, TEAMS + "?view=no_lead")] == [third.pk]
    assert [row.pk for row in rows_of(administrator, TEAMS + "?view=far")] == [third.pk]
    largest = rows_of(administrator, TEAMS + "?sort=-heads")
    assert largest[0].pk == house.team.pk
    file = administrator.get(TEAMS + "?export=csv")
    assert b"Span of control" in b"".join(file.streaming_content)


def test_the_page_of_a_team_tells_any_day_and_what_its_members_can_do(house, sign_in, skill, now):
    services.give_skill(person=house.agent, skill=skill, level=4, since=date(2026, 2, 1), **by(now))
    services.move_to_team(
        person=house.agent, team=TeamFactory(site=house.site), since=date(2026, 6, 1), **by(now)
    )
    services.end_lead(team=house.team, from_day=date(2026, 7, 1), **by(now))
    services.appoint_lead(team=house.team, person=house.lead, since=date(2026, 8, 1), **by(now))
    client = sign_in(house.lead)
    page = client.get(house.team.get_absolute_url()).context
    assert [member.person.work_number for member in page["matrix"].members] == ["20402"]
    then = client.get(house.team.get_absolute_url() + "?on=2026-03-01").context
    assert [
        (member.person.work_number, [level for _skill, level in member.levels])
        for member in then["matrix"].members
    ] == [("20401", [4]), ("20402", [None])]
    gap = next(row for row in page["leads"] if row.person is None)
    assert (gap.since, gap.last_day) == (date(2026, 7, 1), date(2026, 7, 31))
    assert client.get(house.team.get_absolute_url() + "?on=2026-07-15").context["team"].lead_name is None
    assert client.get(house.team.get_absolute_url() + "?on=nonsense").status_code == 200


def test_a_team_elsewhere_is_not_found(house, sign_in):
    elsewhere = TeamFactory(site=SiteFactory())
    assert sign_in(house.supervisor).get(elsewhere.get_absolute_url()).status_code == 404
    assert sign_in(house.agent).get(house.team.get_absolute_url()).status_code == 404


def test_a_team_gets_members_and_leads_and_a_planned_one_is_taken_back(house, sign_in, administrator):
    team, today = TeamFactory(site=house.site), house.administrator.today
    later = today + timedelta(days=30)

    def post(name, **typed):
        return administrator.post(reverse("agents:team_act", args=[team.pk, name]), typed)

    assert post("lead", person="1101", since=today).url == team.get_absolute_url()
    post("lead", person="1001", since=later)
    post("join", person="20401", since=later)
    assert Membership.objects.get(team=team).period.lower == later
    planned = Leadership.objects.get(team=team, person=house.supervisor)
    post("take-lead-back", leadership=planned.pk)
    assert list(Leadership.objects.filter(team=team).values_list("person__work_number")) == [("1101",)]
    post("no-lead", from_day=later)
    assert Leadership.objects.get(team=team).period.upper == later
    assert post("lead", person="nobody", since=today).status_code == 422
    assert post("no-lead", from_day=later).status_code == 409
    assert post("dance").status_code == 404
    assert (
        sign_in(house.lead)
        .post(reverse("agents:team_act", args=[house.team.pk, "no-lead"]), {"from_day": today})
        .status_code
        == 403
    )


def test_a_lead_gives_levels_and_ends_skills_on_the_page(house, sign_in, skill):
    client, page, today = sign_in(house.lead), house.agent.get_absolute_url(), house.agent.today
    typed = {"skill": skill.pk, "level": 3, "since": today, "until": today + timedelta(days=30)}
    assert client.post(reverse("agents:act", args=[house.agent.pk, "skill"]), typed).url == page
    assert [row.level for row in client.get(page).context["skills"]] == [3]
    assert [row.level for row in rows_of(client, SKILLS + "?view=ending&skill=billing&level=3")] == [3]
    wrong = client.post(reverse("agents:act", args=[house.agent.pk, "skill"]), {**typed, "until": today})
    assert wrong.status_code == 400
    assert "until" in wrong.context["form"].errors
    ended = {"skill": skill.pk, "from_day": today + timedelta(days=1)}
    client.post(reverse("agents:act", args=[house.agent.pk, "end-skill"]), ended)
    assert PersonSkill.objects.get().period.upper == ended["from_day"]


def test_personnel_records_employment_and_hours_and_ends_them(house, sign_in):
    client, today = sign_in(house.person("5001", Role.GENERAL_AFFAIRS)), house.agent.today

    def post(name, **typed):
        return client.post(reverse("agents:act", args=[house.agent.pk, name]), typed)

    post("employ", since="2025-01-01")
    post("hours", weekly_hours="37.5", since="2025-01-01")
    row = next(row for row in rows_of(client, TERMS) if row.pk == house.agent.pk)
    assert (row.employed_since, row.last_day, row.hours) == (date(2025, 1, 1), None, 37.5)
    later = today + timedelta(days=20)
    post("end-employment", from_day=later)
    assert [row.last_day for row in rows_of(client, TERMS + "?view=ending")] == [later - timedelta(days=1)]
    assert post("end-employment", from_day=later + timedelta(days=1)).status_code == 409


def test_the_catalogue_is_kept_by_personnel(house, sign_in, administrator):
    new = reverse("agents:new_skill")
    administrator.post(new, {"code": "orders", "name": "Orders"})
    made = Skill.objects.get()
    assert administrator.post(new, {"code": "orders", "name": "Again"}).status_code == 409
    change = reverse("agents:change_skill", args=[made.pk])
    administrator.post(change, {"name": "New orders"})
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("New orders", False)
    assert sign_in(house.supervisor).post(new, {"code": "x", "name": "X"}).status_code == 403


def test_an_agent_applies_the_lead_decides_and_others_do_not_see_it(house, sign_in, administrator):
    administrator.post(
        reverse("agents:new_extra_role"), {"code": "sme", "name": "Expert", "description": "Knows tariffs."}
    )
    role, agent = ExtraRole.objects.get(), sign_in(house.agent)
    agent.post(reverse("agents:act", args=[house.agent.pk, "apply"]), {"role": role.pk, "reason": "I know."})
    application = Application.objects.get()
    page = application.get_absolute_url()
    assert "Take it back" in agent.get(page).content.decode()
    assert "you applied" in agent.get(reverse("agents:extra_roles")).content.decode()
    decide = reverse("agents:decide_application", args=[application.pk, "refuse"])
    assert agent.post(decide, {"decision": "Yes"}).status_code == 403
    assert sign_in(house.colleague).get(page).status_code == 404
    lead = sign_in(house.lead)
    assert [row.pk for row in rows_of(lead, reverse("agents:applications"))] == [application.pk]
    assert lead.post(decide, {"decision": ""}).status_code == 422
    approve = reverse("agents:decide_application", args=[application.pk, "approve"])
    lead.post(approve, {"since": house.agent.today})
    assert house.agent.extra_roles.get().role == role
    assert lead.post(approve, {"since": house.agent.today}).status_code == 409


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize(("page", "queries"), [(TEAMS, 4), (SKILLS, 4), (TERMS, 4)])
def test_the_query_count_of_a_list_does_not_grow(
    house, administrator, skill, django_assert_num_queries, page, queries, number, now
):
    crowd(house, number, TeamFactory(site=house.site), now)
    for member in Membership.objects.select_related("person"):
        services.give_skill(person=member.person, skill=skill, level=1, since=date(2026, 1, 1), **by(now))
    administrator.get(page)
    with django_assert_num_queries(queries):
        administrator.get(page, headers=LIST_PART)


@pytest.mark.parametrize("number", [1, 4])
def test_the_query_count_of_a_team_does_not_grow(
    house, administrator, django_assert_num_queries, number, now
):
    crowd(house, number, house.team, now)
    administrator.get(house.team.get_absolute_url())
    with django_assert_num_queries(9):
        administrator.get(house.team.get_absolute_url())


def test_what_is_to_come_for_an_extra_role_is_asked_at_the_right_one(house, sign_in, now):
    role = services.make_extra_role(code="sme", name="Expert", **by(timezone.now()))
    page = sign_in(house.agent).get(
        reverse("agents:act", args=[house.agent.pk, "apply"]) + f"?role={role.pk}"
    )
    assert f'value="{role.pk}" selected' in page.content.decode()
