"""Batches of calls over REST."""

import time

import pytest

from agents.models import Site
from callcenter.rest.scopes import Scope
from calls.models import Call
from tests.rest.conftest import error_of

BATCHES = "/api/v1/calls/batches/"


def call(number, **facts):
    return {
        "call_id": f"C-{number}",
        "entered_at": "2026-11-18T10:00:12.250+08:00",
        "outcome": "answered",
        "agent": "20401",
        "wait_seconds": 12,
        "talk_seconds": 180,
        **facts,
    }


def batch(*calls, source="acd", site="main"):
    return {"source": source, "site": site, "calls": list(calls)}


def told(answer):
    assert answer.status_code == 200, answer.content
    found = answer.json()
    return tuple(found[name] for name in ("new", "changed", "unchanged", "refused"))


def test_a_batch_counts_once_and_a_higher_revision_corrects(house, program):
    client = program()
    first = batch(call(1), call(2, outcome="abandoned", talk_seconds=0))
    assert told(client.send(BATCHES, first)) == (2, 0, 0, 0)
    assert told(client.send(BATCHES, first)) == (0, 0, 2, 0)
    assert told(client.send(BATCHES, batch(call(1, revision=1, talk_seconds=200)))) == (0, 1, 0, 0)
    one, two = Call.objects.order_by("call_id")
    assert (one.agent, one.team, one.talk_seconds) == (house.agent, house.team, 200)
    assert (two.outcome, two.talk_seconds, one.entered_at.isoformat()) == (
        "abandoned",
        None,
        "2026-11-18T02:00:12+00:00",
    )


def test_what_cannot_be_taken_is_named_and_the_rest_is_stored(program):
    client = program()
    wrong = [
        call(2, entered_at="2026-11-18T10:00:12"),
        call(3, outcome="abandoned"),
        call(4, satisfaction=9),
        call(5, waits=1),
        "no call",
        None,
        call(1, talk_seconds=1),
    ]
    answer = client.send(BATCHES, batch(call(1), *wrong))
    assert told(answer) == (1, 0, 0, 7)
    errors = answer.json()["errors"]
    assert [(error["row"], error["field"], error["code"]) for error in errors] == [
        (2, "entered_at", "offset"),
        (3, "talk_seconds", "invalid"),
        (4, "satisfaction", "max_value"),
        (5, "waits", "unknown"),
        (6, None, "invalid"),
        (7, None, "null"),
        (8, "talk_seconds", "conflict"),
    ]
    assert all(error["message"] and error["mend"] for error in errors if error["field"])
    assert Call.objects.get().call_id == "C-1"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"site": "nowhere"}, "site"),
        ({"source": ""}, "source"),
        ({"calls": []}, "calls"),
        ({"calls": [{}] * 5001}, "calls"),
        ({"calls": {}}, "calls"),
    ],
)
def test_a_batch_that_is_none_is_refused_as_a_whole(program, sent, field):
    answer = program().send(BATCHES, batch(call(1)) | sent)
    assert (answer.status_code, error_of(answer)[2]) == (400, field)


def test_who_may_not_bring_in_calls_of_a_site_may_not_over_rest(house, program):
    assert error_of(program(scopes=[Scope.CALLS_READ]).send(BATCHES, batch(call(1))))[1] == "missing_scope"
    assert program(house.agent).send(BATCHES, batch(call(1))).status_code == 403
    Site.objects.create(code="far", name="Far", calendar=house.site.calendar)
    assert error_of(program().send(BATCHES, batch(call(1), site="far")))[0] == 400
    assert program().send(BATCHES, batch(call(1))).status_code == 200
    elsewhere = program(house.administrator).send(BATCHES, batch(call(2), site="far"))
    assert error_of(elsewhere)[::2] == (409, "source")


def test_a_repeated_key_gets_the_first_answer(program):
    client = program()
    first, again = (client.send(BATCHES, batch(call(1)), **{"Idempotency-Key": "b-1"}) for _time in range(2))
    assert told(first) == told(again) == (1, 0, 0, 0)
    assert again["Idempotency-Replayed"] == "true"


def test_five_thousand_calls_are_one_batch(program):
    client, began = program(), time.monotonic()
    assert told(client.send(BATCHES, batch(*map(call, range(5000))))) == (5000, 0, 0, 0)
    assert time.monotonic() - began < 10
