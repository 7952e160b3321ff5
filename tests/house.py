"""A small centre made through the services: every test that needs people on a ladder starts here."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from agents import services
from agents.models import Region, RegionSite, Site, Team, User
from callcenter.access import SYSTEM, Role
from callcenter.worktime.models import Calendar
from complaints import services as complaint_services
from complaints.enums import Tier
from complaints.models import Complaint
from tests.course import Course
from tests.dates import MADE, SINCE

__all__ = ["MADE", "SINCE", "House"]


class House(Course):
    """One site in one region, one team, and one person of each level above it."""

    def __init__(self) -> None:
        self.site = Site.objects.create(code="main", name="Main", calendar=Calendar.objects.get(code="CN"))
        self.region = Region.objects.create(name="East")
        RegionSite.objects.create(region=self.region, site=self.site, period=DateRange(SINCE, None))
        self.team = Team.objects.create(site=self.site, name="Osmanthus")
        self.executive = self.person("4001", Role.EXECUTIVE)
        self.service_manager = self.person("3001", Role.SERVICE_MANAGER, superior=self.executive)
        self.regional = self.person(
            "2001", Role.REGIONAL_MANAGER, superior=self.service_manager, scope=self.region
        )
        self.supervisor = self.person("1001", Role.SUPERVISOR, superior=self.regional, scope=self.site)
        self.lead = self.person("1101", Role.TEAM_LEAD, superior=self.supervisor)
        services.appoint_lead(actor=SYSTEM, team=self.team, person=self.lead, since=SINCE, now=MADE)
        self.agent = self.person("20401", Role.AGENT, team=self.team)
        self.colleague = self.person("20402", Role.AGENT, team=self.team)
        self.administrator = self.person("9001", Role.ADMINISTRATOR)

    def person(
        self, number: str, role: Role, *, superior=None, scope=None, team=None, site=None, **facts
    ) -> User:
        """Make a person with a role, a superior and a team."""
        facts = {"name": f"Person {number}", "email": f"{number}@example.org", **facts}
        person = services.create_person(
            actor=SYSTEM,
            work_number=number,
            site=site or self.site,
            now=MADE,
            password="harbour-desk-2026",
            **facts,
        )
        dated = {"actor": SYSTEM, "since": SINCE, "now": MADE}
        services.grant_role(person=person, role=role, scope=scope, **dated)
        if superior:
            services.set_superior(person=person, superior=superior, **dated)
        if team:
            services.move_to_team(person=person, team=team, **dated)
        return User.objects.select_related("site__calendar").get(pk=person.pk)

    def complaint(self, *, now: datetime, actor=None, tier: Tier = Tier.COMPANY, **more) -> Complaint:
        """Record a complaint received at `now`, by the supervisor or, at tier 3, the regional manager."""
        receives = self.regional if tier == Tier.AUTHORITY else self.supervisor
        facts = complaint_services.Facts(
            subject=more.pop("subject", "Charged twice"),
            account="The visit was charged twice.",
            customer_name="Mr Liu",
        )
        return complaint_services.record_complaint(
            actor=actor or receives,
            site=more.pop("site", self.site),
            tier=tier,
            facts=facts,
            now=now,
            **more,
        )
