"""A program with a token, which speaks JSON."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from callcenter.rest.scopes import Scope
from callcenter.tokens import services


class Program(Client):
    """A client that sends a token and JSON, and lets a 500 be an answer."""

    def __init__(self, secret: str, **kwargs) -> None:
        super().__init__(
            headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False, **kwargs
        )

    def send(self, path: str, body, **headers):
        return self.post(path, body, content_type="application/json", headers=headers)


@pytest.fixture
def program(house):
    """Return a function that makes a program acting for a person, by default with every scope."""

    def make(person=None, scopes=Scope.values, *, days=90, now=None):
        _token, secret = services.make_token(
            actor=house.administrator,
            client="Wallboard",
            purpose="Shows what is late",
            person=person or house.supervisor,
            scopes=scopes,
            days=days,
            now=now or timezone.now() - timedelta(minutes=1),
        )
        return Program(secret)

    return make


@pytest.fixture
def new_complaint(house):
    """Return what a program sends to record a complaint."""
    return {
        "customer_name": "Mr Liu",
        "contact": "13812345678",
        "channel": "telephone",
        "tier": 1,
        "site": house.site.code,
        "subject": "Charged twice",
        "account": "The visit was charged twice.",
    }


def error_of(answer):
    (error,) = answer.json()["errors"]
    assert set(error) == {"field", "code", "message", "mend"}
    assert error["message"]
    assert error["mend"]
    return answer.status_code, error["code"], error["field"]
