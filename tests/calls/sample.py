"""A call list of the shape that supervisors keep, with its traps, and what a right import gives: reckoned in plain Python.

Trap by trap: times and talk are spreadsheet times, unanswered calls are blank, one agent is a person we know and the
others are names only, some rows cannot be read, one call stands there twice, one twice with other content.
"""

import io
import random
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

import xlsxwriter

HEADER = (
    "Call Id", "Agent", "Date", "Time", "Topic", "Answered (Y/N)", "Resolved", "Speed of answer in seconds",
    "AvgTalkDuration", "Satisfaction rating",
)  # fmt: skip
AGENTS = ("Becky", "Dan", "Wei Fang", "李娜")
TOPICS = ("Contract related", "Payment related", "技术支持")
FIRST_DAY = date(2021, 1, 1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Row = list[Any]


def good_rows(count: int = 400, seed: int = 7) -> list[Row]:
    """Return rows that can be read, one for each call."""
    dice = random.Random(seed)
    return [_row(f"ID{number:04}", dice) for number in range(1, count + 1)]


def _row(call_id: str, dice: random.Random) -> Row:
    day = FIRST_DAY + timedelta(days=dice.randrange(90))
    at = time(dice.randrange(9, 18), dice.randrange(60), dice.randrange(60))
    row: Row = [call_id, dice.choice(AGENTS), day.isoformat(), at, dice.choice(TOPICS)]
    if dice.random() < 0.2:
        return [*row, "N", "N", None, None, None]
    talk = time(0, dice.randrange(0, 8), dice.randrange(1, 60))
    return [*row, "Y", dice.choice("YYYN"), dice.randrange(0, 126), talk, dice.randrange(1, 6)]


def bad_rows() -> list[tuple[Row, str]]:
    """Return rows that cannot be read, each with the column that is wrong."""
    good = ["X", "Dan", "2021-02-01", time(10, 0), TOPICS[0], "Y", "Y", 30, time(0, 2), 3]

    def spoilt(call_id: str, column: str, value: Any) -> tuple[Row, str]:
        row = [*good]
        row[0], row[HEADER.index(column)] = call_id, value
        return row, column

    return [
        spoilt("BAD1", "Satisfaction rating", 9),
        spoilt("BAD2", "Answered (Y/N)", "perhaps"),
        spoilt("BAD3", "Date", "01/02/2021"),
        spoilt("BAD4", "Time", None),
        spoilt("BAD5", "Speed of answer in seconds", -4),
        (spoilt("BAD6", "Answered (Y/N)", "N")[0], "AvgTalkDuration"),
        spoilt("", "Call Id", None),
    ]


def xlsx(rows: list[Row], header: tuple[str, ...] = HEADER) -> io.BytesIO:
    """Return the rows as a workbook whose first sheet is “Data”."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, clock = book.add_worksheet("Data"), book.add_format({"num_format": "hh:mm:ss"})
    sheet.write_row(0, 0, header)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, time):
                sheet.write_datetime(number, column, cell, clock)
            elif cell is not None:
                sheet.write(number, column, cell)
    book.add_worksheet("Pivot Tables").write_row(2, 0, ["Agent", "Number of calls"])
    book.close()
    file.seek(0)
    return file


def expected(rows: list[Row]) -> dict[str, Any]:
    """Return the figures of the rows, in the shape of the real data's expected.json."""

    def by(key: Any) -> dict[str, Any]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[key(row)].append(row)
        return {name: _figures(group) for name, group in groups.items()}

    return {
        "overall": _figures(rows),
        "per_agent": by(lambda row: row[1]),
        "per_hour": by(lambda row: str(row[3].hour)),
        "per_weekday": by(lambda row: WEEKDAYS[date.fromisoformat(row[2]).weekday()]),
        "per_topic": by(lambda row: row[4]),
        "per_month": by(lambda row: row[2][:7]),
    }


def _figures(rows: list[Row]) -> dict[str, Any]:
    answered = [row for row in rows if row[5] == "Y"]
    resolved = sum(row[6] == "Y" for row in rows)
    waits = [row[7] for row in answered]
    talks = [row[8].minute * 60 + row[8].second for row in answered]
    marks = [row[9] for row in answered]
    share = _ratio(sum(mark >= 4 for mark in marks), len(marks))
    return {
        "count": len(rows),
        "answered": len(answered),
        "abandoned": len(rows) - len(answered),
        "answer_rate": _ratio(len(answered), len(rows)),
        "resolved": resolved,
        "fcr_of_answered": _ratio(resolved, len(answered)),
        "fcr_of_offered": _ratio(resolved, len(rows)),
        "speed_of_answer_s": _spread(waits),
        "sl20_answered_over_offered": _ratio(sum(wait <= 20 for wait in waits), len(rows)),
        "sl20_answered_over_answered": _ratio(sum(wait <= 20 for wait in waits), len(answered)),
        "sl60_answered_over_offered": _ratio(sum(wait <= 60 for wait in waits), len(rows)),
        "sl60_answered_over_answered": _ratio(sum(wait <= 60 for wait in waits), len(answered)),
        "talk_time_s": _spread(talks),
        "share_talk_le_300s": _ratio(sum(talk <= 300 for talk in talks), len(talks)),
        "satisfaction": {
            "n": len(marks),
            "mean": _ratio(sum(marks), len(marks)),
            "dist": {str(mark): marks.count(mark) for mark in range(1, 6)},
            "csat_4_5_share": share,
        },
    }


def _ratio(top: int, base: int) -> float | None:
    return round(float(Fraction(top, base)), 6) if base else None


def _spread(values: list[int]) -> dict[str, Any]:
    if not values:
        return {"n": 0, "mean": None, "sum": None, "min": None, "max": None}
    ranked = sorted(values)
    ranks = {f"p{rank}_disc": ranked[ceil(Fraction(rank, 100) * len(ranked)) - 1] for rank in (50, 90, 95)}
    mean = round(float(Fraction(sum(values), len(values))), 4)
    return {"n": len(values), "mean": mean, "sum": sum(values), "min": ranked[0], "max": ranked[-1]} | ranks


def csv_text(rows: list[Row], separator: str = ",") -> str:
    """Return the rows as separated text with Chinese headers."""
    header = (
        "通话ID",
        "坐席",
        "日期",
        "时间",
        "业务类型",
        "是否接通",
        "是否解决",
        "等待时长",
        "通话时长",
        "满意度",
    )
    words = {"Y": "是", "N": "否"}
    lines = [separator.join(header)]
    for row in rows:
        cells = [words.get(cell, "" if cell is None else str(cell)) for cell in row]
        lines.append(separator.join(cells))
    return "\r\n".join(lines) + "\r\n"


def moment(row: Row) -> datetime:
    """Return the local time of a row."""
    return datetime.combine(date.fromisoformat(row[2]), row[3])
