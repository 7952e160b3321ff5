"""Rows of figures as bars, lines, shades and a table."""

import pytest

from kpi import charts
from kpi.bars import MOST_BARS, ROOM, bars
from kpi.heat import heat
from kpi.indicators import INDICATORS
from kpi.models import Target
from kpi.spread import spread
from kpi.steps import Step, Steps
from tests.kpi.rows import board, handled, row

LIMIT = Target(metric="handle_time_p90", value=300)


def test_band_lies_between_its_percentiles_and_says_when_it_is_off_target():
    found = bars(board([handled("slow", 400), handled("quick", 240, offered=3)]))
    slow, quick = found.bars
    assert (slow.thin_at, slow.at, slow.end_at) == (11, 44, 88)
    assert slow.end_at == ROOM
    assert (slow.off, quick.off, slow.few, quick.few) == (True, False, False, True)
    assert (slow.median, slow.end, slow.title) == ("3:20", "6:40", "0:50 – 3:20 – 6:40")
    assert (found.target_at, found.target) == (66, "target 5:00")
    assert found.ticks[:2] == [(0, "0:00"), (pytest.approx(ROOM * 120 / 400), "2:00")]


def test_bar_of_a_share_begins_at_zero_and_a_hundred_per_cent_is_the_end():
    found = bars(board([row("a", answer_rate=0.5)], measure="answer_rate"))
    assert (found.bars[0].at, found.bars[0].width, found.bars[0].off) == (0, ROOM / 2, False)
    assert [text for _at, text in found.ticks] == [f"{n}\N{NO-BREAK SPACE}%" for n in (0, 25, 50, 75, 100)]
    assert found.target_at is None


def test_only_so_many_bars_are_drawn():
    found = bars(board([handled(str(n), 600 - n) for n in range(MOST_BARS + 4)]))
    assert (len(found.bars), found.more) == (MOST_BARS, 4)
    assert bars(board([])).bars == []


def test_worst_group_stands_out_among_the_lines():
    rows = [
        row(name, interval=f"2026-03-0{day}", handle_time_p90=300)
        for day in (1, 2)
        for name in ("a", "b", "")
    ]
    chart = charts.trend(board([handled("b", 400), handled("a", 300), row("")], lasting=rows))
    assert chart["x"] == ["1 Mar", "2 Mar"]
    assert [(line["name"], line["tone"], line["values"]) for line in chart["series"]] == [
        ("b", "risk", [300, 300]),
        ("a", "c2", [300, 300]),
    ]
    assert (chart["unit"], chart["target"], chart["target_label"]) == ("s", [300, 300], "target 5:00")


def test_all_are_one_line_where_groups_are_too_many():
    rows = [row(interval="2026-03-01", answer_rate=0.5)]
    found = board([row("a", answer_rate=1)], measure="answer_rate", lasting=rows, followed=False)
    chart = charts.trend(found)
    assert [(line["name"], line["values"]) for line in chart["series"]] == [("All", [50])]
    assert charts.table(found)[0]["spark"] == []


@pytest.mark.parametrize(
    ("grain", "time", "text"),
    [("day", "2026-03-02", "2 Mar"), ("week", "2026-03-02", "2 Mar"), ("month", "2026-03", "Mar 2026")],
)
def test_interval_is_named_short(grain, time, text):
    assert charts.short(time, grain) == text


def test_cell_of_the_table_says_whether_it_meets_its_target():
    [shown] = charts.table(board([row("a", handle_time_p90=301, calls_per_agent_day=70)]))
    met = {cell["key"]: cell["met"] for cell in shown["cells"]}
    assert (met["handle_time_p90"], met["calls_per_agent_day"], met["answer_rate"]) == (False, True, None)


def test_calls_a_day_are_not_asked_of_one_line():
    found = board([row("a", calls_per_agent_day=20)], measure="answer_rate", by="queue")
    [shown] = charts.table(found)
    assert {cell["met"] for cell in shown["cells"]} == {None}
    assert not any(head["target"] for head in charts.heads(found) if head["key"] == "calls_per_agent_day")


def test_shades_begin_at_the_figure_in_all_and_end_at_the_worst():
    rows = [
        row(interval="Mon 09:00", answer_rate=0.95),
        row(interval="Mon 09:30", answer_rate=0.85),
        row(interval="Tue 09:00", answer_rate=0.60),
        row(interval="Tue 09:30", answer_rate=0.0, offered=2),
    ]
    found = heat(rows, INDICATORS["answer_rate"], 0.9)
    assert found.hours == ["09:00", "09:30"]
    steps = {day: [(cell.text, cell.step) for cell in cells] for day, cells in found.days}
    assert steps == {"Mon": [("95", 0), ("85", 1)], "Tue": [("60", 4), ("0", 0)]}
    assert found.days[0][1][0].title == "95.0\N{NO-BREAK SPACE}% · 100 calls"


def test_shades_of_lengths_begin_at_the_target_and_hours_without_calls_stay_empty():
    rows = [
        row(interval="Mon 09:00", handle_time_p90=300),
        row(interval="Mon 09:30", handle_time_p90=400),
        row(interval="Tue 09:30", handle_time_p90=None),
    ]
    found = heat(rows, INDICATORS["handle_time"], 200, LIMIT)
    assert [cell and cell.step for _day, cells in found.days for cell in cells] == [0, 4, None, None]
    assert heat([], INDICATORS["handle_time"], None).days == []


def test_nothing_is_shaded_where_every_hour_is_as_it_should_be():
    rows = [row(interval="Mon 09:00", handle_time_p90=200), row(interval="Mon 09:30", handle_time_p90=290)]
    assert {
        cell.step for _day, cells in heat(rows, INDICATORS["handle_time"], 200, LIMIT).days for cell in cells
    } == {0}


def test_bar_of_a_rate_bears_the_spread_of_its_days():
    days = [row("a", interval=f"2026-03-{n:02}", answer_rate=n / 100) for n in range(60, 82)]
    groups = [row("a", answer_rate=0.7), row("b", answer_rate=0.8)]
    found = bars(board(groups, measure="answer_rate", lasting=days))
    wide, bare = found.bars
    assert wide.spread == (pytest.approx(ROOM * 0.62), pytest.approx(ROOM * 0.79))
    assert wide.title == "62.0\N{NO-BREAK SPACE}% – 70.0\N{NO-BREAK SPACE}% – 79.0\N{NO-BREAK SPACE}%"
    assert (wide.begins_inside, bare.spread, bare.title, bare.ends_inside) == (True, None, "", True)
    assert "of its days" in found.spread_over


def test_band_of_a_figure_over_time_is_drawn_between_its_tenths():
    days = [{**handled("", p90, offered=50), "interval": f"2026-03-0{n}"} for n, p90 in ((1, 400), (2, 320))]
    chart = charts.band(board([], band=days))
    assert [(line["tone"], line["values"]) for line in chart["series"]] == [
        ("c2", [50, 40]), ("c1", [200, 160]), ("c2", [400, 320]),
    ]  # fmt: skip
    assert (chart["band"], chart["target"]) == ([0, 2], [300, 300])
    assert charts.band(board([], measure="answer_rate")) is None


def test_columns_show_what_half_and_nine_in_ten_take_and_what_is_wanted():
    found = [Step("0:00 – 0:30", 30, 0, 30), Step("0:31 – 1:00", 10, 31, 60), Step("over 1:00", 0, 61, None)]
    drawn = spread(board([], steps=Steps(found, half=30, most=58), wanted=[]))
    assert [(column.at, column.height, column.top) for column in drawn.columns] == [
        (0, 100, 0), (33.3, 33.3, 66.7), (66.7, 0, 100),
    ]  # fmt: skip
    assert drawn.say == "40 calls: half take at most 0:30, nine in ten at most 0:58."
    assert [name for _at, name in drawn.marks] == ["p50", "p90", "target 5:00"]
    near = spread(board([], steps=Steps(found, half=30, most=31)))
    assert [name for _at, name in near.marks] == ["p50 · p90", "target 5:00"]
    assert spread(board([])) is None
