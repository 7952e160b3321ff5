"""Deadlines over REST."""

from urllib.parse import urlencode

import pytest

from agents.models import Site, User
from callcenter.worktime.enums import Mode
from tests.factories.worktime import CalendarFactory, PolicyFactory, RoundTheClockFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/worktime/due/"
RECEIVED = "2026-02-13T10:00:00+08:00"


@pytest.fixture
def get(client):
    site = Site.objects.create(code="hq", name="Headquarters", calendar=CalendarFactory())
    client.force_login(User.objects.create(work_number="1001", name="Wang Fang", site=site))

    def ask(query=None, **parameters):
        return client.get(f"{ADDRESS}?{query or urlencode(parameters)}")

    return ask


def refusal(response):
    (error,) = response.json()["errors"]
    return response.status_code, error["field"]


def test_due_of_a_policy_is_answered_in_utc_with_what_it_was_counted_with(get):
    response = get(received_at=RECEIVED, policy="two_working_days")
    assert response.status_code == 200
    assert response.json() == {
        "due": "2026-02-24T09:30:00Z",
        "provisional": False,
        "policy": "two_working_days",
        "calendar": "CN",
    }


def test_deadline_in_an_unpublished_year_is_provisional(get):
    answer = get(received_at="2026-12-31T10:00:00+08:00", policy="two_working_days").json()
    assert (answer["due"], answer["provisional"]) == ("2027-01-05T09:30:00Z", True)


def test_seconds_of_the_receipt_are_kept(get):
    answer = get(received_at="2026-11-20T17:10:07+08:00", policy="thirty_working_minutes").json()
    assert answer["due"] == "2026-11-23T00:40:07Z"


def test_calendar_named_goes_before_the_policys_own_and_that_before_the_default(get):
    own, other = CalendarFactory(), RoundTheClockFactory()
    policy = PolicyFactory(mode=Mode.WORKING_SECONDS, amount=60, calendar=own)
    assert get(received_at=RECEIVED, policy=policy.code).json()["calendar"] == own.code
    answer = get(received_at="2026-02-15T00:00:00Z", policy=policy.code, calendar=other.code).json()
    assert (answer["calendar"], answer["due"]) == (other.code, "2026-02-15T00:01:00Z")


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-02-13T10:00:00+08:00",  # the plus arrives as a space
        "2026-02-13T10:00:00%2B08:00",
        "2026-02-13%2010:00:00+0800",
        "2026-02-13T02:00:00Z",
        "2026-02-13T10:00",
        "2026-02-13+10:00",
    ],
)
def test_receipt_may_be_written_as_people_write_it(get, stamp):
    response = get(f"received_at={stamp}&policy=two_working_days")
    assert response.json()["due"] == "2026-02-24T09:30:00Z"


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"policy": "two_working_days"}, "received_at"),
        ({"received_at": RECEIVED}, "policy"),
        ({"received_at": "yesterday", "policy": "two_working_days"}, "received_at"),
        ({"received_at": RECEIVED, "policy": "none"}, "policy"),
        ({"received_at": RECEIVED, "policy": "two_working_days", "calendar": "none"}, "calendar"),
        ({"received_at": RECEIVED, "policy": "two_working_days", "calender": "CN"}, "calender"),
        ({"received_at": "1066-10-14T09:00:00Z", "policy": "two_working_days"}, "received_at"),
    ],
)
def test_bad_parameter_is_refused_by_name(get, parameters, field):
    assert refusal(get(**parameters)) == (400, field)


def test_stranger_is_asked_to_sign_in(client):
    response = client.get(ADDRESS, {"received_at": RECEIVED, "policy": "two_working_days"})
    assert response.status_code == 401
    assert response.json()["errors"]
