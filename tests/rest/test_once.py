"""A request that is sent twice is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from callcenter.rest import once
from callcenter.rest.models import KeptAnswer
from callcenter.tokens import services
from complaints.models import Complaint
from tests.rest.conftest import Program, error_of

COMPLAINTS = "/api/v1/complaints/"
KEY = {"Idempotency-Key": "order-1"}


def test_the_same_key_gets_the_first_answer_and_nothing_is_done_again(program, new_complaint):
    client = program()
    first, again = (client.send(COMPLAINTS, new_complaint, **KEY) for _one in range(2))
    assert first.status_code == again.status_code == 201
    assert (first.content, first["Location"]) == (again.content, again["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert Complaint.objects.count() == 1


def test_a_refusal_is_an_answer_too(house, program):
    complaint = house.complaint(now=timezone.now())
    client, address = program(house.regional), f"{COMPLAINTS}{complaint.reference}/resolve/"
    first, again = (client.send(address, {"solution": "Paid back."}, **KEY) for _one in range(2))
    assert error_of(first)[0] == 403
    assert first.content == again.content


def test_the_same_key_with_another_body_is_refused(program, new_complaint):
    client = program()
    client.send(COMPLAINTS, new_complaint, **KEY)
    answer = client.send(COMPLAINTS, {**new_complaint, "tier": 2}, **KEY)
    assert error_of(answer) == (422, "idempotency_mismatch", "Idempotency-Key")
    assert Complaint.objects.count() == 1


def test_keys_belong_to_one_token_and_hold_for_a_day(program, new_complaint):
    client, other = program(), program()
    client.send(COMPLAINTS, new_complaint, **KEY)
    other.send(COMPLAINTS, new_complaint, **KEY)
    assert Complaint.objects.count() == 2
    KeptAnswer.objects.update(at=timezone.now() - timedelta(hours=24, seconds=1))
    client.send(COMPLAINTS, new_complaint, **KEY)
    assert Complaint.objects.count() == 3
    assert once.forget(now=timezone.now()) == 1
    assert KeptAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "订单"])
def test_a_key_must_be_a_short_visible_text(program, new_complaint, key):
    answer = program().send(COMPLAINTS, new_complaint, **{"Idempotency-Key": key.encode().decode("latin-1")})
    assert error_of(answer) == (400, "invalid", "Idempotency-Key")


def test_what_fails_unforeseen_leaves_nothing_and_may_be_tried_again(program, new_complaint):
    client = program()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO lost")
        answer = client.send(COMPLAINTS, new_complaint, **KEY)
        assert error_of(answer)[0] == 500
        cursor.execute("ALTER TABLE lost RENAME TO audit_entry")
    assert (Complaint.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert client.send(COMPLAINTS, new_complaint, **KEY).status_code == 201


def test_while_the_first_runs_a_second_one_is_told_so(committed_house):
    house = committed_house
    now = timezone.now()
    complaint = house.complaint(now=now)
    _token, secret = services.make_token(
        actor=house.administrator,
        client="Wallboard",
        purpose="Test",
        person=house.supervisor,
        scopes=["complaints:write"],
        days=1,
        now=now,
    )
    address = f"{COMPLAINTS}{complaint.reference}/respond/"

    def respond():
        try:
            return Program(secret).send(address, {"note": "We look into it."}, **KEY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            # The first request waits for this lock, so that the second surely comes while it runs.
            Complaint.objects.select_for_update().get(pk=complaint.pk)
            at_once = [threads.submit(respond) for _one in range(2)]
            while not any(request.done() for request in at_once):
                pass
        answers = sorted((request.result() for request in at_once), key=lambda answer: answer.status_code)
    assert answers[0].status_code == 200
    assert error_of(answers[1]) == (409, "in_flight", "Idempotency-Key")
    assert respond().content == answers[0].content


def posts(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from posts(entry)
        elif isinstance(entry, URLPattern) and hasattr(getattr(entry.callback, "cls", None), "reads"):
            yield getattr(entry.callback.cls, "post", None)


# Its answer holds a secret that is shown once, and the answers of acts are kept.
SECRET = {"CalendarApi.post"}


def test_every_post_can_be_sent_twice():
    found = [handler for handler in posts(get_resolver()) if handler]
    assert len(found) >= 4
    assert {one.__qualname__ for one in found if not hasattr(one, "__wrapped__")} == SECRET
