"""Targets over REST: the same rules as the pages."""

import pytest

from callcenter.rest.scopes import Scope
from kpi.models import Target
from tests.rest.conftest import error_of, program

__all__ = ["program"]

TARGETS = "/api/v1/kpi/targets/"
WANTED = {"metric": "answer_rate", "value": 0.9, "since": "2026-03-01"}


def test_a_target_is_set_once_for_one_key_read_and_ended(house, program):
    client = program(house.service_manager, scopes=[Scope.KPI_READ, Scope.KPI_WRITE])
    body = WANTED | {"team": house.team.pk}
    made = [client.send(TARGETS, body, **{"Idempotency-Key": "rate"}) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    target = Target.objects.get()
    shown = made[0].json()
    assert (shown["id"], shown["team"], shown["queue"], shown["set_by"]) == (
        target.pk,
        house.team.pk,
        None,
        "3001",
    )
    assert client.get(f"{TARGETS}{target.pk}/").json() == shown
    ended = client.send(f"{TARGETS}{target.pk}/end/", {"last": "2026-03-31"})
    assert ended.json()["until"] == "2026-03-31"
    assert client.send(TARGETS, body | {"since": "2999-01-01"}).status_code == 201
    later = Target.objects.latest("pk")
    assert client.send(f"{TARGETS}{later.pk}/end/", {"last": "2998-01-01"}).json() == {"until": None}
    rows = client.get(f"{TARGETS}?metric=answer_rate&day=2026-03-31").json()["results"]
    assert [row["id"] for row in rows] == [target.pk]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"metric": "moon"}, "metric"),
        ({"value": 3}, "value"),
        ({"role": "agent"}, "role"),
        ({"until": "2026-02-01"}, "until"),
    ],
)
def test_what_is_wrong_is_named(house, program, wrong, field):
    answer = program(house.service_manager).send(TARGETS, WANTED | {"team": house.team.pk} | wrong)
    assert error_of(answer)[::2] == (400, field)


def test_a_supervisor_sets_no_target_of_the_centre_and_nobody_without_the_scope(house, program):
    assert error_of(program(house.supervisor).send(TARGETS, WANTED))[0] == 403
    reader = program(house.service_manager, scopes=[Scope.KPI_READ])
    assert error_of(reader.send(TARGETS, WANTED)) == (403, "missing_scope", None)
    assert program(house.administrator).get(TARGETS).status_code == 403
