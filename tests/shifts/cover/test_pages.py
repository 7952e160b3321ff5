"""Pages about cover: who sees them, what is typed into them, what comes out of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from calls.models import Queue
from shifts.enums import Origin
from shifts.models import Demand, Peak, PeakTemplate, Requirement
from shifts.services.demand import Load, put_demand
from shifts.services.requirements import put_requirements
from tests.shifts.conftest import MONDAY
from tests.shifts.cover.test_cover import at

pytestmark = pytest.mark.django_db
WEEK = f"?day={MONDAY}"
QUERIES = 16


def cell(when) -> str:
    """Return the name of a cell's input."""
    return f"at-{int(when.timestamp())}"


@pytest.fixture
def queue(house) -> Queue:
    """Return a queue of the house."""
    return Queue.objects.create(code="repairs", name="Repairs", site=house.site)


@pytest.fixture
def page(client, house):
    """Return what opens a page as the supervisor, or as somebody else."""

    def get(name: str, *args, query: str = "", who=None):
        client.force_login(who or house.supervisor)
        return client.get(reverse(f"shifts:{name}", args=args) + query)

    return get


ALL = ["cover", "gaps", "requirements", "requirement_list", "demand", "demand_list", "goals", "peaks"]


@pytest.mark.parametrize("name", ALL)
def test_those_who_work_with_rosters_see_the_pages_and_agents_do_not(house, page, queue, name):
    for who, status in (
        (house.supervisor, 200),
        (house.lead, 200),
        (house.executive, 200),
        (house.agent, 403),
    ):
        assert page(name, who=who).status_code == status


@pytest.mark.parametrize("name", ["compute", "new_peak", "peak_template"])
def test_only_planners_open_what_changes_something(house, page, queue, name):
    for who, status in ((house.supervisor, 200), (house.lead, 403), (house.agent, 403)):
        assert page(name, who=who).status_code == status
    for name_of_queue in ("goal", "new_forecast"):
        assert page(name_of_queue, "repairs", who=house.lead).status_code == 403


def test_the_day_shows_what_is_short_as_published_and_as_planned(
    desk, client, page, django_assert_max_num_queries
):
    heads = {(at(9), None): 2, (at(9, 30), None): 1, (at(9), desk.skill.pk): 1}
    put_requirements(actor=desk.planner, site=desk.site, heads=heads, origin=Origin.ENTERED, now=desk.now)
    desk.roster()
    desk.shift(desk.agents[0], MONDAY)
    live = page("cover", query=WEEK)
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("shifts:cover") + WEEK)
    assert live.context["short"] == 3
    draft = page("cover", query=f"{WEEK}&plan=draft")
    assert draft.context["short"] == 1
    assert [row["lacking"] for row in draft.context["rows"][:1]] == [[(desk.skill, 1)]]
    assert page("cover", query=f"{WEEK}&plan=draft&skill={desk.skill.pk}").context["short"] == 1
    assert page("cover", query="?day=nonsense&site=nowhere&plan=x").status_code == 200


def test_gaps_of_a_range_are_joined_and_come_out_as_a_file(desk, page):
    heads = {(at(9), None): 1, (at(9, 30), None): 3, (at(9, day=1), None): 1}
    put_requirements(actor=desk.planner, site=desk.site, heads=heads, origin=Origin.ENTERED, now=desk.now)
    found = page("gaps", query=f"?since={MONDAY}")
    rows = found.context["rows"]
    assert [(row["since"].hour, row["until"].hour, row["gap"].worst) for row in rows] == [
        (9, 10, 3),
        (9, 9, 1),
    ]
    lines = page("gaps", query=f"?since={MONDAY}&export=csv").getvalue().decode().splitlines()
    assert lines[1] == "2026-11-23,09:00:00,10:00:00,,3,4"


def test_calls_and_heads_are_typed_into_a_week_and_emptied_again(house, client, page, queue, now):
    put_demand(
        actor=house.supervisor,
        queue=queue,
        loads={at(9): Load(Decimal("4.50"), 200), at(9, 30): Load(Decimal(7), 210)},
        origin=Origin.FORECAST,
        now=now,
    )
    table = page("demand", query=WEEK).context["week"]
    shown = {cell.name: (cell.text, cell.is_made) for cell in table.cells}
    assert shown[cell(at(9))] == ("4.5", True)
    assert [line.label for line in table.lines][:1] == ["08:30"], "from when the site opens"
    address = reverse("shifts:demand") + WEEK
    typed = {cell(at(9)): "4.5", cell(at(9, 30)): "", cell(at(10)): "12,5", "handle_seconds": "180"}
    answer = client.post(address, typed)
    assert answer.status_code == 302
    rows = Demand.objects.order_by("starts_at").values_list("calls", "handle_seconds", "origin")
    assert list(rows) == [(Decimal("4.5"), 200, Origin.FORECAST), (Decimal("12.5"), 180, Origin.ENTERED)]
    client.post(f"{address}&fact=handle", {cell(at(9)): "240"})
    assert Demand.objects.get(starts_at=at(9)).handle_seconds == 240
    for typed in ({cell(at(9)): "0"}, {cell(at(9)): ""}, {cell(at(11)): "180"}):
        assert client.post(f"{address}&fact=handle", typed).status_code == 422
    wrong = client.post(reverse("shifts:requirements") + WEEK, {cell(at(9)): "many", cell(at(10)): "3"})
    assert wrong.status_code == 422
    assert b"many" in wrong.content
    assert 'value="3"' in wrong.content.decode()
    assert not Requirement.objects.exists()
    client.post(reverse("shifts:requirements") + WEEK, {cell(at(9)): "0", cell(at(10)): "3"})
    assert list(Requirement.objects.order_by("starts_at").values_list("heads", flat=True)) == [0, 3]


def test_a_goal_is_set_in_percent_and_heads_are_computed(house, client, page, queue, now):
    loads = {at(9): Load(Decimal(100), 180)}
    put_demand(actor=house.supervisor, queue=queue, loads=loads, origin=Origin.ENTERED, now=now)
    form = page("goal", "repairs").context["form"]
    assert form["share"].value() == "80"
    typed = {"share": "90", "within_seconds": "20", "shrinkage": "0", "occupancy": "80"}
    assert client.post(reverse("shifts:goal", args=["repairs"]), typed).status_code == 302
    assert client.post(reverse("shifts:goal", args=["repairs"]), typed | {"share": "100"}).status_code == 400
    days = {"since": MONDAY, "last": MONDAY}
    assert client.post(reverse("shifts:compute"), days).status_code == 302
    assert Requirement.objects.get().heads == 15
    turned = client.post(reverse("shifts:compute"), {"since": MONDAY, "last": MONDAY - timedelta(days=1)})
    assert turned.status_code == 422


def test_peak_periods_are_made_changed_and_ended_on_their_pages(house, client, page):
    page("new_peak")
    typed = {
        "name": "Rush",
        "first": "2026-12-01",
        "last": "2026-12-15",
        "lunch_from": "12:00",
        "lunch_to": "13:30",
        "lunch_heads": "3",
        "weekend_heads": "2",
    }
    assert client.post(reverse("shifts:new_peak"), typed).status_code == 302
    assert client.post(reverse("shifts:new_peak"), typed).status_code == 409
    peak = Peak.objects.get()
    assert b"Rush" in page("peaks").content
    assert (
        client.post(reverse("shifts:peak", args=[peak.pk]), typed | {"lunch_heads": "5"}).status_code == 302
    )
    peak.refresh_from_db()
    assert peak.lunch_heads == 5
    client.post(reverse("shifts:end_peak", args=[peak.pk]))
    template = {"first_day": "1", "last_day": "15", "lunch_heads": "3", "weekend_heads": "2"}
    assert client.post(reverse("shifts:peak_template"), template).status_code == 302
    assert PeakTemplate.objects.exists()
    client.post(reverse("shifts:peak_template"), {"stop": "1"})
    assert not PeakTemplate.objects.exists()


def test_what_is_said_without_a_goal_says_how_to_mend_it(house, client, queue):
    client.force_login(house.supervisor)
    refused = client.post(reverse("shifts:compute"), {"since": MONDAY, "last": MONDAY})
    assert refused.status_code == 400
    assert "Say first how well its queues are to be answered." in refused.content.decode()


def test_lists_take_few_queries(house, client, page, queue, now, django_assert_max_num_queries):
    loads = {at(hour): Load(Decimal(1), 60) for hour in range(20)}
    put_demand(actor=house.supervisor, queue=queue, loads=loads, origin=Origin.ENTERED, now=now)
    page("demand_list", query="?view=all")
    with django_assert_max_num_queries(QUERIES):
        assert b"Repairs" in client.get(reverse("shifts:demand_list") + "?view=all").content
