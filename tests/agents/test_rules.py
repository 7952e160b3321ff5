"""Who may do what with people and places: every role against every permission."""

import pytest

from agents.models import User
from callcenter.access import Role
from tests.factories.agents import DepartmentFactory, SiteFactory, UserFactory
from tests.house import House

PERMISSIONS = (
    "agents.view_people",
    "agents.record_absence",
    "agents.manage_people",
    "agents.set_password",
    "agents.reset_second_factor",
    "agents.manage_roles",
    "agents.manage_places",
    "agents.manage_skills",
    "agents.manage_catalogue",
    "agents.apply",
    "agents.decide_application",
    "agents.end_extra_role",
)
KEEPS = {"agents.view_people", "agents.record_absence", "agents.manage_skills", "agents.end_extra_role"}
LEADS = KEEPS | {"agents.decide_application"}
MAY = {
    Role.AGENT: set(),
    Role.TEAM_LEAD: LEADS,
    Role.SUPERVISOR: LEADS,
    Role.REGIONAL_MANAGER: LEADS,
    Role.SERVICE_MANAGER: LEADS,
    Role.GENERAL_AFFAIRS: KEEPS | {"agents.manage_people", "agents.manage_catalogue"},
    Role.EXECUTIVE: LEADS,
    Role.TRAINER: set(),
    Role.QUALITY: set(),
    Role.DEPARTMENT_OWNER: set(),
    Role.ADMINISTRATOR: set(PERMISSIONS) - {"agents.apply", "agents.decide_application"},
}
# Whose records a role opens, of: oneself, an agent of one's team, another at one's site, one at a site elsewhere.
EVERYBODY = {"self", "team", "site", "elsewhere"}
SEES = {
    Role.TEAM_LEAD: {"self", "team"},
    Role.SUPERVISOR: {"self", "team", "site"},
    Role.REGIONAL_MANAGER: {"self", "team", "site"},
    Role.SERVICE_MANAGER: EVERYBODY,
    Role.GENERAL_AFFAIRS: EVERYBODY,
    Role.EXECUTIVE: EVERYBODY,
    Role.ADMINISTRATOR: EVERYBODY,
}


def holder(house: House, role: Role) -> User:
    """Return somebody with this one role; the lead of the house's team if it is that of a lead."""
    if role == Role.TEAM_LEAD:
        return house.lead
    limits = {
        Role.SUPERVISOR: house.site,
        Role.REGIONAL_MANAGER: house.region,
        Role.DEPARTMENT_OWNER: DepartmentFactory(),
    }
    return house.person("8001", role, scope=limits.get(role))


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_this_and_nothing_else(house, role):
    person = holder(house, role)
    assert {permission for permission in PERMISSIONS if person.has_perm(permission)} == MAY[role]


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_these_records_and_no_others(house, role):
    reader = holder(house, role)
    people = {
        "self": reader,
        "team": house.agent,
        "site": UserFactory(site=house.site),
        "elsewhere": UserFactory(site=SiteFactory()),
    }
    seen = set(User.objects.visible_to(reader))
    assert {name for name, person in people.items() if person in seen} == SEES.get(role, {"self"})


@pytest.mark.parametrize(("who", "may"), [("agent", True), ("elsewhere", False)])
def test_leaders_record_absences_of_those_they_answer_for_alone(house, who, may):
    people = {"agent": house.agent, "elsewhere": UserFactory(site=SiteFactory())}
    assert house.supervisor.has_perm("agents.record_absence", people[who]) is may


def test_a_language_is_chosen_by_nobody_but_oneself(house):
    assert house.agent.has_perm("agents.set_language", house.agent)
    assert not house.administrator.has_perm("agents.set_language", house.agent)


SKILL, DECIDE, END = "agents.manage_skills", "agents.decide_application", "agents.end_extra_role"


@pytest.mark.parametrize(
    ("who", "about", "may"),
    [
        ("lead", "agent", {SKILL, DECIDE, END}),
        ("lead", "lead", {END, "agents.apply"}),
        ("lead", "supervisor", set()),
        ("agent", "agent", {END, "agents.apply"}),
        ("agent", "colleague", set()),
        ("supervisor", "lead", {SKILL, DECIDE, END}),
        ("administrator", "agent", {SKILL, END}),
    ],
)
def test_nobody_gives_themself_a_skill_or_decides_their_own_application(house, who, about, may):
    actor, person = getattr(house, who), getattr(house, about)
    asked = {SKILL, DECIDE, END, "agents.apply"}
    assert {permission for permission in asked if actor.has_perm(permission, person)} == may


def test_a_role_that_has_ended_gives_nothing(house):
    for grant in house.supervisor.role_grants.all():
        grant.period = type(grant.period)(grant.period.lower, house.supervisor.today)
        grant.save(update_fields=["period"])
    assert not house.supervisor.has_perm("agents.view_people")
