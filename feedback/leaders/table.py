"""Figures of reports added up, for all and for the groups of a cut: what was hidden in a report stays out. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from feedback.enums import Addressee, Category
from feedback.figures import Cell
from feedback.leaders.known import BY_KEY, FIGURES

ALL: Final = ""
REST: Final = "*"
Table = dict[str, dict[str, Cell | None]]
"""The cells of one report, by measure and group."""


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its figures, None where they are hidden; `weeks` in which anything of it is told.

    Counts that are hidden in some week are at least what they say: `at_least` are their keys.
    """

    key: str
    name: str
    weeks: int
    figures: dict[str, float | None]
    at_least: frozenset[str]

    def said(self, key: str) -> str:
        """Return a figure in words; a hidden one is a dash."""
        value = self.figures[key]
        if value is None or (not value and key in self.at_least):
            return "–"
        words = BY_KEY[key].said(value)
        return f"≥ {words}" if key in self.at_least else words


def all_of(reports: Sequence[dict[str, Any]], by: str) -> Row:
    """Return the figures of all, over the `figures` of reports."""
    tables = [_table(one, by) for one in reports]
    _catch_up(reports, tables)
    return _row(tables, by, ALL)


def rows(reports: Sequence[dict[str, Any]], by: str) -> list[Row]:
    """Return every group that a report tells of one by one, the largest first, then the others together."""
    tables = [_table(one, by) for one in reports]
    names = {
        cell["key"]: cell["name"]
        for table in tables
        for cells in table.values()
        for cell in cells.values()
        if cell and "key" in cell
    }
    groups = [_row(tables, by, key, name) for key, name in names.items()]
    groups.sort(key=lambda one: (-(one.figures["new"] or 0), one.name))
    rest = _row(tables, by, REST)
    return [*groups, rest] if rest.weeks else groups


def _row(tables: Sequence[Table], by: str, key: str, name: str = "") -> Row:
    weeks = [{measure: cells.get(key) for measure, cells in table.items()} for table in tables]
    return Row(
        key,
        name or called(by, key),
        sum(any(cell is not None for cell in week.values()) for week in weeks),
        {figure.key: figure.of(weeks) for figure in FIGURES},
        frozenset(
            figure.key
            for figure in FIGURES
            if figure.counts and any(week[figure.counts] is None for week in weeks)
        ),
    )


def called(by: str, key: str) -> str:
    """Return the name of a group that the catalogue knows."""
    known = {ALL: _("All"), REST: _("Others together"), "unsaid": _("No site said")}
    if key in known:
        return known[key]
    return str((Category if by == "category" else Addressee)(key).label)


def _table(report: dict[str, Any], by: str) -> Table:
    found: Table = {}
    for measure, table in report["measures"].items():
        told = table[by] or {"rows": [], "rest": None}
        found[measure] = {ALL: table["all"], REST: told["rest"]} | {
            cell["key"]: cell for cell in told["rows"]
        }
    return found


def _catch_up(reports: Sequence[dict[str, Any]], tables: Sequence[Table]) -> None:
    """Give the first of the weeks whose parts were told together later these parts, and the others none."""
    by_week = {one["since"]: table for one, table in zip(reports, tables, strict=True)}
    for one in reports:
        for measure, entry in one["caught_up"].items():
            if not by_week.keys() >= set(entry["weeks"]):
                continue
            for number, week in enumerate(entry["weeks"]):
                cell = by_week[week][measure][ALL]
                by_week[week][measure][ALL] = {**(cell or {}), "parts": {} if number else entry["parts"]}
