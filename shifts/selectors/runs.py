"""What came of a run of the auto-roster, in the words of its page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agents.models import Skill, User
from callcenter.templatetags.ui import duration
from shifts.cover import STEP
from shifts.engine.check import Rule
from shifts.models import AutoRun, Pattern, Roster, Shift, Wish

SHOWN = 100
"""Rows of a table at most."""


@dataclass(frozen=True, slots=True)
class ShortRow:
    """Half hours in a row in which as many are missing for one reason; `possible` is the most there could ever be."""

    day: date
    begins: str
    ends: str
    skill: str
    required: int
    present: int
    possible: int

    @property
    def missing(self) -> int:
        """Return how many heads are missing."""
        return self.required - self.present

    @property
    def is_impossible(self) -> bool:
        """Say whether no roster could meet it."""
        return self.possible < self.required


@dataclass(frozen=True, slots=True)
class WishRow:
    """A personal rule that is broken on a day, and why."""

    person: str
    rule: str
    day: date
    why: str


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit of working time that shifts break which were to stay."""

    person: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What somebody would work on a day: the pattern's code and colour; `was` is what the draft has, if it differs."""

    code: str
    colour: int
    was: str = ""
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's days."""

    person: str
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class Compared:
    """The proposal beside the draft: everybody's days, and how many shifts are new, different and taken out."""

    days: list[date]
    lines: list[Line]
    new: int
    different: int
    gone: int


def runs_of(roster: Roster) -> QuerySet[AutoRun]:
    """Return the runs of a roster, the latest first."""
    return roster.runs.select_related("job", "asked_by")


def short_rows(run: AutoRun) -> list[ShortRow]:
    """Return what is short, half hours that are alike put together."""
    zone = ZoneInfo(run.roster.site.calendar.time_zone)
    names = dict(Skill.objects.values_list("pk", "name"))
    return [_short(group, zone, names) for group in _alike(run.report.get("short", []))]


def _alike(rows: Iterable[list[Any]]) -> Iterator[tuple[datetime, datetime, list[Any]]]:
    """Put neighbouring half hours of a skill together in which as many are required and there."""
    parsed = [(datetime.fromisoformat(at), *rest) for at, *rest in rows]
    begin: datetime | None = None
    last: Any = None
    for at, *facts in sorted(parsed, key=lambda row: (row[1] or 0, row[0])):
        if begin is not None and last == (at - STEP, facts):
            last = at, facts
            continue
        if begin is not None:
            yield begin, last[0] + STEP, last[1]
        begin, last = at, (at, facts)
    if begin is not None:
        yield begin, last[0] + STEP, last[1]


def _short(group: tuple[datetime, datetime, list[Any]], zone: ZoneInfo, names: dict[int, str]) -> ShortRow:
    begin, end = (instant.astimezone(zone) for instant in group[:2])
    skill, required, present, possible = group[2]
    name = names.get(skill, "") if skill else pgettext("heads", "everybody")
    return ShortRow(begin.date(), f"{begin:%H:%M}", f"{end:%H:%M}", name, required, present, possible)


def wish_rows(run: AutoRun) -> list[WishRow]:
    """Return the personal rules that are broken, with the reason."""
    rows = run.report.get("wishes", [])
    rules = Wish.objects.select_related("pattern").in_bulk({row[0] for row in rows})
    people = User.objects.in_bulk({row[1] for row in rows})
    names = dict(Skill.objects.values_list("pk", "name"))
    zone = ZoneInfo(run.roster.site.calendar.time_zone)
    return [
        WishRow(
            person=str(people.get(person, "–")),
            rule=_rule(rules.get(key)),
            day=date.fromisoformat(day),
            why=_why(cells, zone, names),
        )
        for key, person, day, cells in rows
    ]


def _rule(wish: Wish | None) -> str:
    if wish is None:
        return "–"
    detail = f"{wish.time:%H:%M}" if wish.time else (wish.pattern.code if wish.pattern else "")
    return f"{wish.get_kind_display()} {detail}".strip()


def _why(cells: list[list[Any]], zone: ZoneInfo, names: dict[int, str]) -> str:
    if not cells:
        return _("Nothing better was found in the time.")
    times = ", ".join(
        f"{datetime.fromisoformat(at).astimezone(zone):%H:%M}" + (f" {names.get(skill, '')}" if skill else "")
        for at, skill in cells
    )
    return _("Without it too few would be there: %(times)s.") % {"times": times}


def limit_rows(run: AutoRun) -> list[LimitRow]:
    """Return the limits of working time that are broken: by shifts that were to stay, never by what is proposed."""
    rows = run.report.get("rules", [])
    people = User.objects.in_bulk({row[0] for row in rows})
    return [
        LimitRow(str(people.get(person, "–")), date.fromisoformat(day), _broken(rule, found, limit))
        for person, rule, day, found, limit in rows
    ]


def _broken(rule: str, found: int, limit: int) -> str:
    if rule == Rule.ROW:
        return _("%(found)d days in a row; at most %(limit)d.") % {"found": found, "limit": limit}
    facts = {"found": duration(found * 60), "limit": duration(limit * 60)}
    if rule == Rule.REST:
        return _("%(found)s of rest before the shift; at least %(limit)s.") % facts
    if rule == Rule.WEEK:
        return _("%(found)s of work in the week; at most %(limit)s.") % facts
    return _("Two shifts at once.")


def compared(run: AutoRun) -> Compared:
    """Return what the run proposes beside what the draft has now."""
    first, until = run.roster.period.lower, run.roster.period.upper
    days = [first + timedelta(days=number) for number in range((until - first).days)]
    patterns = {pattern.pk: pattern for pattern in Pattern.objects.filter(site=run.roster.site_id)}
    proposed = {
        (person, date.fromisoformat(day)): patterns.get(pattern) for person, day, pattern, *_ in run.shifts
    }
    kept = set(run.report.get("kept", ()))
    there: dict[tuple[int, date], tuple[Pattern | None, bool]] = {}
    rows = Shift.objects.planned().filter(roster=run.roster, person__isnull=False)
    for pk, person, day, pattern, locked in rows.values_list("pk", "person", "day", "pattern", "is_locked"):
        there[person, day] = patterns.get(pattern), locked or pk in kept
    people = User.objects.filter(pk__in={key[0] for key in proposed | there}).order_by("work_number")
    lines = [
        Line(
            str(person), [_slot(proposed.get((person.pk, day)), there.get((person.pk, day))) for day in days]
        )
        for person in people
    ]
    stays = {key for key, (_pattern, is_kept) in there.items() if is_kept}
    both = proposed.keys() & there.keys()
    return Compared(
        days,
        lines,
        new=len(proposed.keys() - there.keys()),
        different=sum(proposed[key] != there[key][0] for key in both),
        gone=len(there.keys() - proposed.keys() - stays),
    )


def _slot(proposed: Pattern | None, there: tuple[Pattern | None, bool] | None) -> Slot:
    was, stays = there or (None, False)
    now = was if stays else proposed
    return Slot(
        code=now.code if now else "",
        colour=now.colour if now else 0,
        was=was.code if was else "",
        is_changed=now != was,
    )
