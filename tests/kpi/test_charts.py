"""Rows of figures as a page shows them."""

import pytest

from kpi import charts


def row(label, offered, rate, interval="", p90=60):
    return {
        "group": label, "label": label, "interval": interval, "offered": offered, "answered": offered,
        "abandoned": 0, "answer_rate": rate, "speed_of_answer_mean": 30, "speed_of_answer_p90": p90,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("offered", 5000, "5,000"),
        ("answer_rate", 0.8108, "81.1\N{NO-BREAK SPACE}%"),
        ("talk_time_mean", 224.9228, "3:45"),
        ("satisfaction_mean", 3.403552, "3.40"),
        ("satisfaction_mean", None, "–"),
    ],
)
def test_figure_is_written_by_its_unit(key, value, text):
    assert charts.shown(key, value) == text


@pytest.mark.parametrize(
    ("interval", "label", "head"),
    [(9, "", "09:00"), ("Mon", "", "Mon"), ("2021-01", "", "2021-01"), ("", "Becky", "Becky"), ("", "", "–")],
)
def test_row_is_headed_by_its_interval_or_its_group(interval, label, head):
    assert charts.head(row(label, 1, 1, interval)) == head


def test_lowest_rate_is_named_among_rows_with_calls_enough():
    rows = [row("few", 3, 0.1), row("low", 40, 0.7), row("high", 50, 0.9)]
    assert charts.worst_rate(rows).startswith("Lowest: low")
    assert charts.worst_rate(rows[:2]) == ""


def test_longest_wait_is_named_among_rows_with_calls_enough():
    rows = [row("few", 3, 1, p90=500), row("slow", 40, 1, p90=90), row("quick", 40, 1)]
    assert charts.slowest(rows) == "Longest: slow, nine calls in ten were answered within 1:30."
    assert charts.slowest(rows[:2]) == ""


def test_busiest_row_is_named():
    assert charts.busiest([row("a", 3, 1), row("b", 5, 1)]) == "Most: b, 5 calls."
    assert charts.busiest([]) == ""


def test_bars_of_rates_are_in_per_cent_and_leave_gaps():
    chart = charts.rates([row("a", 3, 0.5), row("b", 0, None)])
    assert chart["x"] == ["a", "b"]
    assert chart["series"][0]["values"] == [50.0, None]


def test_bars_of_waits_are_of_those_who_answered_most():
    rows = [row(str(number), number, 1) for number in range(40)]
    assert charts.waits(rows)["x"] == [str(number) for number in range(39, 14, -1)]
