"""The bulletin over REST."""

import pytest
from django.utils import timezone

from callcenter.rest.scopes import Scope
from floor import services
from floor.models import Reading
from tests.rest.conftest import error_of

BULLETIN = "/api/v1/bulletin/"


@pytest.fixture
def post(house):
    return services.publish_post(
        actor=house.service_manager,
        author=house.service_manager,
        title="Waiting words",
        text="After ten seconds.",
        now=timezone.now(),
    )


def test_a_program_lists_reads_and_confirms(house, program, post):
    client = program(house.agent)
    (row,) = client.get(BULLETIN, {"view": "for_me", "q": "waiting"}).json()["results"]
    assert (row["number"], row["read_at"]) == (post.pk, None)
    one = client.get(f"{BULLETIN}{post.pk}/").json()
    assert (one["text"], one["read_by"], one["people"]) == (post.text, 0, 7)
    assert not Reading.objects.exists()
    marked = [client.send(f"{BULLETIN}{post.pk}/read/", {}).json() for _again in range(2)]
    assert marked[0] == marked[1]
    assert marked[0]["read_by"] == Reading.objects.count() == 1


def test_reading_needs_its_scope_and_confirming_the_other(house, program, post):
    client = program(house.agent, scopes=[Scope.FLOOR_READ])
    assert client.get(BULLETIN).status_code == 200
    assert error_of(client.send(f"{BULLETIN}{post.pk}/read/", {}))[:2] == (403, "missing_scope")
    assert client.get(f"{BULLETIN}{post.pk}0/").status_code == 404
