"""Departments, and employees whose browsers hold tokens."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.anonymity import batch, blind
from feedback.models import Item
from tests.feedback.anonymity.browser import get_tokens, new_code, post


@pytest.fixture
def now():
    """Return the instant at which the views believe to be: the real one."""
    return timezone.now()


@pytest.fixture
def token(house, departments, now):
    """Return a fresh token of the agent."""
    return get_tokens(house.agent, 1, now=now)[0]


@pytest.fixture
def written(house, departments, now):
    """Return an item that went the whole way, from a token through the intake to the board, and its code."""

    def written(**more) -> tuple[Item, str]:
        code = new_code()
        answer = post(get_tokens(house.agent, 1, now=now)[0], code=code, department=departments.it, **more)
        assert answer.status_code == 202, answer.content
        known = set(Item.objects.values_list("pk", flat=True))
        batch.release_batches(now=now + timedelta(days=20))
        return Item.objects.exclude(pk__in=known).get(), code

    return written


@pytest.fixture(scope="session")
def made_keys():
    """Return some keys, since to find primes takes longest of all."""
    return [blind.make_key() for _key in range(3)]


@pytest.fixture(autouse=True)
def _quick_keys(made_keys, monkeypatch):
    """Give every test the same keys, one after the other."""
    ready = itertools.cycle(made_keys)
    monkeypatch.setattr(blind, "make_key", lambda: next(ready))
