"""Posts on the bulletin of the house."""

from datetime import date

import pytest

from floor import services
from floor.models import Post

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def publish(house):
    """Return a function that publishes a post; the service manager's for everybody unless it says otherwise."""

    def publish(now, *, author=None, **facts) -> Post:
        author = author or house.service_manager
        facts = {"title": "Waiting words", "text": "After ten seconds.", **facts}
        return services.publish_post(actor=author, author=author, now=now, **facts)

    return publish
