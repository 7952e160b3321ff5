"""Tests marked `browser` are skipped, with the reason, where no browser is; with CI=true that is an error instead."""

import os

import pytest

from devtools import browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests where the machine cannot run them."""
    marked = [item for item in items if item.get_closest_marker("browser")]
    names = browser.missing() if marked else []
    if not names:
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(browser.how_to_install(names))
    for item in marked:
        item.add_marker(pytest.mark.skip(reason=browser.how_to_install(names)))
