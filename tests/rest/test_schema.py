"""The OpenAPI description is valid, complete and true."""

import json

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from callcenter.rest.documentation import described, operations
from callcenter.rest.scopes import Scope
from callcenter.wsgi import application

# What a schema cannot say (a day that comes before another, a work number that nobody has) is refused as well.
UNSAYABLE = [checks.negative_data_rejection, checks.positive_data_acceptance]
EXAMPLES, OF_AN_ACT = 12, 3
"""The acts on a complaint are one view, made for each."""
BROAD, NARROW = Scope.values, [Scope.WORKTIME_READ]


def test_the_schema_is_valid_and_nothing_in_it_is_guessed(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yml"))


def test_every_operation_has_words_an_example_and_says_how_it_refuses():
    for operation in operations(described("en")):
        assert operation.summary, operation.path
        assert operation.example, operation.path
        assert {"400", "401", "403", "429"} <= {status for status, _words in operation.answers}
        assert "scope" in operation.words


def answered_whole(environ, start_response):
    """Answer as a server does, which closes the file that it has sent; the client of this tool does not."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@pytest.fixture
def _one_connection():
    """Keep the test's connection open over requests that do not come from Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("scopes", [BROAD, NARROW], ids=["broad", "narrow"])
def test_every_answer_to_made_up_requests_is_as_described(house, program, settings, scopes, mode):
    settings.API_REQUESTS_A_MINUTE = dict.fromkeys(settings.API_REQUESTS_A_MINUTE, 10**6)
    complaint = house.complaint(now=timezone.now())
    headers = {"Authorization": program(scopes=scopes).defaults["HTTP_AUTHORIZATION"]}
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(described("en"))))
    schema.app = answered_whole
    for found in schema.get_all_operations():
        operation = found.ok()
        is_act = operation.method == "post" and "{reference}" in operation.path
        examples = OF_AN_ACT if is_act else EXAMPLES
        _try(operation, mode, headers, complaint.reference, examples)


def _try(operation, mode, headers, reference, examples):

    @hypothesis_settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=strategies.booleans())
    def call(case, real):
        if real and "reference" in case.path_parameters:
            case.path_parameters["reference"] = reference
        case.call_and_validate(headers=headers, excluded_checks=UNSAYABLE)

    call()
