"""How often one may ask."""

import pytest
from django.test import Client

from tests.rest.conftest import Program, error_of

SITES, COMPLAINTS = "/api/v1/sites/", "/api/v1/complaints/"


@pytest.fixture(autouse=True)
def _few(settings):
    settings.API_REQUESTS_A_MINUTE = {"read": 3, "write": 1, "stranger": 2}


def test_each_answer_says_what_is_left_and_the_last_one_how_long_to_wait(program):
    client = program()
    answers = [client.get(SITES) for _one in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer["RateLimit-Limit"] for answer in answers} == {"3"}
    assert error_of(answers[-1]) == (429, "too_many_requests", None)
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_reading_writing_tokens_and_sessions_are_counted_apart(house, program, sign_in):
    client, other = program(), program()
    for _one in range(3):
        client.get(SITES)
    assert client.send(COMPLAINTS, {}).status_code == 400
    assert client.send(COMPLAINTS, {}).status_code == 429
    assert other.get(SITES).status_code == 200
    assert sign_in(house.supervisor).get(SITES).status_code == 200


def test_whoever_guesses_tokens_is_stopped_by_address(db):
    guesses = [Program(f"hd_{number}").get(SITES).status_code for number in range(2)]
    assert [*guesses, Client().get(SITES).status_code] == [401, 401, 429]
    assert Client(REMOTE_ADDR="192.0.2.7").get(SITES).status_code == 401
