"""The check: what a machine without a browser is told, and what the exit code says."""

import sys

import pytest

from devtools import browser, check


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """A machine whose PATH holds nothing: no browser, and no apt-get to bring one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("bare_machine")
def test_missing_browser_is_named_and_the_tests_are_skipped_aloud(capsys):
    assert "Chromium" in browser.missing()
    assert check.browser_trouble() == ""

    said = capsys.readouterr().out
    assert "SKIPPED" in said
    assert "apt-get install chromium" in said


@pytest.mark.usefixtures("bare_machine")
def test_missing_browser_fails_continuous_integration(monkeypatch):
    monkeypatch.setenv("CI", "true")

    assert "apt-get install chromium" in check.browser_trouble()


def test_named_browser_is_taken(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/browser")

    assert browser.find_chromium() == "/opt/browser"


def test_step_passes_as_its_command_exits():
    assert check.Step("good", (sys.executable, "-c", "")).passes()
    assert not check.Step("bad", (sys.executable, "-c", "raise SystemExit(3)")).passes()


def test_step_hands_its_variables_on():
    asks = "import os; raise SystemExit(os.environ['CALLCENTER_EMBEDDED'] != '0')"

    assert check.Step("production", (sys.executable, "-c", asks), check.PRODUCTION).passes()


def test_quick_check_leaves_the_browser_and_slow_tests_out():
    steps = check.steps(quick=True, coverage=False, pytest_arguments=["-x"])

    assert "browser" not in [step.name for step in steps]
    assert steps[-1].work[-3:] == ("-m", "not browser and not slow", "-x")


def test_templates_are_ours_alone():
    found = check.templates()

    assert "templates/base.html" in found
    assert not [path for path in found if path.startswith((".venv", "node_modules"))]
