"""The centre that tests of calls work in."""

import pytest

from tests.calls.centre import build


@pytest.fixture
def centre(db):
    return build()
