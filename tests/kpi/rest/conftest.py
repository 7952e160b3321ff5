"""Calls that are counted, and a program that asks for the figures."""

import pytest

from kpi.services import rollups


@pytest.fixture
def count():
    """Return a function that counts every call into the roll-ups, as the worker does after an import."""

    def count_all():
        rollups.rebuild()
        rollups.refresh_all()

    return count_all
