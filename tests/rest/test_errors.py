"""Every refusal over REST has one shape, and says how to mend it."""

import pytest
from django.db import connection
from django.test import override_settings

from tests.rest.conftest import error_of

COMPLAINTS = "/api/v1/complaints/"


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("tier=9", "invalid_choice", "tier"),
        ("site=nowhere", "invalid_choice", "site"),
        ("team=99999999999999999999", "invalid_choice", "team"),
        ("handler=nobody", "unknown", "handler"),
        ("received_from=yesterday", "invalid", "received_from"),
        ("teir=1", "unknown", "teir"),
        ("format=json", "unknown", "format"),
        ("q=a%00b", "invalid", "q"),
        ("ordering=handler", "unknown", "ordering"),
        ("view=all", "unknown", "view"),
        ("limit=0", "invalid", "limit"),
        ("limit=501", "invalid", "limit"),
        ("limit=%D9%A3", "invalid", "limit"),
        ("cursor=cD14", "invalid", "cursor"),
    ],
)
def test_a_parameter_that_is_not_understood_is_refused_by_name(program, query, code, field):
    assert error_of(program().get(f"{COMPLAINTS}?{query}")) == (400, code, field)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "parse_error"),
        (b"\xff\xfe", "parse_error"),
        (b"[" * 100_000, "parse_error"),
        (b"[]", "parse_error"),
        (b'{"tier": NaN}', "parse_error"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(program, body, code):
    assert error_of(program().send(COMPLAINTS, body)) == (400, code, None)


def test_every_wrong_field_is_named_at_once(program):
    errors = program().send(COMPLAINTS, {"tier": 9, "site": "nowhere"}).json()["errors"]
    assert {(error["field"], error["code"]) for error in errors} == {
        ("customer_name", "required"),
        ("channel", "required"),
        ("subject", "required"),
        ("account", "required"),
        ("tier", "invalid_choice"),
        ("site", "does_not_exist"),
    }
    assert all(error["mend"] for error in errors)


def test_the_wrong_kind_of_body_method_or_answer_is_refused(program):
    client = program()
    assert error_of(client.post(COMPLAINTS, {"a": "b"}))[:2] == (415, "unsupported_media_type")
    answer = client.delete(COMPLAINTS)
    assert error_of(answer)[:2] == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD, POST"
    assert error_of(client.options(COMPLAINTS))[:2] == (405, "method_not_allowed")
    assert error_of(client.get(COMPLAINTS, headers={"Accept": "text/html"}))[:2] == (406, "not_acceptable")


def test_what_is_not_there_is_not_found(program):
    client = program()
    assert error_of(client.get("/api/v1/nothing/"))[:2] == (404, "not_found")
    assert error_of(client.get(f"{COMPLAINTS}C-2026-999999/"))[:2] == (404, "not_found")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_body_that_is_too_large_is_not_read(program, new_complaint):
    answer = program().send(COMPLAINTS, {**new_complaint, "account": "x" * 2000})
    assert error_of(answer)[:2] == (413, "too_large")


def test_what_nobody_foresaw_is_a_500_in_the_same_shape(program):
    client = program()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE complaints_complaint RENAME TO lost")
    answer = client.get("/api/v1/worktime/due/", {"received_at": "2026-11-18T10:00", "policy": "none"})
    assert answer.status_code != 500
    assert error_of(client.get(COMPLAINTS))[:2] == (500, "server_error")
