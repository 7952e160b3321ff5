"""What a report tells of a week: counts, shares, times and marks, in all and cut three ways. Pure: no database.

A cell is {"n", and if n is not 0: "parts" (None where they are too small), "p50", "p90", "means"}.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from feedback.suppression import Least, cut, parted

MEASURES: Final[dict[str, tuple[str, ...]]] = {
    "new": (),
    "answered": ("on_time", "late"),
    "escalated": ("overdue", "disputed"),
    "surveyed": ("satisfied", "dissatisfied"),
    "published": (),
}
"""What happens to items, each counted in the week in which it happened, and the parts that it falls into."""
CUTS: Final = ("department", "category", "site")
STEP: Final = 900
"""Times are told to the quarter of an hour."""

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened to one item: its value in each cut, the part it belongs to, and what was measured.

    `took` is working seconds; `marks` are averaged by name.
    """

    at: Mapping[str, str]
    part: str = ""
    took: float | None = None
    marks: Mapping[str, float] = field(default_factory=dict)


def figures(
    facts: Mapping[str, Sequence[Fact]],
    names: Mapping[str, Mapping[str, str]],
    sizes: Mapping[str, int],
    least: Least,
) -> dict[str, Any]:
    """Return {measure: {"all": cell or None, cut: {"rows": [{"key", "name", **cell}], "rest": cell or None} or None}}.

    `names` are the values of every cut, told or not; `sizes` the people of the sites.
    """
    return {
        measure: {
            "all": _all(facts[measure], measure, least),
            **{
                by: _table(facts[measure], measure, by, names[by], sizes if by == "site" else {}, least)
                for by in CUTS
            },
        }
        for measure in MEASURES
    }


def hides_parts(cell: Cell | None) -> bool:
    """Say whether a cell is told, but not the parts that it falls into."""
    return cell is not None and "parts" in cell and cell["parts"] is None


def _all(facts: Sequence[Fact], measure: str, least: Least) -> Cell | None:
    if not least.allows(len(facts)):
        return None
    return _cell(facts, measure, told=parted({"": _parts(facts, measure)}, least) is not None)


def _table(
    facts: Sequence[Fact],
    measure: str,
    by: str,
    names: Mapping[str, str],
    sizes: Mapping[str, int],
    least: Least,
) -> dict[str, Any] | None:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.at[by]].append(fact)
    shown = cut({key: len(found[key]) for key in names}, least, sizes)
    if shown is None:
        return None
    groups = {key: found[key] for key in shown.told}
    rest = [fact for key in shown.rest for fact in found[key]]
    # No value is called so: keys are slugs and numbers.
    every = groups | ({"*": rest} if shown.rest else {})
    apart = parted({key: _parts(group, measure) for key, group in every.items()}, least) or frozenset()
    return {
        "rows": [
            {"key": key, "name": names[key], **_cell(group, measure, told=key in apart)}
            for key, group in groups.items()
        ],
        "rest": _cell(rest, measure, told="*" in apart) if shown.rest else None,
    }


def _parts(facts: Sequence[Fact], measure: str) -> list[int]:
    return [sum(fact.part == part for fact in facts) for part in MEASURES[measure]]


def _cell(facts: Sequence[Fact], measure: str, *, told: bool) -> Cell:
    cell: Cell = {"n": len(facts)}
    if not facts:
        return cell
    if parts := MEASURES[measure]:
        cell["parts"] = dict(zip(parts, _parts(facts, measure), strict=True)) if told else None
    if times := sorted(fact.took for fact in facts if fact.took is not None):
        cell |= {f"p{share}": _nearest(times, share) for share in (50, 90)}
    if marks := facts[0].marks:
        cell["means"] = {
            name: round(sum(fact.marks[name] for fact in facts) / len(facts), 2) for name in marks
        }
    return cell


def _nearest(times: Sequence[float], share: int) -> int:
    """Return the time within which `share` per cent of all lie."""
    return round(times[ceil(len(times) * share / 100) - 1] / STEP) * STEP
