"""Cells as JSON: what a spreadsheet typed keeps its type."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from callcenter.sheets.cells import Cell

# A datetime is a date too, so it stands first.
TYPES: Final[dict[str, type]] = {"datetime": datetime, "date": date, "time": time}


def to_json(cell: Cell) -> Any:
    """Return the cell as JSON holds it."""
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    if isinstance(cell, date | time):
        name = next(name for name, kind in TYPES.items() if isinstance(cell, kind))
        return {name: cell.isoformat()}
    return cell


def from_json(value: Any) -> Cell:
    """Return the cell that `to_json` wrote."""
    if not isinstance(value, dict):
        cell: Cell = value
        return cell
    [(name, written)] = value.items()
    if name == "seconds":
        return timedelta(seconds=written)
    typed: Cell = TYPES[name].fromisoformat(written)  # type: ignore[attr-defined]
    return typed
