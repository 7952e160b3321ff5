"""Departments with their owners, and what an agent writes to them: with a name, or out of the intake without one."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from agents.models import Department
from callcenter.access import Role
from callcenter.outbox import delivery
from callcenter.outbox.models import Message
from feedback import services
from feedback.enums import Addressee, Category, Kind
from feedback.models import Item
from tests.house import House

SUBJECT, TEXT = "Headset", "My headset crackles since Monday."
ANSWER = "A new one lies at your desk."
LONG_AGO = date(2026, 1, 1)


class Departments(SimpleNamespace):
    """IT with two owners, HR with one, a kitchen with none."""

    def __init__(self, house: House) -> None:
        it, hr, kitchen = (
            Department.objects.create(name=name, scope=scope)
            for name, scope in (("IT", "Headsets, lines"), ("HR", "Contracts, pay"), ("Kitchen", "Food"))
        )
        super().__init__(
            it=it,
            hr=hr,
            kitchen=kitchen,
            owner=house.person("7001", Role.DEPARTMENT_OWNER, scope=it),
            second=house.person("7002", Role.DEPARTMENT_OWNER, scope=it),
            stranger=house.person("7003", Role.DEPARTMENT_OWNER, scope=hr),
        )


@dataclass(frozen=True)
class Cleaned:
    """A file as the cleaning leaves it."""

    name: str = "photo.png"
    kind: str = "image/png"
    bytes: bytes = b"pixels"


def wish_for(department: Department | None, **more) -> services.Wish:
    """Return what somebody writes to a department, unless `more` says otherwise."""
    facts = {"kind": Kind.QUESTION, "addressee": Addressee.DEPARTMENT, "category": Category.TOOLS}
    return services.Wish(**{**facts, "subject": SUBJECT, "text": TEXT, "department": department, **more})


@pytest.fixture
def departments(house: House) -> Iterator[Departments]:
    """Return the departments of the house; afterwards every notice that the test caused is written once."""
    yield Departments(house)
    for row in Message.objects.order_by("template").distinct("template"):
        delivery.render(row)


@pytest.fixture
def wish(departments: Departments):
    """Return a function that makes a wish; to IT unless it says otherwise."""
    return lambda **more: wish_for(**{"department": departments.it, **more})


@pytest.fixture
def submit(house: House, wish):
    """Return a function that submits an item under the agent's name."""

    def submit(now: datetime, *, actor=None, files=(), **more) -> Item:
        return services.submit_item(actor=actor or house.agent, wish=wish(**more), files=files, now=now)

    return submit


@pytest.fixture
def admit(wish):
    """Return a function that lets an anonymous item out of the intake, with a receipt of its own."""

    def admit(now: datetime, *, receipt=None, files=(), day=None, **more) -> Item:
        return services.admit(
            wish=wish(**more),
            receipt=receipt or secrets.token_bytes(32),
            files=files,
            day=day or now.date(),
            now=now,
        )

    return admit


@pytest.fixture
def answered(departments: Departments):
    """Return a function that answers an item for IT and returns it fresh."""

    def answered(item: Item, now: datetime, *, actor=None, text=ANSWER) -> Item:
        services.answer_item(actor=actor or departments.owner, item_id=item.pk, text=text, now=now)
        return Item.objects.get(pk=item.pk)

    return answered
