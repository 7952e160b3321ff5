"""A log is followed while it grows: what has come is written together with how far it was read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from agents.models import Site
from callcenter.access import Actor, require
from callcenter.audit import log
from calls import services, store
from calls.contacts import masked
from calls.queue_log import days, record, rotation
from calls.queue_log.events import BadLine, from_line
from calls.queue_log.models import Follower
from calls.queue_log.reading import Reading
from calls.queue_log.states import tell_states
from calls.queue_log.visits import Visit

SEEN_EVERY: Final = timedelta(seconds=15)
"""How often a follower that has nothing to do says that it is there."""


@transaction.atomic
def begin_following(*, actor: Actor, source: str, site: Site, path: Path, now: datetime) -> Follower:
    """Begin, or go on, to follow the log of a source. Conflict if the source is another site's."""
    require(actor, "calls.import", site)
    services.refuse_source_of_another_site(source, site)
    follower, fresh = Follower.objects.select_for_update().get_or_create(
        source=source, defaults={"site": site, "path": str(path)}
    )
    follower.path, follower.stopped_at, follower.seen_at = str(path), None, now
    follower.save(update_fields=["path", "stopped_at", "seen_at"])
    log.record(actor, "log.followed", follower, now=now, path=str(path), anew=fresh)
    return follower


@dataclass(frozen=True, slots=True)
class Step:
    """How many lines were read, and what could not be taken of them, in words."""

    lines: int = 0
    problems: list[str] = field(default_factory=list)


@transaction.atomic
def read_more(*, actor: Actor, follower_id: int, now: datetime) -> Step:
    """Write the next lines of a log and how far it is read, in one transaction.

    Two that follow the same log wait for each other, and read no line twice. OSError if the file cannot be read.
    """
    held = Follower.objects.select_for_update(of=("self",)).select_related("site__calendar")
    follower = held.get(pk=follower_id)
    require(actor, "calls.import", follower.site)
    found = rotation.read_on(Path(follower.path), follower.position, follower.mark)
    if not found.lines:
        _say_there(follower, found, now)
        return Step()
    store.lock(follower.source)
    reading = Reading(record.still_open(follower.source), ZoneInfo(follower.site.calendar.time_zone))
    visits, bad = _read(reading, found.lines)
    rows = record.settle_visits(follower.source, visits)
    taken = services.take_calls(actor=actor, source=follower.source, site=follower.site, rows=rows, now=now)
    days.keep(follower, taken, rows, bad, actor=actor, now=now)
    record.add_counts(follower.source, reading.tally.drain())
    tell_states(
        actor=actor, source=follower.source, site=follower.site, events=reading.drain_agents(), now=now
    )
    follower.unreadable += len(bad)
    follower.refused += len(taken.refused)
    follower.last_event_at = reading.last.at if reading.last else follower.last_event_at
    _remember(follower, found, now)
    calls = {row.row: row.call_id for row in rows}
    problems = [reason for _row, _line, reason in bad]
    problems += [f"{calls[row]}: {reason}" for row, _field, reason in taken.refused]
    return Step(len(found.lines), [masked(problem) for problem in problems])


def _remember(follower: Follower, found: rotation.Read, now: datetime) -> None:
    """Keep how far the log is read."""
    follower.position, follower.mark = found.position, found.mark
    follower.size = found.position + found.left
    follower.lines += len(found.lines)
    follower.gaps += found.gap
    follower.seen_at = now
    follower.save()


def _read(reading: Reading, lines: list[bytes]) -> tuple[list[Visit], list[tuple[int, str, str]]]:
    """Return the visits that the lines have settled or changed; of the lines that tell nothing number, text, and why."""
    visits: list[Visit] = []
    bad: list[tuple[int, str, str]] = []
    for row, line in enumerate(lines, 1):
        if not line.strip():
            continue
        text = line.decode(errors="replace")
        try:
            event = from_line(text, row)
        except BadLine as error:
            reading.take_unreadable()
            bad.append((row, text, str(error)))
        else:
            visits += filter(None, [reading.take(event)])
    return [*visits, *reading.visits.drain()], bad


def _say_there(follower: Follower, found: rotation.Read, now: datetime) -> None:
    size = follower.position + found.left
    if size == follower.size and follower.seen_at and now - follower.seen_at < SEEN_EVERY:
        return
    follower.size, follower.seen_at = size, now
    follower.save(update_fields=["size", "seen_at"])


@transaction.atomic
def stop_following(*, actor: Actor, follower_id: int, now: datetime) -> None:
    """Say that nobody reads the log any more; where it was left stays."""
    follower = Follower.objects.select_for_update().get(pk=follower_id)
    require(actor, "calls.import", follower.site)
    follower.stopped_at = now
    follower.save(update_fields=["stopped_at"])
    day = days.of(follower).filter(kind=days.LINES).order_by("-at", "-pk").first()
    log.record(actor, "log.left", follower, now=now, position=follower.position, **days.told(day))
