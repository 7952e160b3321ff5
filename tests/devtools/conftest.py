"""What the tests of the commands share."""

import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def folder():
    """A folder with a space that PostgreSQL's account can reach; pytest's own is closed to it under root."""
    path = Path(tempfile.mkdtemp(prefix="callcenter test "))
    yield path
    shutil.rmtree(path)
