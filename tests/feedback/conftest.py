"""Two departments with their owners, and an item that an agent wrote to one of them."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from agents.models import Department
from callcenter.access import Role
from feedback import services
from feedback.enums import Category
from feedback.models import Item
from tests.house import House

TEXT = "My headset crackles since Monday."
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


@pytest.fixture
def departments(house: House) -> Departments:
    """Return the departments of the house."""
    return Departments(house)


@pytest.fixture
def submit(house: House, departments: Departments):
    """Return a function that submits an item; the agent's to IT unless it says otherwise."""

    def submit(now: datetime, **more) -> Item:
        facts = {"actor": house.agent, "department": departments.it, "category": Category.TOOLS, **more}
        return services.submit_item(subject="Headset", text=TEXT, now=now, **facts)

    return submit
