"""What the tests of complaints share."""

import pytest
from django.utils import timezone


@pytest.fixture
def real_now():
    """Return the current instant: pages read the clock of the machine."""
    return timezone.now()
