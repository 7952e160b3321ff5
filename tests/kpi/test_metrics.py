"""The registry."""

import re

from django.utils import translation

from kpi import words
from kpi.board import COLUMNS, shown
from kpi.charts import HEADS
from kpi.indicators import INDICATORS
from kpi.metrics import METRICS, REGISTRY
from tests.kpi.figures import METRICS as WANTED


def test_every_metric_is_there_once():
    assert len(REGISTRY) == len(METRICS)


def test_every_metric_says_what_it_is():
    for metric in METRICS:
        assert re.fullmatch(r"[a-z0-9_]+", metric.key)
        assert str(metric.name)
        assert str(metric.formula)
        assert metric.unit in {"calls", "share", "seconds", "rating", "days", "people", "calls a day"}


def test_every_share_has_something_to_divide_by():
    assert all(metric.denominator is not None for metric in METRICS if metric.unit == "share")


def test_metrics_of_pages_and_of_the_real_data_are_in_the_registry():
    pages = {key for indicator in INDICATORS.values() for key in shown(indicator)}
    assert {*pages, *WANTED} <= REGISTRY.keys()
    assert tuple(HEADS) == COLUMNS


def test_rules_on_which_houses_differ_have_a_version():
    named = [metric.rule for metric in METRICS if metric.rule]
    assert named
    assert all(re.search(r"version \d+$", str(rule)) for rule in named)


def test_target_is_asked_of_the_value_as_it_is_shown():
    metric = REGISTRY["calls_per_agent_day"]
    assert (metric.on_target(69.96), words.shown(metric.key, 69.96)) == (True, "70.0")
    assert metric.on_target(69.94) is False


def test_names_are_read_in_the_language_of_the_reader():
    with translation.override("en"):
        assert str(REGISTRY["service_level_20"].name) == "Service level within 20 s"
