"""What the sources share: whose rows are counted, on which days, and how they are grouped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Aggregate, CharField, DateField, DateTimeField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from calls.querysets import WHOLE_CENTRE

if TYPE_CHECKING:
    from kpi.selectors.series import Question

ZONES: Final = timedelta(hours=15)
"""No wall clock is further than this from UTC."""
SLOTS: Final = {
    "day": "to_char(%(expressions)s, 'YYYY-MM-DD')",
    "week": "to_char(date_trunc('week', %(expressions)s), 'YYYY-MM-DD')",
    "month": "to_char(%(expressions)s, 'YYYY-MM')",
    "weekday": "to_char(%(expressions)s, 'ID')",
}
"""How a day becomes its interval, as `series` names it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows that are counted, each with a local `day`; the paths to its site and person, and expressions of its team."""

    rows: QuerySet[Any]
    site: str
    person: str
    team: Any
    team_name: Any

    @property
    def keys(self) -> dict[str, tuple[Any, Any]]:
        """The key and the name of every group."""
        nothing = Value("")
        return {
            "site": (F(f"{self.site}__code"), F(f"{self.site}__name")),
            "team": (
                Coalesce(Cast(self.team, CharField()), nothing),
                Coalesce(self.team_name, nothing),
            ),
            "agent": (
                Coalesce(f"{self.person}__work_number", nothing),
                Coalesce(f"{self.person}__name", nothing),
            ),
        }


def local_day(site: str, at: str) -> Cast:
    """Return the day of an instant at a site."""
    zone = F(f"{site}__calendar__time_zone")
    return Cast(Func(zone, F(at), function="timezone", output_field=DateTimeField()), DateField())


def span(question: "Question") -> tuple[datetime, datetime]:
    """Return the instants between which every day of the question lies, wherever its site is."""
    first = datetime.combine(question.start, time(), UTC) - ZONES
    return first, datetime.combine(question.end, time.max, UTC) + ZONES


def scope(user: Any, *, site: str, person: str, team: str) -> Q:
    """Return whose rows somebody counts: the own, the led teams', the sites', or all, as with calls."""
    if user.holds(*WHOLE_CENTRE):
        return Q()
    return Q(**{person: user}) | Q(**{f"{site}__in": user.site_ids}) | Q(**{f"{team}__in": user.led_team_ids})


def grouped(facts: Facts, question: "Question", counters: Mapping[str, Aggregate]) -> list[dict[str, Any]]:
    """Return a row {group, label, interval, NAME: number} for each group and interval; one without either."""
    rows = facts.rows.filter(day__range=(question.start, question.end)).order_by()
    for name, value in question.filters:
        rows = rows.alias(**{f"only_{name}": facts.keys[name][0]}).filter(**{f"only_{name}": value})
    columns: dict[str, Any] = {}
    if question.group_by != "none":
        columns["group"], columns["label"] = facts.keys[question.group_by]
    if question.interval != "none":
        columns["interval"] = Func(F("day"), template=SLOTS[question.interval], output_field=CharField())
    if not columns:
        return [rows.aggregate(**counters)]
    return list(rows.values(**columns).annotate(**counters))
