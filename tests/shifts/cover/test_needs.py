"""Demand, goals and the heads they need; what people said stays."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from agents.models import Skill
from callcenter.audit.models import Entry
from callcenter.errors import DomainError, NotAllowed
from calls.models import Queue
from shifts.enums import Origin
from shifts.models import Demand, Requirement
from shifts.services.demand import Load, put_demand, set_goal
from shifts.services.requirements import compute_requirements, put_requirements
from tests.shifts.conftest import MONDAY
from tests.shifts.cover.test_cover import at

pytestmark = pytest.mark.django_db
TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def queue(house) -> Queue:
    """Return a queue of the house."""
    return Queue.objects.create(code="repairs", name="Repairs", site=house.site)


def load(calls: str, handle_seconds: int = 180) -> Load:
    """Return the load of a half hour."""
    return Load(Decimal(calls), handle_seconds)


def put(house, queue, now, loads, origin=Origin.ENTERED):
    """Write demand as the supervisor."""
    return put_demand(actor=house.supervisor, queue=queue, loads=loads, origin=origin, now=now)


def test_a_forecast_leaves_alone_what_people_said(house, queue, now):
    put(house, queue, now, {at(9): load("10.5")})
    put(house, queue, now, {at(9, 30): load("20")}, Origin.IMPORTED)
    done = put(
        house, queue, now, {at(9): load("1"), at(9, 30): load("1"), at(10): load("3.25")}, Origin.FORECAST
    )
    assert (done.new, done.changed, done.left) == (1, 0, 2)
    rows = Demand.objects.order_by("starts_at").values_list("calls", "origin")
    assert list(rows) == [
        (Decimal("10.50"), Origin.ENTERED),
        (Decimal("20.00"), Origin.IMPORTED),
        (Decimal("3.25"), Origin.FORECAST),
    ]
    again = put(house, queue, now, {at(10): load("4")}, Origin.FORECAST)
    assert (again.new, again.changed) == (0, 1)
    assert put(house, queue, now, {at(9): None, at(10): None}).removed == 2
    assert Entry.objects.filter(action="demand.put").count() == 5


@pytest.mark.parametrize(
    ("when", "given", "field"),
    [
        (timedelta(minutes=10), load("1"), "starts_at"),
        (timedelta(), load("-1"), "calls"),
        (timedelta(), load("10000"), "calls"),
        (timedelta(), load("1", 0), "handle_seconds"),
        (timedelta(), load("1", 7201), "handle_seconds"),
    ],
)
def test_figures_that_cannot_be_are_refused_and_named(house, queue, now, when, given, field):
    with pytest.raises(DomainError) as refused:
        put(house, queue, now, {at(9) + when: given})
    assert refused.value.field == field
    assert refused.value.mend


def test_only_who_plans_the_site_writes(house, queue, now):
    for actor in (house.lead, house.agent, house.executive):
        with pytest.raises(NotAllowed):
            put_demand(actor=actor, queue=queue, loads={}, origin=Origin.ENTERED, now=now)


def test_heads_are_computed_from_demand_and_goal_and_entered_ones_stay(house, queue, now):
    put(house, queue, now, {at(9): load("100"), at(9, 30): load("100"), at(10): load("0")})
    set_goal(actor=house.supervisor, queue=queue, now=now, share=Decimal("0.8"), shrinkage=Decimal("0.3"))
    heads = {(at(9), None): 12}
    put_requirements(actor=house.supervisor, site=house.site, heads=heads, origin=Origin.ENTERED, now=now)
    computed = {"actor": house.supervisor, "site": house.site, "since": MONDAY, "until": TOMORROW, "now": now}
    done = compute_requirements(**computed)
    assert (done.new, done.left) == (1, 1)
    rows = Requirement.objects.order_by("starts_at").values_list("starts_at", "heads", "origin")
    assert list(rows) == [(at(9), 12, Origin.ENTERED), (at(9, 30), 20, Origin.COMPUTED)]
    set_goal(actor=house.supervisor, queue=queue, now=now, patience_seconds=300, shrinkage=Decimal(0))
    compute_requirements(**computed)
    assert Requirement.objects.get(starts_at=at(9, 30)).heads == 13, "callers with little patience need fewer"
    put(house, queue, now, {at(9, 30): None})
    assert compute_requirements(**computed).removed == 1


def test_queues_of_one_skill_add_up_and_one_without_a_skill_asks_for_everybody(house, queue, now):
    skill = Skill.objects.create(code="billing", name="Billing")
    other = Queue.objects.create(code="bills", name="Bills", site=house.site)
    more = Queue.objects.create(code="more", name="More bills", site=house.site)
    for one, needed in ((queue, None), (other, skill), (more, skill)):
        put(house, one, now, {at(9): load("100")})
        set_goal(actor=house.supervisor, queue=one, now=now, skill=needed, shrinkage=Decimal(0))
    compute_requirements(actor=house.supervisor, site=house.site, since=MONDAY, until=TOMORROW, now=now)
    assert dict(Requirement.objects.values_list("skill__code", "heads")) == {None: 42, "billing": 28}


def test_goals_that_no_number_of_heads_reaches_are_refused(house, queue, now):
    for wanted in ({"share": Decimal(1)}, {"shrinkage": Decimal(1)}, {"patience_seconds": 0}):
        with pytest.raises(DomainError) as refused:
            set_goal(actor=house.supervisor, queue=queue, now=now, **wanted)
        assert refused.value.field in wanted
    with pytest.raises(DomainError, match="has a goal"):
        compute_requirements(actor=house.supervisor, site=house.site, since=MONDAY, until=TOMORROW, now=now)


def test_a_week_of_a_site_is_computed_fast(house, queue, now):
    """Ten thousand half hours a second; here 336 half hours of a large queue in one go."""
    start = datetime(2026, 11, 22, 16, tzinfo=UTC)
    loads = {start + timedelta(minutes=30 * step): load(str(200 + step)) for step in range(336)}
    put(house, queue, now, loads)
    set_goal(actor=house.supervisor, queue=queue, now=now)
    until = MONDAY + timedelta(days=7)
    done = compute_requirements(actor=house.supervisor, site=house.site, since=MONDAY, until=until, now=now)
    assert done.new == 336
