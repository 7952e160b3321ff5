"""What takes long goes first, so that no worker of a parallel run is left alone with it at the end.

Tests that commit come after all others whatever they take: they leave the database empty (pytest-django orders them so).
"""

import pytest

COMMITTING = {"transactional_db", "django_db_serialized_rollback", "live_server"}


def commits(item: pytest.Item) -> bool:
    """Say whether the test writes for other connections to see."""
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and bool(marker.kwargs.get("transaction"))
    return asked or not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow ones before the others of their group."""
    items.sort(key=lambda item: (commits(item), item.get_closest_marker("slow") is None))
