"""What the tests of assessment share: a house with calls of October 2026, and a scheme that holds since then."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from callcenter.access import Role
from kpi.facts import GateFacts, GradeFacts, IndicatorFacts, SchemeFacts
from kpi.models import Assessment, Checklist, ChecklistPoint, Scheme
from kpi.services import assessments, schemes
from tests.factories.calls import CallFactory
from tests.house import House

OCTOBER = date(2026, 10, 1)
GRADES = [
    GradeFacts("A", Decimal(100), Decimal("1.2")),
    GradeFacts("B", Decimal(80)),
    GradeFacts("C", Decimal(60), Decimal("0.8")),
    GradeFacts("D", Decimal(0), Decimal(0)),
]
INDICATORS = [
    IndicatorFacts(40, 360, 300, 240, metric="handle_time_p90"),
    IndicatorFacts(40, 0.6, 0.8, 0.9, metric="fcr_of_answered"),
    IndicatorFacts(20, 3, 4, 4.8, metric="satisfaction_mean", weighing="routine"),
]
FACTS = SchemeFacts("Agents", indicators=INDICATORS, grades=GRADES, gates=[GateFacts("valid_complaint", "C")])


class Office:
    """A house whose agent handles twelve calls in October in 300 s each, two in three resolved; the colleague is quicker."""

    def __init__(self, house: House, now: datetime) -> None:
        self.house, self.now, self.site = house, now, house.site
        self.clerk = house.person("6001", Role.GENERAL_AFFAIRS)
        self.calls(house.agent, seconds=300)
        self.calls(house.colleague, seconds=200, resolved=12, satisfaction=5)

    def calls(self, agent, *, month=OCTOBER, seconds=300, number=12, resolved=8, satisfaction=4) -> None:
        """Let somebody answer calls on the fifth of a month."""
        first = datetime(month.year, month.month, 5, 2, tzinfo=UTC)
        for place in range(number):
            CallFactory(
                site=self.site,
                agent=agent,
                team=self.house.team,
                entered_at=first + timedelta(minutes=10 * place),
                talk_seconds=seconds,
                hold_seconds=0,
                wrap_seconds=0,
                resolved=place < resolved,
                satisfaction=satisfaction,
            )

    def scheme(self, facts: SchemeFacts = FACTS, *, since: date | None = OCTOBER, role=Role.AGENT) -> Scheme:
        """Return a version, adopted from a month on."""
        given = {"actor": self.house.service_manager, "now": self.now}
        made = schemes.draft_scheme(role=role, facts=facts, **given)
        return schemes.adopt_scheme(scheme_id=made.pk, since=since, **given) if since else made

    def run(self, *, role=Role.AGENT, **more) -> Assessment:
        """Compute October as the supervisor."""
        given = {"actor": self.house.supervisor, "site": self.site, "month": OCTOBER, "now": self.now, **more}
        return assessments.run_month(role=role, **given)

    def publish(self, assessment: Assessment) -> Assessment:
        """Publish as the supervisor."""
        return assessments.publish_assessment(
            actor=self.house.supervisor, assessment_id=assessment.pk, now=self.now
        )

    def checklist(self, *points: str) -> Checklist:
        """Return a checklist."""
        made = Checklist.objects.create(name="Greeting", made_by=self.house.service_manager, made_at=self.now)
        texts = points or ("Says the name", "Asks what it is about", "Sums up", "Says good-bye")
        ChecklistPoint.objects.bulk_create(
            ChecklistPoint(checklist=made, position=at, text=text) for at, text in enumerate(texts, 1)
        )
        return made


@pytest.fixture
def office(house, now) -> Office:
    """Return a house with calls to assess."""
    return Office(house, now)


@pytest.fixture
def committed_office(committed_house, now) -> Office:
    """Return an office that other connections see too."""
    return Office(committed_house, now)


__all__ = ["FACTS", "GRADES", "INDICATORS", "OCTOBER", "Office"]
