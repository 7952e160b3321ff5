"""What a telephone system says that agents do: written in batches, the same batch again changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from callcenter.imports.kinds import Taken as Outcome
from shifts.enums import AgentState
from shifts.models import Occupancy, StateSpan
from shifts.services.attendance import tell_absences
from shifts.services.drawing import draw
from shifts.services.occupying import lock_people
from shifts.states import Span, Taken, Timeline

LONGEST: Final = timedelta(hours=24)
SOON: Final = timedelta(minutes=5)
"""A clock of another machine may be that much ahead."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row of a batch: whose (work number), what, from when until when (aware; no end: until the next state)."""

    row: int
    person: str
    state: AgentState
    starts_at: datetime
    ends_at: datetime | None = None


@transaction.atomic
def record_states(
    *, actor: Actor, source: str, rows: Sequence[StateRow], now: datetime, audited: bool = True
) -> Outcome:
    """Write states of agents whose sites the actor plans; return what became of the rows, the refused with their reason.

    A later word of the same source about the same time takes the place of the earlier one; time that another source has
    spoken about is refused. The adherence of the shifts that are touched is drawn anew. It is not `audited` for who
    writes down what came in bit by bit.
    """
    require(actor, "shifts.import_states")
    if not source.strip():
        raise DomainError(
            _("The source is missing."), field="source", mend=_("Name the system that says it.")
        )
    outcome = Outcome()
    people = _people({row.person for row in rows})
    good: dict[int, list[StateRow]] = defaultdict(list)
    for row in rows:
        person = people.get(row.person)
        if wrong := _wrong(row, person, actor, now):
            outcome.refused.append((row.row, *wrong))
        elif person:
            good[person.pk].append(row)
    if not good:
        return outcome
    lock_people(good)
    touched = _write(good, source.strip()[:80], outcome)
    tell_absences(draw(_shifts(touched, now), now=now), now=now)
    if audited:
        site = people[next(iter(good.values()))[0].person].site
        counts = {name: getattr(outcome, name) for name in ("new", "changed", "unchanged")}
        refused = len(outcome.refused)
        log.record(
            actor,
            "states.recorded",
            site,
            now=now,
            source=source,
            people=len(good),
            refused=refused,
            **counts,
        )
    return outcome


def _people(numbers: Collection[str]) -> dict[str, User]:
    found = User.objects.filter(work_number__in=numbers).select_related("site")
    return {person.work_number: person for person in found}


def _wrong(row: StateRow, person: User | None, actor: Actor, now: datetime) -> tuple[str, str] | None:
    """Return the field and the reason if a row cannot be taken."""
    if person is None or not actor.has_perm("shifts.import_states", person.site):
        return "person", _("nobody of your sites has the work number %(number)s") % {"number": row.person}
    if row.starts_at > now + SOON:
        return "starts_at", _("it begins in the time to come")
    if row.ends_at is None:
        return None
    if row.ends_at <= row.starts_at:
        return "ends_at", _("it ends before it begins")
    if row.ends_at - row.starts_at > LONGEST:
        return "ends_at", _("it is longer than %(hours)d hours") % {"hours": LONGEST.total_seconds() // 3600}
    return None


Touched = dict[int, tuple[datetime, datetime | None]]


def _write(good: dict[int, list[StateRow]], source: str, outcome: Outcome) -> Touched:
    """Put the rows into their people's timelines; return the time of each in which something changed."""
    lines, before = _timelines(good)
    touched: Touched = {}
    new: list[StateSpan] = []
    gone: list[int] = []
    for person, rows in good.items():
        line = lines[person]
        for row in sorted(rows, key=lambda one: one.starts_at):
            _put(line, Span(row.starts_at, row.ends_at, row.state, source), row, outcome)
        kept = before[person]
        after = set(line.spans)
        gone += [pk for span, pk in kept.items() if span not in after]
        added = [span for span in line.spans if span not in kept]
        new += [_as_row(person, span) for span in added]
        changed = [*added, *(span for span in kept if span not in after)]
        if changed:
            touched[person] = _around(changed)
    StateSpan.objects.filter(pk__in=gone).delete()
    StateSpan.objects.bulk_create(new)
    return touched


def _put(line: Timeline, span: Span, row: StateRow, outcome: Outcome) -> None:
    try:
        became = line.put(span)
    except Taken as taken:
        reason = _("the source “%(source)s” has said something else about this time")
        outcome.refused.append((row.row, "starts_at", reason % {"source": taken.other.source}))
    else:
        setattr(outcome, became, getattr(outcome, became) + 1)


def _timelines(good: dict[int, list[StateRow]]) -> tuple[dict[int, Timeline], dict[int, dict[Span, int]]]:
    """Return what is known of each person around the rows: the timeline, and the key of each of its spans."""
    begin = min(row.starts_at for rows in good.values() for row in rows)
    ends = [row.ends_at for rows in good.values() for row in rows]
    known = [end for end in ends if end]
    # A state without an end lasts until the next one, whenever that is.
    around = DateTimeTZRange(begin, max(known) if len(known) == len(ends) else None)
    before: dict[int, dict[Span, int]] = {person: {} for person in good}
    for row in StateSpan.objects.filter(person__in=good, period__overlap=around):
        span = Span(row.period.lower, row.period.upper, AgentState(row.state), row.source)
        before[row.person_id][span] = row.pk
    return {person: Timeline(spans) for person, spans in before.items()}, before


def _as_row(person: int, span: Span) -> StateSpan:
    period = DateTimeTZRange(span.starts_at, span.ends_at)
    return StateSpan(person_id=person, period=period, state=span.state, source=span.source)


def _around(spans: Iterable[Span]) -> tuple[datetime, datetime | None]:
    ends = [span.ends_at for span in spans]
    known = [end for end in ends if end]
    return min(span.starts_at for span in spans), max(known) if len(known) == len(ends) else None


def _shifts(touched: Touched, now: datetime) -> set[int]:
    """Return the shifts that are over and whose time was touched."""
    if not touched:
        return set()
    since = min(begin for begin, _end in touched.values())
    until = max((end or now) for _begin, end in touched.values())
    pieces = Occupancy.objects.filter(person__in=touched, shift__isnull=False, period__endswith__lte=now)
    rows = pieces.within(since, max(until, since + SOON)).values_list("shift", "person", "period")
    return {shift for shift, person, period in rows if _meets(period, *touched[person])}


def _meets(period: DateTimeTZRange, begin: datetime, end: datetime | None) -> bool:
    return bool(period.upper > begin and (end is None or period.lower < end))
