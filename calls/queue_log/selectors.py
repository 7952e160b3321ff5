"""What is known of the logs: which are followed, how far, and what they told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from callcenter.imports import kinds
from callcenter.imports.models import Import
from calls.models import Source
from calls.queue_log import days
from calls.queue_log.events import AGENTS, ENDS, KNOWN, RINGS
from calls.queue_log.models import Follower, LogCount, OpenVisit
from calls.queue_log.tally import UNREADABLE

SPAN: Final = timedelta(days=30)
HEARD: Final = timedelta(minutes=1)
"""A follower that has not been heard of for longer is not running."""
MOST_MEMBERS: Final = 10
LEFT, RUNNING, SILENT = "left", "running", "silent"


@dataclass(frozen=True, slots=True)
class Told:
    """An event, how often it was told, and of calls whose beginning the log does not hold."""

    event: str
    events: int
    orphans: int
    last_at: datetime | None

    @property
    def is_unknown(self) -> bool:
        """Say whether nobody knows what it means; it is kept and counted."""
        return self.event not in KNOWN and self.event != UNREADABLE

    @property
    def about(self) -> str | Promise:
        """Say what it is about."""
        if self.event == UNREADABLE:
            return _("Lines that could not be read")
        if self.event in RINGS:
            return _("Telephones that rang in vain")
        if self.event in AGENTS:
            return _("Agents")
        if self.event in ENDS | {"ENTERQUEUE", "CONNECT"}:
            return _("Calls")
        return _("Not known here: kept and counted") if self.is_unknown else _("The telephone system")


@dataclass(frozen=True, slots=True)
class Rang:
    """How often, and for how many seconds in all, somebody's telephone rang in vain."""

    member: str
    times: int
    seconds: int


@dataclass(slots=True)
class Log:
    """The log of a source, and what it told in the 30 days up to `until`, the last that it told of."""

    source: str
    site: str
    follower: Follower | None = None
    open_calls: int = 0
    until: date | None = None
    refused: list[Import] = field(default_factory=list)
    """Days of the followed log of which refused rows are kept, as imports, the latest first."""
    told: list[Told] = field(default_factory=list)
    rang: list[Rang] = field(default_factory=list)

    @property
    def unknown(self) -> list[str]:
        """The events that nobody knows."""
        return [told.event for told in self.told if told.is_unknown]


def state_of(follower: Follower, now: datetime) -> str:
    """Return whether a log is followed at the moment."""
    if follower.stopped_at:
        return LEFT
    return RUNNING if follower.seen_at and now - follower.seen_at < HEARD else SILENT


def logs(user: Any) -> list[Log]:
    """Return the logs that the person may know of, by source."""
    followers = {one.source: one for one in Follower.objects.visible_to(user).select_related("site")}
    found = {name: Log(name, one.site.name, one) for name, one in followers.items()}
    counted = LogCount.objects.values("source").annotate(until=Max("day")).values_list("source", "until")
    sources = Source.objects.visible_to(user).filter(name__in=LogCount.objects.values("source"))
    for name, site in sources.values_list("name", "site__name"):
        found.setdefault(name, Log(name, site))
    for name, until in counted.filter(source__in=found):
        found[name].until = until
    _add_counts(found)
    _add_refused(found, user)
    return sorted(found.values(), key=lambda log: log.source)


def _add_counts(found: dict[str, Log]) -> None:
    rows = _of_span(found.values())
    if rows is not None:
        sums = {"n": Sum("events"), "orphaned": Sum("orphans"), "last": Max("last_at")}
        for row in rows.values("source", "event").annotate(**sums).order_by("-n", "event"):
            found[row["source"]].told.append(Told(row["event"], row["n"], row["orphaned"], row["last"]))
        rung = rows.filter(event__in=RINGS).values("source", "member")
        by_source: dict[str, list[Rang]] = defaultdict(list)
        for row in rung.annotate(n=Sum("events"), ms=Sum("rang_ms")).order_by("-n", "member"):
            by_source[row["source"]].append(Rang(row["member"], row["n"], row["ms"] // 1000))
        for name, rang in by_source.items():
            found[name].rang = rang[:MOST_MEMBERS]
    still = OpenVisit.objects.filter(source__in=found).values("source").annotate(n=Count("pk"))
    for name, number in still.values_list("source", "n"):
        found[name].open_calls = number


def _add_refused(found: dict[str, Log], user: Any) -> None:
    logs = {log.follower.pk: log for log in found.values() if log.follower}
    imports = Import.objects.filter(kind__in=days.HEADERS, rejected__gt=0, options__follower__in=list(logs))
    kept = kinds.get(days.LINES).visible(imports, user).filter(rejects__isnull=False).distinct()
    for one in kept.order_by("-at", "-pk"):
        logs[one.options["follower"]].refused.append(one)


def _of_span(logs: Iterable[Log]) -> Any:
    """Return the counts of each log's last days, None if there are none."""
    spans = [Q(source=log.source, day__gt=log.until - SPAN) for log in logs if log.until]
    if not spans:
        return None
    wanted = Q()
    for span in spans:
        wanted |= span
    return LogCount.objects.filter(wanted)
