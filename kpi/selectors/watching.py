"""The figures of today of one site, its teams and agents, each held against what is usual and what is wanted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.cache import cache

from agents.models import Membership, Site, User
from callcenter.access import Role
from kpi.enums.warnings import Subject
from kpi.judging import Aim, Reading, severity
from kpi.metrics import REGISTRY
from kpi.models import WarningPolicy
from kpi.robust import Usual, usual
from kpi.selectors import targets
from kpi.selectors.series import MOST_ROWS, Question, series
from kpi.watched import UNITS, asked_for, behind

HALF_HOUR: Final = timedelta(minutes=30)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
HELD: Final = 60 * 60
"""For how many seconds it is kept what is usual: calls of past days come rarely."""
GROUPS: Final = {Subject.SITE: "site", Subject.TEAM: "team", Subject.AGENT: "agent"}

# A row of figures: whose, the interval as series() names it, figure and number of calls by metric.
Row = tuple[str, str, dict[str, tuple[float, int]]]


class Everybody:
    """Whoever sees the calls of the whole centre: the watch compares each with its own past, and tells only its lead."""

    pk = None
    site_ids: tuple[int, ...] = ()
    led_team_ids: tuple[int, ...] = ()

    def holds(self, *_roles: Role) -> bool:
        """Say that every role is held."""
        return True


@dataclass(frozen=True, slots=True)
class Watched:
    """One figure of one subject: its readings of the day (of an agent: of today and yesterday), the earliest first."""

    kind: str
    site: int
    team: int | None
    agent: int | None
    metric: str
    readings: tuple[Reading, ...]

    @property
    def key(self) -> tuple[str, int, str]:
        """Name the figure of the subject; at any time at most one warning about it is open."""
        return (
            self.kind,
            {"site": self.site, "team": self.team, "agent": self.agent}[self.kind] or 0,
            self.metric,
        )


@dataclass(frozen=True, slots=True)
class _Whose:
    """Who a group of figures is, and how its targets are found."""

    team: int | None = None
    agent: int | None = None
    role: str = ""


def policy() -> WarningPolicy:
    """Return how the centre watches its figures."""
    return WarningPolicy.objects.first() or WarningPolicy()


def watched(site: Site, rules: WarningPolicy, *, now: datetime) -> list[Watched]:
    """Return what is watched at a site and has figures today, judged; the calls of the site's own day decide."""
    local = now.astimezone(ZoneInfo(site.calendar.time_zone))
    found: list[Watched] = []
    for kind in Subject:
        keys = [key for key in rules.metrics(kind) if key in REGISTRY]
        if keys:
            found += _of_kind(_Watch(site, kind, keys, rules, local))
    return found


@dataclass(frozen=True, slots=True)
class _Watch:
    """What is asked: the figures of one kind of subject at a site, at a local instant."""

    site: Site
    kind: Subject
    metrics: list[str]
    rules: WarningPolicy
    local: datetime

    @property
    def by_day(self) -> bool:
        return self.kind == Subject.AGENT

    @property
    def today(self) -> date:
        return self.local.date()

    def ask(self, first: date, last: date) -> Iterator[Row]:
        """Yield the figures from one local day to another, both included, that rest on calls enough."""
        question = Question(
            asked_for(self.metrics),
            first,
            last,
            group_by=GROUPS[self.kind],
            interval="day" if self.by_day else "30m",
            filters=(("site", self.site.code),),
        )
        for row in series(Everybody(), question):
            enough = {
                key: (row[key], calls)
                for key in self.metrics
                if row[key] is not None and (calls := _calls(row, key)) >= self.rules.least_calls
            }
            if row["group"] and enough:
                yield row["group"], row["interval"], enough

    def begins(self, interval: str) -> datetime:
        """Return the instant at which an interval of the site begins."""
        named = datetime.fromisoformat(interval)
        return datetime.combine(named.date(), named.time(), self.local.tzinfo)

    def slot(self, interval: str) -> str:
        """Return what makes intervals of different days alike: the time of day, nothing for days."""
        return "" if self.by_day else interval[-5:]


def _calls(row: dict[str, Any], key: str) -> int:
    counted, less = behind(key)
    return int(row[counted] or 0) - int((less and row[less]) or 0)


def _of_kind(watch: _Watch) -> list[Watched]:
    rows = list(watch.ask(watch.today - DAY if watch.by_day else watch.today, watch.today))
    if not rows:
        return []
    known = _whose(watch, {group for group, _interval, _figures in rows})
    past = _past(watch)
    wanted = targets.on(watch.today, watch.metrics)
    by_figure: dict[tuple[str, str], list[tuple[str, float, int]]] = defaultdict(list)
    for group, interval, figures in sorted(rows, key=lambda row: row[1]):
        for key, (value, calls) in figures.items():
            by_figure[group, key].append((interval, value, calls))
    found = []
    for (group, key), values in by_figure.items():
        if whose := known.get(group):
            team = str(whose.team) if whose.team else None
            target = wanted.of(key, team=team, role=whose.role, site=watch.site)
            limit = target.value if target else None
            found.append(_judged(watch, whose, key, values, past.get(group, {}), limit))
    return found


def _judged(
    watch: _Watch,
    whose: _Whose,
    key: str,
    values: Sequence[tuple[str, float, int]],
    past: dict[tuple[str, str], Usual],
    target: float | None,
) -> Watched:
    metric, width = REGISTRY[key], watch.rules.width
    length = DAY if watch.by_day else HALF_HOUR
    readings = []
    for interval, value, calls in values:
        at = watch.begins(interval)
        if at > watch.local:
            continue
        aim = Aim(bool(metric.more_is_better), past.get((key, watch.slot(interval))), width, target)
        told = severity(metric.rounded(value), aim)
        readings.append(Reading(at, value, calls, at + length <= watch.local, told, **aim.band))
    return Watched(watch.kind, watch.site.pk, whose.team, whose.agent, key, tuple(readings))


def _whose(watch: _Watch, groups: set[str]) -> dict[str, _Whose]:
    """Return who the groups are; an agent is watched at the own site only."""
    if watch.kind == Subject.SITE:
        return {watch.site.code: _Whose()}
    if watch.kind == Subject.TEAM:
        return {group: _Whose(team=int(group)) for group in groups}
    people = User.objects.filter(work_number__in=groups, site=watch.site).values_list("pk", "work_number")
    numbers = dict(people)
    teams = Membership.objects.on(watch.today).filter(person__in=numbers).values_list("person", "team")
    of_day = dict(teams)
    return {number: _Whose(team=of_day.get(pk), agent=pk, role=Role.AGENT) for pk, number in numbers.items()}


def _past(watch: _Watch) -> dict[str, dict[tuple[str, str], Usual]]:
    """Return by group what is usual for each metric and time of day; reckoned once an hour."""
    rules = watch.rules
    facts = (watch.metrics, rules.weeks, rules.least_calls, rules.least_past, watch.today.isoformat())
    digest = blake2b(repr(facts).encode(), digest_size=16).hexdigest()
    name = f"kpi:usual:{watch.site.pk}:{watch.kind.value}:{digest}"
    found: dict[str, dict[tuple[str, str], Usual]] | None = cache.get(name)
    if found is None:
        found = _reckoned(watch)
        cache.set(name, found, timeout=HELD)
    return found


def _reckoned(watch: _Watch) -> dict[str, dict[tuple[str, str], Usual]]:
    values: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for first, last in _days(watch):
        for group, interval, figures in watch.ask(first, last):
            for key, (value, _count) in figures.items():
                values[group, key, watch.slot(interval)].append(value)
    found: dict[str, dict[tuple[str, str], Usual]] = defaultdict(dict)
    for (group, key, slot), some in values.items():
        if known := usual(some, least=watch.rules.least_past, step=UNITS[REGISTRY[key].unit]):
            found[group][key, slot] = known
    return dict(found)


def _days(watch: _Watch) -> Iterator[tuple[date, date]]:
    """Yield the past days to ask about: of half hours the same weekday, of agents all, as many as one answer holds."""
    weeks = watch.rules.weeks
    if not watch.by_day:
        for back in range(1, weeks + 1):
            yield watch.today - back * WEEK, watch.today - back * WEEK
        return
    agents = User.objects.filter(site=watch.site).count()
    # Names that nobody is known by come on top of the agents.
    length = max(1, MOST_ROWS // (2 * agents + 50))
    first, last = watch.today - weeks * WEEK, watch.today - 2 * DAY
    while first <= last:
        until = min(last, first + timedelta(days=length - 1))
        yield first, until
        first = until + DAY
