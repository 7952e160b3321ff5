"""The pages and REST of the auto-roster: start, look, take in, drop; who may not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from callcenter.jobs.run import Run
from shifts.models import AutoRun, Shift
from shifts.services import auto
from shifts.work import auto_roster
from tests.shifts.auto.test_run import need
from tests.shifts.conftest import MONDAY

JSON = {"content_type": "application/json"}


@pytest.fixture
def roster(desk):
    made = desk.roster(days=2)
    need(desk, MONDAY, 9, 12, 1)
    return made


@pytest.fixture
def run(desk, roster):
    """A run that has ended."""
    made = auto.start_run(actor=desk.planner, roster_id=roster.pk, seconds=5, keep=False, now=timezone.now())
    auto_roster(Run(made.job))
    made.refresh_from_db()
    return made


def test_planner_starts_a_run_and_sees_its_progress(desk, roster, sign_in):
    client = sign_in(desk.planner)
    address = reverse("shifts:auto", args=[roster.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"seconds": "2"}).status_code == 422
    answer = client.post(address, {"seconds": "30", "keep": "all"}, follow=True)
    made = AutoRun.objects.get()
    assert (made.limit_seconds, made.report["keep"]) == (30, True)
    assert made.job.title in answer.content.decode()
    assert client.post(address, {"seconds": "30", "keep": "locked"}).status_code == 409


def test_proposal_is_shown_beside_the_draft_and_taken_in(desk, run, sign_in, django_assert_max_num_queries):
    client = sign_in(desk.planner)
    client.get(run.get_absolute_url())
    with django_assert_max_num_queries(16):
        page = client.get(run.get_absolute_url()).content.decode()
    assert "Nothing: every half hour has the heads that it requires." in page
    assert client.post(reverse("shifts:take_run", args=[run.pk])).status_code == 302
    assert Shift.objects.planned().count() == len(run.shifts) == 1


def test_a_limit_that_locked_shifts_break_is_said_on_the_page_and_over_rest(desk, roster, sign_in):
    agent = desk.agents[0]
    kept = [desk.shift(agent, MONDAY, "L"), desk.shift(agent, MONDAY + timedelta(days=1), "E")]
    made = auto.start_run(actor=desk.planner, roster_id=roster.pk, seconds=5, keep=True, now=timezone.now())
    auto_roster(Run(made.job))
    assert {shift.pk for shift in kept} == set(made.report["kept"])
    client = sign_in(desk.planner)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "10 h of rest before the shift; at least 11 h." in page
    [row] = client.get(f"/api/v1/roster/runs/{made.pk}/").json()["broken_limits"]
    assert row == {
        "person": agent.work_number,
        "rule": "rest",
        "day": "2026-11-24",
        "found": 600,
        "limit": 660,
    }


def test_proposal_is_dropped(desk, run, sign_in):
    client = sign_in(desk.planner)
    assert client.post(reverse("shifts:drop_run", args=[run.pk])).status_code == 302
    assert not AutoRun.objects.exists()


def test_agents_and_leads_do_not_start_it(desk, roster, sign_in):
    address = reverse("shifts:auto", args=[roster.pk])
    assert sign_in(desk.house.agent).get(address).status_code == 404
    assert sign_in(desk.house.lead).get(address).status_code == 403


def test_run_over_rest_from_start_to_draft(desk, roster, sign_in):
    client = sign_in(desk.planner)
    runs = reverse("shifts_api:run-list")
    answer = client.post(runs, {"roster": roster.pk, "seconds": 5}, **JSON)
    assert answer.status_code == 201, answer.content
    auto_roster(Run(AutoRun.objects.get().job))
    told = client.get(answer["Location"]).json()
    assert (told["short"], told["draft_short"], told["shortages"]) == (0, 6, [])
    assert told["proposed"][0]["day"] == MONDAY.isoformat()
    taken = client.post(reverse("shifts_api:run-take", args=[told["id"]]), **JSON)
    assert taken.status_code == 200, taken.content
    assert taken.json()["taken_at"]
    assert client.get(f"{runs}?roster={roster.pk}&taken=true").json()["results"][0]["id"] == told["id"]
    assert client.post(reverse("shifts_api:run-drop", args=[told["id"]]), **JSON).status_code == 409
