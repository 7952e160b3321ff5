"""What happened to feedback in a period: the facts behind a report, one statement for each measure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, QuerySet

from agents.models import Department, Site, User
from agents.selectors import DAY_OF_CENTRE
from callcenter.worktime import calendars
from callcenter.worktime.clock import OutOfRange, WorkHours
from feedback.enums import Addressee, Category, Escalation
from feedback.figures import MEASURES, Fact
from feedback.models import Item
from feedback.selectors.owners import day_of_centre

PLACE: Final = ("addressee", "department_id", "category", "site_id")
MOST_DAYS: Final = 61
HOT: Final = timedelta(weeks=4)
HOTTEST: Final = 5


def facts(since: date, until: date) -> dict[str, list[Fact]]:
    """Return the facts of every measure from the centre's day `since` up to, not including, `until`.

    Each lies at an instant that never changes later. Of what was handed on, the first department counts as asked.
    """
    return {measure: facts_of(measure, since, until) for measure in MEASURES}


def facts_of(measure: str, since: date, until: date) -> list[Fact]:
    """Return the facts of one measure."""
    return MADE[measure]((_midnight(since), _midnight(until)))


def names() -> dict[str, dict[str, str]]:
    """Return the values of every cut with their names; two queries. What is in the catalogue has none here."""
    departments = {str(key): name for key, name in Department.objects.values_list("pk", "name")}
    asked = dict.fromkeys((Addressee.SUPERVISOR.value, Addressee.EXECUTIVE.value), "")
    return {
        "department": departments | asked,
        "category": dict.fromkeys(Category.values, ""),
        "site": {str(key): name for key, name in Site.objects.values_list("pk", "name")} | {"unsaid": ""},
    }


def sizes() -> dict[str, int]:
    """Return how many people work at each site."""
    working = Count("pk")
    found = dict(User.objects.filter(is_active=True).values_list("site_id").annotate(working))
    return {str(key): found.get(key, 0) for key in Site.objects.values_list("pk", flat=True)}


def hot_topics(until: date) -> list[dict[str, Any]]:
    """Return the numbers and voices of what was published lately and is shared by most."""
    lately = (_midnight(until) - HOT, _midnight(until))
    rows = Item.objects.on_board().filter(published_at__range=lately, voices__gt=0)
    found = rows.order_by("-voices", "number").values_list("number", "voices")[:HOTTEST]
    return [{"number": number, "voices": voices} for number, voices in found]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), DAY_OF_CENTRE)


def _happened(name: str, within: tuple[datetime, datetime]) -> QuerySet[Item]:
    return Item.objects.filter(**{f"{name}__gte": within[0], f"{name}__lt": within[1]})


def _at(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the row's value in each cut: who answers, what it is about, where its author said to work."""
    asked = row["addressee"]
    return {
        "department": str(row["department_id"]) if asked == Addressee.DEPARTMENT else asked,
        "category": row["category"],
        "site": str(row["site_id"] or "unsaid"),
    }


def _new(within: tuple[datetime, datetime]) -> list[Fact]:
    rows = _happened("released_at", within).values(*PLACE, "hand_on__old_id")
    return [
        Fact(_at({**row, "department_id": row["hand_on__old_id"] or row["department_id"]})) for row in rows
    ]


def _answered(within: tuple[datetime, datetime]) -> list[Fact]:
    timed = ("released_at", "answered_at", "due_at", "calendar_id")
    rows = list(_happened("answered_at", within).values(*PLACE, *timed))
    hours = calendars.load_many({row["calendar_id"] for row in rows})
    return [
        Fact(
            _at(row),
            "on_time" if row["answered_at"] < row["due_at"] else "late",
            took=hours[row["calendar_id"]].elapsed(row["released_at"], row["answered_at"]),
        )
        for row in rows
    ]


def _escalated(within: tuple[datetime, datetime]) -> list[Fact]:
    rows = _happened("escalated_at", within).values(*PLACE, "escalation")
    return [
        Fact(_at(row), "overdue" if row["escalation"] == Escalation.OVERDUE else "disputed") for row in rows
    ]


def _published(within: tuple[datetime, datetime]) -> list[Fact]:
    rows = _happened("published_at", within).values(*PLACE, "voices")
    return [Fact(_at(row), marks={"voices": row["voices"]}) for row in rows]


def _surveyed(within: tuple[datetime, datetime]) -> list[Fact]:
    asked = ("expected_days", "expected_quality", "found_quality", "satisfied")
    timed = ("released_at", "answered_at", "calendar_id")
    surveyed = _happened("closed_at", within).filter(survey__isnull=False)
    rows = list(surveyed.values(*PLACE, *timed, *(f"survey__{name}" for name in asked)))
    hours = calendars.load_many({row["calendar_id"] for row in rows})
    return [_survey(row, hours[row["calendar_id"]]) for row in rows]


def _survey(row: Mapping[str, Any], hours: WorkHours) -> Fact:
    marks = {name: row[f"survey__{name}"] for name in ("expected_days", "expected_quality", "found_quality")}
    marks["found_days"] = working_days(hours, row["released_at"], row["answered_at"])
    return Fact(_at(row), "satisfied" if row["survey__satisfied"] else "dissatisfied", marks=marks)


def working_days(hours: WorkHours, start: datetime, end: datetime) -> int:
    """Return on which working day after that of `start` it was; 0 is the same day, MOST_DAYS is that or later."""
    if day_of_centre(start) == day_of_centre(end):
        return 0
    return next((days for days in range(1, MOST_DAYS) if end <= _close(hours, start, days)), MOST_DAYS)


def _close(hours: WorkHours, start: datetime, days: int) -> datetime:
    try:
        return hours.due_in_days(start, days)
    except OutOfRange:
        return start + timedelta(days=days)


def shown_topics(topics: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the topics of a report that are still on the board, with their published subject."""
    voices = {topic["number"]: topic["voices"] for topic in topics}
    subjects = Item.objects.on_board().filter(number__in=voices).values_list("number", "public_subject")
    found = dict(subjects)
    return [
        {"number": number, "voices": count, "subject": found[number]}
        for number, count in voices.items()
        if number in found
    ]


MADE: Final = {
    "new": _new,
    "answered": _answered,
    "escalated": _escalated,
    "surveyed": _surveyed,
    "published": _published,
}
