"""The benchmark command: what it measures, what decides, and how it says so."""

import json
import time

import pytest

from benchmarks import runner


@pytest.fixture
def bench():
    made = runner.Bench(rounds=3, sizes={"rows": 5}, servers=None)
    made.begin("mine")
    return made


def nap(milliseconds):
    return lambda: time.sleep(milliseconds / 1000)


def test_compare_slower_product_reports_its_ratio_and_misses_the_goal(bench):
    figure = bench.compare("nap", product=nap(30), limit=nap(10), unit="ms", goal=2.0)

    assert figure.name == "mine.nap"
    assert figure.value == pytest.approx(30, rel=0.3)
    assert figure.ratio == pytest.approx(3, rel=0.4)
    assert figure.met is False


def test_compare_throughput_wants_the_ratio_at_least(bench):
    figure = bench.compare(
        "rows", product=nap(20), limit=nap(20), unit="/s", goal=0.5, better="higher", per=100
    )

    assert figure.value == pytest.approx(5000, rel=0.3)
    assert figure.met is True


def test_compare_of_work_that_uses_its_data_up_prepares_every_single_call(bench):
    store = []

    figure = bench.compare(
        "pop", product=store.pop, limit=store.pop, unit="s", goal=1e9, before=lambda: store.append(1)
    )

    assert figure.met is True
    assert store == []


def test_compare_of_quick_work_divides_by_the_pieces_of_a_call(bench):
    figure = bench.compare("naps", product=nap(20), limit=nap(20), unit="ms", goal=2, per=10)

    assert figure.value == pytest.approx(2, rel=0.3)


def test_report_prints_its_goal_and_decides_nothing(bench):
    figure = bench.report("build", 12.5, "ms", goal=10)

    assert (figure.goal, figure.met) == (10, None)
    assert "reported" in runner.table([figure])


def test_size_is_the_default_unless_the_command_line_says_otherwise(bench):
    assert (bench.size("rows", 100), bench.size("days", 100)) == (5, 100)


def test_unknown_benchmark_is_refused_with_the_list(capsys):
    assert runner.main(["no_such_thing"]) == 2

    assert "no_such_thing" in capsys.readouterr().err


def test_figures_as_json_are_one_object_a_line(bench, capsys):
    bench.report("build", 12.5, "ms")

    runner.show(bench.figures, as_json=True)

    assert json.loads(capsys.readouterr().out) == {
        "name": "mine.build",
        "value": 12.5,
        "unit": "ms",
        "limit": None,
        "ratio": None,
        "goal": None,
        "met": None,
    }
