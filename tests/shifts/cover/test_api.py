"""Cover and what it is made of over REST."""

from datetime import date

import pytest

from calls.models import Queue
from shifts.models import Demand, Peak, PeakTemplate, QueueGoal, Requirement
from tests.shifts.cover.test_cover import at

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/roster/"
AT = "2026-11-23T09:00:00+08:00"
PEAK = {"name": "Rush", "first": "2098-12-01", "last": "2098-12-15"}


@pytest.fixture
def api(client, house):
    """Return what sends a request as the supervisor, or as somebody else."""

    def send(path: str, body: dict | None = None, *, who=None, status: int = 200, **headers):
        client.force_login(who or house.supervisor)
        if body is None:
            answer = client.get(ROOT + path)
        else:
            answer = client.post(ROOT + path, body, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return send


@pytest.fixture(autouse=True)
def queue(house) -> Queue:
    """Return a queue of the house."""
    return Queue.objects.create(code="repairs", name="Repairs", site=house.site)


def test_from_calls_to_cover(house, api):
    rows = [{"starts_at": AT, "calls": "100", "handle_seconds": 180}]
    assert api("demand/", {"queue": "repairs", "rows": rows})["new"] == 1
    assert api("demand/?queue=repairs")["results"][0]["calls"] == "100.00"
    goal = {"share": "0.8", "within_seconds": 20, "shrinkage": "0.3", "occupancy": "0.85"}
    assert api("goals/repairs/", goal)["patience_seconds"] is None
    assert api("goals/")["results"][0]["queue"] == "repairs"
    days = {"site": "main", "since": "2026-11-23", "until": "2026-11-24"}
    assert api("requirements/compute/", days)["new"] == 1
    assert api("requirements/")["results"][0]["heads"] == 20
    [cell] = api("cover/?site=main&since=2026-11-23&until=2026-11-24&plan=draft")["results"]
    assert (cell["required"], cell["present"], cell["short"]) == (20, 0, 20)
    [gap] = api("cover/gaps/?site=main&since=2026-11-23&until=2026-11-24")["results"]
    assert gap["head_half_hours"] == 20
    assert Demand.objects.get().starts_at == at(9)
    api("demand/", {"queue": "repairs", "rows": [{"starts_at": AT, "calls": None}]})
    assert not Demand.objects.exists()
    assert QueueGoal.objects.exists()


def test_a_repeated_key_writes_once_and_wrong_rows_are_named(house, api):
    body = {"site": "main", "rows": [{"starts_at": AT, "heads": 3}]}
    first = api("requirements/", body, **{"Idempotency-Key": "k1"})
    assert api("requirements/", body, **{"Idempotency-Key": "k1"}) == first == {**first, "new": 1}
    for row in ({"starts_at": AT, "heads": -1}, {"starts_at": AT, "heads": 1, "skill": "cooking"}):
        api("requirements/", {"site": "main", "rows": [row]}, status=400)
    api(
        "requirements/",
        {"site": "main", "rows": [{"starts_at": "2026-11-23T09:10:00Z", "heads": 1}]},
        status=400,
    )
    api("demand/", {"queue": "repairs", "rows": [{"starts_at": AT, "calls": "1"}]}, status=400)
    assert Requirement.objects.count() == 1


def test_only_planners_write_and_agents_read_nothing(house, api):
    body = {"site": "main", "rows": []}
    api("requirements/", body, who=house.lead, status=403)
    api("requirements/", who=house.agent, status=403)
    api("cover/?site=main&since=2026-11-23&until=2026-11-24", who=house.agent, status=403)
    api("cover/?site=main&since=2026-11-23&until=2027-11-24", status=400)
    api("demand/", {"queue": "nowhere", "rows": []}, status=400)
    api("goals/%00/", {"share": "0.8", "within_seconds": 20, "shrinkage": "0", "occupancy": "1"}, status=404)
    api("cover/?site=main&since=0001-01-01&until=0001-01-02", status=400)
    api("requirements/compute/", {"site": "main", "since": "2026-11-23", "until": "2126-11-23"}, status=400)
    far = {"site": "main", "name": "x", "first": "9999-12-31", "last": "9999-12-31"}
    api("peaks/", far, status=400)


def test_peak_periods_are_made_changed_and_ended(house, api):
    made = api("peaks/", {"site": "main", **PEAK}, status=201)
    api("peaks/", {"site": "main", **PEAK}, status=409)
    assert api(f"peaks/{made['id']}/", {**PEAK, "last": "2098-12-20"})["last"] == "2098-12-20"
    assert api("peaks/")["results"][0]["id"] == made["id"]
    assert api(f"peaks/{made['id']}/end/", {}) == {"last": None}
    api(f"peaks/{made['id']}/", status=404)
    template = {"first_day": 1, "last_day": 15, "lunch_heads": 3, "weekend_heads": 2}
    assert api("peak-templates/main/", template) == template == api("peak-templates/main/")
    assert Peak.objects.filter(period__startswith__gte=date(2026, 11, 1)).exists()
    assert api("peak-templates/main/stop/", {}) == {"site": "main"}
    assert not PeakTemplate.objects.exists()


def test_a_forecast_is_begun_and_read(house, api):
    begun = api("forecasts/", {"queue": "repairs", "first": "2026-11-23", "days": 7}, status=202)
    assert api(f"forecasts/{begun['id']}/")["state"] == "waiting"
    api(f"forecasts/{begun['id']}/", who=house.regional, status=404)
    api(f"forecasts/{begun['id']}/write/", {}, status=404)
