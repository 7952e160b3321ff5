"""The centre that tests of key figures work in."""

import pytest

from tests.calls.centre import build


@pytest.fixture
def centre(db):
    return build()
