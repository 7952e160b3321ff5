"""Figures in words, and the sentences that say what stands out."""

import pytest

from kpi import words
from tests.kpi.rows import board, handled, row


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("offered", 5000, "5,000"),
        ("agents", 19, "19"),
        ("answer_rate", 0.8108, "81.1\N{NO-BREAK SPACE}%"),
        ("talk_time_mean", 224.9228, "3:45"),
        ("satisfaction_mean", 3.403552, "3.40"),
        ("calls_per_agent_day", 73.96, "74.0"),
        ("satisfaction_mean", None, "–"),
    ],
)
def test_figure_is_written_by_its_unit(key, value, text):
    assert words.shown(key, value) == text


def test_state_counts_who_meets_the_target_and_compares_with_before():
    groups = [handled("slow", 392), handled("few", 900, offered=3), handled("quick", 240), row("")]
    found = board(groups, before=row(handle_time_p90=250))
    assert words.state(found, 28) == (
        "Teams: 1 of 2 meet the target of 5:00. Handle time (p90): 4:40, 30 s more than in the 28 days before."
    )


def test_state_without_a_target_or_a_past_says_less():
    found = board([row("a", answer_rate=0.9)], measure="answer_rate", total=row(answer_rate=0.9))
    assert words.state(found, 28) == ""
    past = board([], measure="answer_rate", total=row(answer_rate=0.9), before=row(answer_rate=0.921))
    assert (
        words.state(past, 7)
        == "Answer rate: 90.0\N{NO-BREAK SPACE}%, 2.1 points less than in the 7 days before."
    )


def test_worst_group_is_named_among_those_with_calls_enough():
    groups = [handled("few", 900, offered=3), handled("slow", 392), handled("quick", 240)]
    assert (
        words.where(board(groups))
        == "<b>slow: one in ten takes over 6:32</b>, target 5:00. Half stay under 3:16."
    )
    assert words.where(board(groups[:2])) == ""


def test_calls_of_nobody_are_not_compared():
    groups = [row("a", answer_rate=0.7), row("b", answer_rate=0.9), row("", answer_rate=0.0, offered=500)]
    found = board(groups, measure="answer_rate", total=row(answer_rate=0.8))
    assert words.where(found) == "<b>a: 70.0\N{NO-BREAK SPACE}%</b>, all together 80.0\N{NO-BREAK SPACE}%."
    assert [one["label"] for one in found.compared] == ["a", "b"]
    assert found.unclaimed == 500


def days(label, values):
    return [
        row(label, interval=f"2026-03-{day:02}", handle_time_p90=value) for day, value in enumerate(values, 1)
    ]


def test_group_of_the_chart_that_changed_most_of_late_is_named():
    rows = [
        *days("steady", [240] * 14),
        *days("worse", [240] * 7 + [360] * 7),
        *days("quick", [60] * 7 + [200] * 7),
        *days("", [60] * 7 + [600] * 7),
    ]
    drawn = [handled(name, 300) for name in ("worse", "steady", "a", "b", "c")]
    found = board([*drawn, handled("quick", 200)], lasting=rows)
    assert words.lasting(found) == "<b>worse gets worse: 6:00 of late</b>, usually 4:00 before."
    assert words.lasting(board(drawn, lasting=days("steady", [240] * 14))).startswith("Steady")
    assert words.lasting(board(drawn, lasting=days("worse", [240] * 7))) == ""


def test_worst_hour_of_the_week_is_named_among_those_with_calls_enough():
    rows = [
        row(interval="Tue 10:30", answer_rate=0.71, offered=40),
        row(interval="Wed 10:30", answer_rate=0.10, offered=2),
        row(interval="Thu 10:30", answer_rate=0.90, offered=40),
    ]
    indicator = board([], measure="answer_rate").indicator
    assert words.when(rows, indicator, 0.84, None) == (
        "<b>Tue 10:30: 71.0\N{NO-BREAK SPACE}%</b>, all together 84.0\N{NO-BREAK SPACE}%."
    )
    assert words.when(rows[1:2], indicator, 0.84, None) == ""
    assert words.when(rows[:1], indicator, 0.71, None) == ""
