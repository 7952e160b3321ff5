"""The watch: raises, updates, escalates and ends early warnings while the day goes on. Run twice it changes nothing more."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q

from agents.models import Site, User
from agents.notices import mail_times, notices
from callcenter.access import SYSTEM
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message
from kpi import judging
from kpi.enums.warnings import Ending, Subject
from kpi.judging import Reading
from kpi.models import EarlyWarning, WarningMail, WarningPolicy, WarningReading
from kpi.selectors.answering import answering_for
from kpi.selectors.watching import DAY, HALF_HOUR, Watched, policy, watched

logger = logging.getLogger(__name__)

FRESH: Final = {Subject.SITE: timedelta(minutes=90), Subject.TEAM: timedelta(minutes=90)}
"""What is older is no early warning any more; of an agent, yesterday still is."""
DAYS: Final = timedelta(days=2)
QUIET: Final = timedelta(days=7)
"""A warning without any figure for so long is over."""
LOCK: Final = 0x57415243
"""The advisory locks of the watch, one for each site."""
READ: Final = [one.name for one in fields(Reading)]
LATEST: Final = [name for name in READ if name not in {"at", "finished", "severity"}]
"""What a warning says of its latest interval."""

Key = tuple[str, int, str]


@dataclass(slots=True)
class Swept:
    """What one run changed."""

    raised: list[EarlyWarning] = field(default_factory=list)
    escalated: list[EarlyWarning] = field(default_factory=list)
    closed: list[EarlyWarning] = field(default_factory=list)


def sweep(*, now: datetime) -> Swept:
    """Watch every site once; of several workers at once, only one works at a site."""
    rules, swept = policy(), Swept()
    for site in Site.objects.select_related("calendar").order_by("pk"):
        try:
            found = watched(site, rules, now=now)
        except DomainError as refusal:
            logger.error("The figures of %s cannot be watched: %s", site, refusal.message)  # noqa: TRY400 (no fault of the code)
            continue
        with transaction.atomic():
            if _locked(site):
                _apply(site, found, rules, swept, now)
    return swept


def _locked(site: Site) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, site.pk])
        return bool(cursor.fetchone()[0])


def _apply(site: Site, found: Collection[Watched], rules: WarningPolicy, swept: Swept, now: datetime) -> None:
    running = _open(site)
    ended = _ended(site, now)
    seen: list[tuple[EarlyWarning, list[Reading]]] = []
    fresh: list[tuple[EarlyWarning, list[Reading]]] = []
    worse: list[EarlyWarning] = []
    for one in found:
        if warning := running.get(one.key):
            readings = [reading for reading in one.readings if reading.at >= warning.since]
            worse += [warning] if _update(warning, readings) else []
            seen.append((warning, readings))
        elif made := _raised(one, ended.get(one.key), rules, now):
            fresh.append(made)
    EarlyWarning.objects.bulk_create(warning for warning, _readings in fresh)
    EarlyWarning.objects.bulk_update(
        [warning for warning, _readings in seen], [*LATEST, "is_out", "severity"]
    )
    _write(chain(seen, fresh))
    over = _close(running.values(), rules, now)
    raised = [warning for warning, _readings in fresh]
    escalated = [warning for warning in worse if warning.closed_at is None]
    _record("warning.raised", raised, now)
    _record("warning.escalated", escalated, now)
    _record("warning.closed", over, now)
    _tell([*raised, *escalated], now)
    swept.raised += raised
    swept.escalated += escalated
    swept.closed += over


def _open(site: Site) -> dict[Key, EarlyWarning]:
    rows = (
        EarlyWarning.objects.open()
        .filter(Q(site=site) | Q(agent__site=site))
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    return {key_of(row): row for row in rows}


def key_of(row: EarlyWarning) -> Key:
    """Return the figure and the subject that a warning is about, as Watched.key names them."""
    return (
        row.kind,
        {"site": row.site_id, "team": row.team_id, "agent": row.agent_id}[row.kind] or 0,
        row.metric,
    )


def _ended(site: Site, now: datetime) -> dict[Key, datetime]:
    """Return until when each figure was warned about lately: what lies before was said already."""
    rows = EarlyWarning.objects.closed().filter(site=site, closed_at__gt=now - DAYS).order_by("closed_at")
    return {key_of(row): row.closed_at for row in rows if row.closed_at}


def _raised(
    one: Watched, ended: datetime | None, rules: WarningPolicy, now: datetime
) -> tuple[EarlyWarning, list[Reading]] | None:
    readings = [reading for reading in one.readings if ended is None or reading.at >= ended]
    after = 1 if one.kind == Subject.AGENT else rules.raise_after
    severity = judging.raised(readings, after=after)
    if not severity or readings[-1].at < now - FRESH.get(Subject(one.kind), DAYS):
        return None
    run = judging.out_since(readings)
    warning = EarlyWarning(
        kind=one.kind,
        site_id=one.site,
        team_id=one.team,
        agent_id=one.agent,
        metric=one.metric,
        severity=severity,
        since=run[0].at,
        raised_at=now,
        **{name: getattr(run[-1], name) for name in LATEST},
    )
    # What came before on the same day shows where it fell.
    return warning, list(readings)


def _update(warning: EarlyWarning, readings: list[Reading]) -> bool:
    """Take over what the latest intervals say; return whether it has become worse than it ever was."""
    if not readings:
        return False
    last, worst = readings[-1], max(reading.severity for reading in readings)
    warning.is_out = bool(last.severity)
    for name in LATEST:
        setattr(warning, name, getattr(last, name))
    escalates = worst > warning.severity
    warning.severity = max(warning.severity, worst)
    return escalates


def _write(seen: Iterable[tuple[EarlyWarning, list[Reading]]]) -> None:
    rows = [
        WarningReading(warning=warning, **asdict(reading))
        for warning, readings in seen
        for reading in readings
    ]
    changing = [name for name in READ if name != "at"]
    WarningReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["warning", "at"], update_fields=changing
    )


def _close(rows: Collection[EarlyWarning], rules: WarningPolicy, now: datetime) -> list[EarlyWarning]:
    """End what has come back for as many intervals as the centre asks for, and what no call tells of any more."""
    readings: dict[int, list[Reading]] = {row.pk: [] for row in rows}
    # Nobody may have looked between the last call of a day and its end.
    days = Q(warning__kind=Subject.AGENT, at__lte=now - DAY)
    half_hours = ~Q(warning__kind=Subject.AGENT) & Q(at__lte=now - HALF_HOUR)
    running = WarningReading.objects.filter(warning__in=readings, finished=False)
    running.filter(days | half_hours).update(finished=True)
    since = Q(warning__in=readings, at__gte=F("warning__since"))
    for one in WarningReading.objects.filter(since).order_by("at"):
        readings[one.warning_id].append(Reading(**{name: getattr(one, name) for name in READ}))
    over = []
    for row in rows:
        known = readings[row.pk]
        if judging.is_over(known, after=rules.back_after):
            row.ending = Ending.BACK
        elif (known[-1].at if known else row.since) < now - QUIET:
            row.ending = Ending.QUIET
        else:
            continue
        row.closed_at = now
        over.append(row)
    EarlyWarning.objects.bulk_update(over, ["closed_at", "ending"])
    queue.cancel(*(row.topic for row in over))
    return over


def _record(action: str, rows: Collection[EarlyWarning], now: datetime) -> None:
    log.record_many(
        log.entry(
            SYSTEM,
            action,
            row,
            now=now,
            metric=row.metric,
            severity=row.severity,
            value=row.value,
            calls=row.calls,
        )
        for row in rows
    )


def _tell(rows: Collection[EarlyWarning], now: datetime) -> None:
    """Tell whoever answers for each warning in the app; by mail too whoever wishes so for what is as bad as that."""
    if not rows:
        return
    keys = [row.pk for row in rows]
    known = EarlyWarning.objects.filter(pk__in=keys).select_related("site", "team", "agent")
    answering = answering_for(rows, now=now)
    wishes = dict(WarningMail.objects.values_list("person", "severity"))
    times = mail_times({one for people in answering.values() for one in people}, now)
    queue.enqueue(
        message
        for row in known
        for message in _messages(row, answering[row.pk], now, times)
        if message.channel == Channel.IN_APP
        or row.severity >= wishes.get(message.recipient_id or 0, row.severity + 1)
    )


def _messages(
    row: EarlyWarning, people: Collection[User], now: datetime, times: Mapping[int, datetime]
) -> Iterable[Message]:
    context = {
        "subject": str(row.subject),
        "kind": row.kind,
        "metric": row.metric,
        "severity": row.severity,
        "value": row.value,
        "calls": row.calls,
        "middle": row.middle,
        "target": row.target,
        "path": row.get_absolute_url(),
    }
    key = f"{row.topic}:{row.severity}"
    facts: dict[str, Any] = {"template": "kpi/notify/warning", "context": context, "topic": row.topic}
    return notices(key, people, **facts, now=now, times=times)
