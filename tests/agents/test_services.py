"""Accounts, roles, absences and places: what the services do, refuse and write down."""

from datetime import UTC, date, datetime, timedelta

import pytest

from agents import services
from agents.models import Absence, Region, RoleGrant, Site, Team, User
from callcenter.access import SYSTEM, Role
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError, NotAllowed
from tests.factories.agents import DepartmentFactory, TeamFactory

TODAY = date(2026, 11, 18)
PASSWORD = "sea-breeze-47-north"


@pytest.fixture
def by_administrator(house, now) -> dict:
    """Return what every service is given here."""
    return {"actor": house.administrator, "now": now}


def last_action() -> str:
    return Entry.objects.latest("pk").action


def test_a_work_number_is_given_once(house, by_administrator):
    with pytest.raises(Conflict) as refusal:
        services.create_person(work_number="20401", name="Twin", site=house.site, **by_administrator)
    assert refusal.value.field == "work_number"
    assert User.objects.filter(work_number="20401").count() == 1


def test_a_person_without_a_password_cannot_sign_in(house, by_administrator):
    person = services.create_person(work_number="20499", name="New", site=house.site, **by_administrator)
    assert not person.has_usable_password()
    assert last_action() == "person.created"


def test_changed_facts_are_written_down_with_what_they_were(house, by_administrator):
    services.change_person(
        person=house.agent,
        name=house.agent.name,
        email="new@example.org",
        site=house.site,
        **by_administrator,
    )
    assert User.objects.get(pk=house.agent.pk).email == "new@example.org"
    assert Entry.objects.latest("pk").details == {
        "changed": {"email": ["20401@example.org", "new@example.org"]}
    }


def test_a_password_is_set_by_administrators_alone_and_never_written_down(house, by_administrator, now):
    personnel = house.person("5001", Role.GENERAL_AFFAIRS)
    with pytest.raises(NotAllowed):
        services.set_password(actor=personnel, person=house.administrator, password=PASSWORD, now=now)
    services.set_password(person=house.agent, password=PASSWORD, **by_administrator)
    assert User.objects.get(pk=house.agent.pk).check_password(PASSWORD)
    assert PASSWORD not in str(Entry.objects.latest("pk").details)


def test_a_closed_account_keeps_its_past(house, by_administrator):
    services.deactivate(person=house.agent, **by_administrator)
    assert not User.objects.get(pk=house.agent.pk).is_active
    assert house.agent.memberships.exists()


def test_nobody_closes_their_own_account(house, by_administrator):
    with pytest.raises(Conflict):
        services.deactivate(person=house.administrator, **by_administrator)
    assert User.objects.get(pk=house.administrator.pk).is_active


def test_a_role_holds_from_its_first_day_until_it_is_ended(house, by_administrator):
    grant = services.grant_role(person=house.agent, role=Role.TRAINER, since=TODAY, **by_administrator)
    services.end_role(grant=grant, from_day=TODAY + timedelta(days=2), **by_administrator)
    held = [
        RoleGrant.objects.on(TODAY + timedelta(days=n)).filter(pk=grant.pk).exists() for n in range(-1, 3)
    ]
    assert held == [False, True, True, False]
    assert last_action() == "role.ended"


def test_a_role_that_would_never_have_held_is_removed(house, by_administrator):
    grant = services.grant_role(person=house.agent, role=Role.TRAINER, since=TODAY, **by_administrator)
    services.end_role(grant=grant, from_day=TODAY, **by_administrator)
    assert not house.agent.role_grants.filter(role=Role.TRAINER).exists()


def test_ending_a_role_never_makes_it_longer(house, by_administrator):
    tomorrow = TODAY + timedelta(days=1)
    grant = services.grant_role(
        person=house.agent, role=Role.TRAINER, since=TODAY, until=tomorrow, **by_administrator
    )
    with pytest.raises(Conflict) as refusal:
        services.end_role(grant=grant, from_day=tomorrow + timedelta(days=1), **by_administrator)
    assert refusal.value.field == "from_day"
    grant.refresh_from_db()
    assert grant.period.upper == tomorrow


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.SUPERVISOR, None),
        (Role.SUPERVISOR, "region"),
        (Role.REGIONAL_MANAGER, "site"),
        (Role.TRAINER, "site"),
        (Role.DEPARTMENT_OWNER, "region"),
    ],
)
def test_a_role_takes_the_limit_that_it_asks_for_and_no_other(house, by_administrator, role, scope):
    before = RoleGrant.objects.count()
    with pytest.raises(DomainError) as refusal:
        services.grant_role(
            person=house.agent,
            role=role,
            scope=scope and getattr(house, scope),
            since=TODAY,
            **by_administrator,
        )
    assert refusal.value.field == "scope"
    assert RoleGrant.objects.count() == before


def test_a_role_is_held_once_at_a_time_for_one_limit(house, by_administrator):
    given = {"person": house.agent, "role": Role.DEPARTMENT_OWNER, "since": TODAY, **by_administrator}
    one, two = DepartmentFactory.create_batch(2)
    services.grant_role(scope=one, **given)
    services.grant_role(scope=two, **given)
    with pytest.raises(Conflict) as refusal:
        services.grant_role(scope=one, **given)
    assert refusal.value.field == "role"


def test_a_role_does_not_end_before_it_begins(house, by_administrator):
    with pytest.raises(DomainError) as refusal:
        services.grant_role(
            person=house.agent, role=Role.TRAINER, since=TODAY, until=TODAY, **by_administrator
        )
    assert refusal.value.field == "until"


def test_absences_may_touch_and_never_overlap(house, by_administrator, now):
    hour = timedelta(hours=1)
    services.record_absence(person=house.agent, since=now, until=now + hour, **by_administrator)
    services.record_absence(person=house.agent, since=now + hour, until=now + 2 * hour, **by_administrator)
    with pytest.raises(Conflict) as refusal:
        services.record_absence(person=house.agent, since=now, until=now + hour, **by_administrator)
    assert refusal.value.field == "since"
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("hours", "stand_in", "field"), [(0, None, "until"), (-1, None, "until"), (1, "agent", "stand_in")]
)
def test_an_impossible_absence_names_what_is_wrong(house, by_administrator, now, hours, stand_in, field):
    with pytest.raises(DomainError) as refusal:
        services.record_absence(
            person=house.agent,
            since=now,
            until=now + timedelta(hours=hours),
            stand_in=stand_in and getattr(house, stand_in),
            **by_administrator,
        )
    assert refusal.value.field == field
    assert not Absence.objects.exists()


def test_an_absence_to_come_is_removed_a_running_one_ends_and_a_past_one_stays(house, by_administrator, now):
    hour = timedelta(hours=1)
    absence = services.record_absence(
        person=house.agent, since=now + hour, until=now + 3 * hour, **by_administrator
    )
    at = {"actor": house.administrator, "absence": absence}
    services.withdraw_absence(now=now + 2 * hour, **at)
    absence.refresh_from_db()
    assert (absence.period.lower, absence.period.upper) == (now + hour, now + 2 * hour)
    with pytest.raises(Conflict):
        services.withdraw_absence(now=now + 2 * hour, **at)
    later = services.record_absence(
        person=house.agent, since=now + 5 * hour, until=now + 6 * hour, **by_administrator
    )
    services.withdraw_absence(actor=house.administrator, absence=later, now=now)
    assert list(Absence.objects.all()) == [absence]


def test_an_agent_records_no_absence(house, now):
    with pytest.raises(NotAllowed):
        services.record_absence(
            actor=house.agent, person=house.colleague, since=now, until=now + timedelta(hours=1), now=now
        )


PLACES = {
    "site": lambda house, given: services.create_site(
        code="new",
        name="New",
        calendar=house.site.calendar,
        mail_opens="00:00",
        mail_closes="24:00",
        **given,
    ),
    "site changed": lambda house, given: services.change_site(
        site=house.site,
        name="Pier",
        calendar=house.site.calendar,
        mail_opens="08:00",
        mail_closes="20:00",
        **given,
    ),
    "region": lambda _house, given: services.create_region(name="West", **given),
    "site into region": lambda house, given: services.put_site_into_region(
        site=house.site, region=Region.objects.create(name="North"), since=TODAY, **given
    ),
    "department": lambda _house, given: services.create_department(name="IT", scope="Headsets", **given),
    "scope": lambda _house, given: services.set_scope(
        department=DepartmentFactory(), scope="Headsets", **given
    ),
    "team": lambda house, given: services.create_team(site=house.site, name="Begonia", **given),
}
WRITTEN = {
    "site": "site.created",
    "site changed": "site.changed",
    "region": "region.created",
    "site into region": "site.region_set",
    "department": "department.created",
    "scope": "department.scope_set",
    "team": "team.created",
}


@pytest.mark.parametrize("name", PLACES)
def test_places_are_made_and_changed_by_administrators_and_written_down(house, by_administrator, name):
    PLACES[name](house, by_administrator)
    assert last_action() == WRITTEN[name]


@pytest.mark.parametrize("name", PLACES)
def test_places_are_changed_by_nobody_else(house, now, name):
    with pytest.raises(NotAllowed):
        PLACES[name](house, {"actor": house.executive, "now": now})


TAKEN = {
    "code": lambda house, given: services.create_site(
        code="main",
        name="Twin",
        calendar=house.site.calendar,
        mail_opens="07:30",
        mail_closes="21:00",
        **given,
    ),
    "name": lambda _house, given: services.create_region(name="East", **given),
}


@pytest.mark.parametrize("field", TAKEN)
def test_a_code_or_name_in_use_is_a_conflict_that_names_the_field(house, by_administrator, field):
    with pytest.raises(Conflict) as refusal:
        TAKEN[field](house, by_administrator)
    assert (refusal.value.field, refusal.value.code) == (field, "taken")
    assert (Site.objects.count(), Region.objects.count()) == (1, 1)


def test_teams_of_one_name_are_at_different_sites(house, by_administrator):
    with pytest.raises(Conflict):
        services.create_team(site=house.site, name=house.team.name, **by_administrator)
    assert Team.objects.count() == 1


@pytest.mark.parametrize("closes", ["07:00", "08:00"])
def test_a_mail_window_is_never_empty(house, by_administrator, closes):
    with pytest.raises(DomainError) as refusal:
        services.change_site(
            site=house.site,
            name="Main",
            calendar=house.site.calendar,
            mail_opens="08:00",
            mail_closes=closes,
            **by_administrator,
        )
    assert refusal.value.field == "mail_closes"


def test_the_machine_moves_people_by_name(house):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    services.move_to_team(
        actor=SYSTEM, person=house.agent, team=TeamFactory(site=house.site), since=TODAY, now=at
    )
    assert Entry.objects.latest("pk").actor_name == "system"


def test_whoever_leads_a_team_today_is_a_team_lead_and_nobody_afterwards(house):
    now, today = datetime.now(UTC), house.agent.today
    team = TeamFactory(site=house.site)
    for person, since in ((house.colleague, today - timedelta(days=9)), (house.agent, today)):
        services.appoint_lead(actor=SYSTEM, team=team, person=person, since=since, now=now)
    before, after = (User.objects.get(pk=person.pk) for person in (house.colleague, house.agent))
    assert (before.holds(Role.TEAM_LEAD), after.holds(Role.TEAM_LEAD)) == (False, True)
