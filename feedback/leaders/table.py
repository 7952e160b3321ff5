"""Figures of reports added up, for all and for the groups of a cut. Pure: what was hidden in a report stays out. No database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from callcenter.templatetags.ui import duration, percent
from feedback.enums import Addressee, Category
from feedback.figures import Cell

ALL, REST = "", "*"
Week = dict[str, Cell | None]
"""The cells of one group in one week, by measure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a group: its key over REST, its name, how it is made of weeks, and how it is written."""

    key: str
    label: str | Promise
    of: Callable[[Sequence[Week]], float | None]
    said: Callable[[float], str] = str


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures, None where they are hidden; `weeks` in which anything of it could be told."""

    key: str
    name: str
    weeks: int
    figures: dict[str, float | None]


def _cells(weeks: Iterable[Week], measure: str) -> list[Cell]:
    return [cell for week in weeks if (cell := week[measure]) is not None]


def _count(measure: str) -> Callable[[Sequence[Week]], float | None]:
    def count(weeks: Sequence[Week]) -> float | None:
        cells = _cells(weeks, measure)
        return sum(cell["n"] for cell in cells) if cells else None

    return count


def _parts_of(cell: Cell | None) -> dict[str, int] | None:
    """Return the parts of a cell if they were told; of an empty one they are none."""
    if cell is None:
        return None
    return cell["parts"] if cell["n"] else {}


def _part(measure: str, part: str) -> Callable[[Sequence[Week]], float | None]:
    def count(weeks: Sequence[Week]) -> float | None:
        told = [parts for week in weeks if (parts := _parts_of(week[measure])) is not None]
        return sum(parts.get(part, 0) for parts in told) if told else None

    return count


def _share(measure: str, part: str) -> Callable[[Sequence[Week]], float | None]:
    def share(weeks: Sequence[Week]) -> float | None:
        told = [parts for week in weeks if (parts := _parts_of(week[measure]))]
        whole = sum(sum(parts.values()) for parts in told)
        return round(sum(parts[part] for parts in told) / whole, 4) if whole else None

    return share


def _dispute_rate(weeks: Sequence[Week]) -> float | None:
    """Return disputes for each answer, over the weeks in which both are told."""
    told = [
        (parts.get("disputed", 0), answered["n"])
        for week in weeks
        if (answered := week["answered"]) is not None and (parts := _parts_of(week["escalated"])) is not None
    ]
    whole = sum(answers for _disputes, answers in told)
    return round(sum(disputes for disputes, _answers in told) / whole, 4) if whole else None


def _typical(name: str) -> Callable[[Sequence[Week]], float | None]:
    """Return the middle of the weeks; of one week, its own."""

    def typical(weeks: Sequence[Week]) -> float | None:
        told = [cell[name] for cell in _cells(weeks, "answered") if name in cell]
        return median(told) if told else None

    return typical


def _mean(name: str, measure: str = "surveyed") -> Callable[[Sequence[Week]], float | None]:
    def mean(weeks: Sequence[Week]) -> float | None:
        cells = [cell for cell in _cells(weeks, measure) if cell["n"]]
        whole = sum(cell["n"] for cell in cells)
        return round(sum(cell["means"][name] * cell["n"] for cell in cells) / whole, 2) if whole else None

    return mean


def _voices(weeks: Sequence[Week]) -> float | None:
    cells = _cells(weeks, "published")
    return sum(round(cell["means"]["voices"] * cell["n"]) for cell in cells if cell["n"]) if cells else None


def _gap(weeks: Sequence[Week]) -> float | None:
    found, expected = _mean("found_quality")(weeks), _mean("expected_quality")(weeks)
    return None if found is None or expected is None else round(found - expected, 2)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _mark(value: float) -> str:
    return f"{value:.1f}"


def _whole_percent(value: float) -> str:
    return percent(value, 0)


FIGURES: Final = (
    Figure("new", pgettext_lazy("feedback figure", "New"), _count("new")),
    Figure("answered", pgettext_lazy("feedback figure", "Answered"), _count("answered")),
    Figure("on_time", gettext_lazy("Answered on time"), _share("answered", "on_time"), _whole_percent),
    Figure("answer_p50", gettext_lazy("Time to answer, median"), _typical("p50"), duration),
    Figure("answer_p90", gettext_lazy("Time to answer, nine of ten"), _typical("p90"), duration),
    Figure("overdue", gettext_lazy("Overdue, with the executives"), _part("escalated", "overdue")),
    Figure("disputed", gettext_lazy("Disputed, with the executives"), _part("escalated", "disputed")),
    Figure("dispute_rate", gettext_lazy("Disputes for each answer"), _dispute_rate, _whole_percent),
    Figure("surveyed", gettext_lazy("Confirmed with a survey"), _count("surveyed")),
    Figure(
        "satisfied",
        pgettext_lazy("feedback figure", "Satisfied"),
        _share("surveyed", "satisfied"),
        _whole_percent,
    ),
    Figure("expected_days", gettext_lazy("Working days expected"), _mean("expected_days"), _mark),
    Figure("found_days", gettext_lazy("Working days it took"), _mean("found_days"), _mark),
    Figure("expected_quality", gettext_lazy("Quality expected, 1 to 5"), _mean("expected_quality"), _mark),
    Figure("found_quality", gettext_lazy("Quality found, 1 to 5"), _mean("found_quality"), _mark),
    Figure("gap", gettext_lazy("Found less expected"), _gap, _signed),
    Figure("published", gettext_lazy("Published"), _count("published")),
    Figure("voices", pgettext_lazy("feedback figure", "“Me too” on what was published"), _voices),
)
BY_KEY: Final = {figure.key: figure for figure in FIGURES}


def row(reports: Sequence[dict[str, Any]], by: str, key: str, name: str = "") -> Row:
    """Return the figures of a group over the `figures` of reports; ALL and REST are groups too."""
    weeks = [
        {measure: _cell(table, by, key) for measure, table in one["measures"].items()} for one in reports
    ]
    told = sum(any(cell is not None for cell in week.values()) for week in weeks)
    return Row(key, name or called(by, key), told, {figure.key: figure.of(weeks) for figure in FIGURES})


def rows(reports: Sequence[dict[str, Any]], by: str) -> list[Row]:
    """Return every group that a report tells of one by one, the largest first, then the rest together."""
    names = {
        cell["key"]: cell["name"]
        for one in reports
        for table in one["measures"].values()
        for cell in (table[by] or {"rows": []})["rows"]
    }
    groups = [row(reports, by, key, name) for key, name in names.items()]
    groups.sort(key=lambda one: (-(one.figures["new"] or 0), one.name))
    rest = row(reports, by, REST)
    return [*groups, rest] if rest.weeks else groups


def said(figures: dict[str, float | None], key: str) -> str:
    """Return a figure in words; a hidden one is a dash."""
    value = figures[key]
    return "–" if value is None else BY_KEY[key].said(value)


def called(by: str, key: str) -> str:
    """Return the name of a group that the catalogue knows."""
    known = {ALL: _("All"), REST: _("Others together"), "unsaid": _("No site said")}
    if key in known:
        return known[key]
    return str((Category if by == "category" else Addressee)(key).label)


def _cell(table: dict[str, Any], by: str, key: str) -> Cell | None:
    if key == ALL:
        return table["all"]
    if table[by] is None:
        return None
    if key == REST:
        return table[by]["rest"]
    return next((cell for cell in table[by]["rows"] if cell["key"] == key), None)
