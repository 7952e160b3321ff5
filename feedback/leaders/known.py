"""The figures of the reports, each made of the cells of a group over some weeks. No database."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from callcenter.templatetags.ui import duration, percent
from feedback.figures import Cell

SPEAKS_FOR_ALL: Final = 0.9
"""Parts that are told in fewer of the weeks, or of fewer of what happened, do not stand for all."""
Week = dict[str, Cell | None]
"""The cells of one group in one week, by measure."""
Made = Callable[[Sequence[Week]], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a group: its key over REST, its head, what it means, how it is made of weeks, and how it is written.

    `counts` is the measure that it counts.
    """

    key: str
    head: str | Promise
    meaning: str | Promise
    of: Made
    said: Callable[[float], str] = str
    counts: str = ""


def _cells(weeks: Sequence[Week], measure: str) -> list[Cell]:
    return [cell for week in weeks if (cell := week[measure]) is not None]


def _count(measure: str) -> Made:
    def count(weeks: Sequence[Week]) -> float | None:
        cells = _cells(weeks, measure)
        return sum(cell["n"] for cell in cells) if cells else None

    return count


def _parts(weeks: Sequence[Week], measure: str) -> Counter[str] | None:
    """Return the parts added up; None if those that are told are too few to speak for all.

    Parts are hidden where one of them is small, so the weeks in which they are told are not like the others.
    """
    cells = _cells(weeks, measure)
    told = [cell for cell in cells if cell.get("parts") is not None]
    whole = sum(cell["n"] for cell in cells)
    too_few_weeks = len(cells) < SPEAKS_FOR_ALL * len(weeks)
    if not cells or too_few_weeks or sum(cell["n"] for cell in told) < SPEAKS_FOR_ALL * whole:
        return None
    return sum((Counter(cell["parts"]) for cell in told), Counter())


def _part(measure: str, part: str) -> Made:
    def count(weeks: Sequence[Week]) -> float | None:
        parts = _parts(weeks, measure)
        return None if parts is None else parts[part]

    return count


def _share(measure: str, part: str) -> Made:
    def share(weeks: Sequence[Week]) -> float | None:
        parts = _parts(weeks, measure)
        return round(parts[part] / parts.total(), 4) if parts else None

    return share


def _dispute_rate(weeks: Sequence[Week]) -> float | None:
    parts, answers = _parts(weeks, "escalated"), _count("answered")(weeks)
    return round(parts["disputed"] / answers, 4) if parts is not None and answers else None


def _typical(name: str) -> Made:
    """Make the middle of the weeks; of one week, its own."""

    def typical(weeks: Sequence[Week]) -> float | None:
        told = [cell[name] for cell in _cells(weeks, "answered") if name in cell]
        return median(told) if told else None

    return typical


def _mean(name: str) -> Made:
    def mean(weeks: Sequence[Week]) -> float | None:
        cells = [cell for cell in _cells(weeks, "surveyed") if cell["n"]]
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
    Figure("new", pgettext_lazy("feedback figure", "New"), _("Came in"), _count("new"), counts="new"),
    Figure(
        "answered",
        pgettext_lazy("feedback figure", "Answered"),
        _("Answered for the first time"),
        _count("answered"),
        counts="answered",
    ),
    Figure(
        "on_time",
        pgettext_lazy("feedback figure", "On time"),
        _("Share of the answers that came in time"),
        _share("answered", "on_time"),
        _whole_percent,
    ),
    Figure(
        "answer_p50",
        pgettext_lazy("feedback figure", "Median"),
        _("Working time until half of the answers; over weeks, the middle of them"),
        _typical("p50"),
        duration,
    ),
    Figure(
        "answer_p90",
        pgettext_lazy("feedback figure", "Nine of ten"),
        _("Working time until nine of ten answers; over weeks, the middle of them"),
        _typical("p90"),
        duration,
    ),
    Figure(
        "overdue",
        pgettext_lazy("feedback figure", "Overdue"),
        _("Escalated: not answered in time"),
        _part("escalated", "overdue"),
    ),
    Figure(
        "disputed",
        pgettext_lazy("feedback figure", "Disputed"),
        _("Escalated: the author was dissatisfied"),
        _part("escalated", "disputed"),
    ),
    Figure(
        "dispute_rate",
        pgettext_lazy("feedback figure", "Dispute rate"),
        _("Disputes for each answer"),
        _dispute_rate,
        _whole_percent,
    ),
    Figure(
        "surveyed",
        pgettext_lazy("feedback figure", "Surveys"),
        _("Confirmed with a survey"),
        _count("surveyed"),
        counts="surveyed",
    ),
    Figure(
        "satisfied",
        pgettext_lazy("feedback figure", "Satisfied"),
        _("Share of the surveys that say satisfied"),
        _share("surveyed", "satisfied"),
        _whole_percent,
    ),
    Figure(
        "expected_days",
        pgettext_lazy("feedback figure", "Days expected"),
        _("Working days until the answer, as expected"),
        _mean("expected_days"),
        _mark,
    ),
    Figure(
        "found_days",
        pgettext_lazy("feedback figure", "Days taken"),
        _("Working days until the answer, as they were"),
        _mean("found_days"),
        _mark,
    ),
    Figure(
        "expected_quality",
        pgettext_lazy("feedback figure", "Quality expected"),
        _("From 1 to 5"),
        _mean("expected_quality"),
        _mark,
    ),
    Figure(
        "found_quality",
        pgettext_lazy("feedback figure", "Quality found"),
        _("From 1 to 5"),
        _mean("found_quality"),
        _mark,
    ),
    Figure(
        "gap",
        pgettext_lazy("feedback figure", "Gap"),
        _("Quality found less quality expected"),
        _gap,
        _signed,
    ),
    Figure(
        "published",
        pgettext_lazy("feedback figure", "Published"),
        _("Put on the board"),
        _count("published"),
        counts="published",
    ),
    Figure(
        "voices",
        pgettext_lazy("feedback figure", "Me too"),
        _("Voices that share what was published"),
        _voices,
        counts="published",
    ),
)
BY_KEY: Final = {figure.key: figure for figure in FIGURES}
