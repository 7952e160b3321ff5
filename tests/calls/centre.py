"""Two sites in one region and one outside it, a team with a lead, and somebody in each role."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from agents.models import Leadership, Membership, Region, RegionSite, RoleGrant, Site, Team, User
from callcenter.access import Role
from tests.factories.worktime import CalendarFactory

NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
ALWAYS = DateRange(date(2020, 1, 1), None)


def person(number, name, home, role=None, **scope):
    user = User.objects.create(work_number=number, name=name, site=home)
    if role:
        RoleGrant.objects.create(person=user, role=role, period=ALWAYS, **scope)
    # Read back, so that what a person may do is asked of the database.
    return User.objects.get(pk=user.pk)


def build():
    """Return the centre; `here` is the site of the team, `near` another of its region, `far` lies outside."""
    calendar = CalendarFactory(code="SH")
    here, near, far = (
        Site.objects.create(code=code, name=name, calendar=calendar)
        for code, name in (("here", "Here"), ("near", "Near"), ("far", "Far"))
    )
    region = Region.objects.create(name="South")
    for site in (here, near):
        RegionSite.objects.create(region=region, site=site, period=ALWAYS)
    team = Team.objects.create(site=here, name="Osmanthus")
    agent = person("10001", "Wei Fang", here, Role.AGENT)
    lead = person("10002", "Lead", here, Role.TEAM_LEAD)
    Membership.objects.create(person=agent, team=team, period=ALWAYS)
    Leadership.objects.create(person=lead, team=team, period=ALWAYS)
    return SimpleNamespace(
        here=here,
        near=near,
        far=far,
        team=team,
        agent=agent,
        lead=lead,
        colleague=person("10003", "Colleague", here, Role.AGENT),
        supervisor=person("10004", "Supervisor", here, Role.SUPERVISOR, site=here),
        regional=person("10005", "Regional", here, Role.REGIONAL_MANAGER, region=region),
        manager=person("10006", "Manager", far, Role.SERVICE_MANAGER),
        executive=person("10007", "Executive", far, Role.EXECUTIVE),
        quality=person("10008", "Quality", far, Role.QUALITY),
        trainer=person("10009", "Trainer", far, Role.TRAINER),
        administrator=person("10010", "Administrator", here, Role.ADMINISTRATOR),
        personnel=person("10011", "Personnel", here, Role.GENERAL_AFFAIRS),
    )


def statements(work):
    """Return the statements of `work`, the session's apart: whether the cache has it depends on other tests."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured if "django_session" not in query["sql"]]
