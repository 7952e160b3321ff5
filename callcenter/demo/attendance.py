"""How the demo's agents attended their shifts of the last days, and what their telephones logged."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from callcenter.access import SYSTEM
from shifts.enums import AgentState, OccupancyKind, PunchKind
from shifts.models import Occupancy, Punch
from shifts.services.attendance import sweep_attendance
from shifts.services.drawing import BACK
from shifts.services.states import StateRow, record_states

SOURCE = "acd"
MINUTE = timedelta(minutes=1)
# A night that began before is drawn too.
REACH = BACK + timedelta(days=1)
DOINGS = (AgentState.AVAILABLE, AgentState.ON_CALL, AgentState.WRAP_UP, AgentState.PAUSE)
CHANCE = Random(20)  # noqa: S311 (the same demo at every start)


def seed(*, now: datetime) -> None:
    """Clock in and out and log states for every shift of the last days, as far back as attendance is drawn; one in twenty comes late, one in sixty not at all."""
    pieces = Occupancy.objects.filter(period__startswith__lt=now, shift__published_starts_at__gt=now - REACH)
    by_shift: dict[int | None, list[Occupancy]] = {}
    for piece in pieces.select_related("person").order_by("person__work_number", "period"):
        by_shift.setdefault(piece.shift_id, []).append(piece)
    punches: list[Punch] = []
    rows: list[StateRow] = []
    for parts in by_shift.values():
        if CHANCE.random() < 1 / 60:
            continue
        came = parts[0].period.lower + _came()
        left = parts[-1].period.upper + CHANCE.randrange(6) * MINUTE
        marks = ((PunchKind.IN, came), (PunchKind.OUT, left))
        punches += [Punch(person=parts[0].person, kind=kind, at=at) for kind, at in marks if at <= now]
        rows += _states(parts, came, now)
    Punch.objects.bulk_create(punches)
    numbered = [
        StateRow(number, row.person, row.state, row.starts_at, row.ends_at)
        for number, row in enumerate(rows, 1)
    ]
    record_states(actor=SYSTEM, source=SOURCE, rows=numbered, now=now)
    sweep_attendance(now=now)


def _came() -> timedelta:
    late = CHANCE.random() < 1 / 20
    return CHANCE.randrange(3, 25) * MINUTE if late else -CHANCE.randrange(1, 12) * MINUTE


def _states(parts: list[Occupancy], came: datetime, now: datetime) -> Iterator[StateRow]:
    """Yield what the telephone logged: calls and waiting while at work, now and then a pause; breaks a little too long or short."""
    at = came
    for part in parts:
        drift = CHANCE.randrange(-2, 5) * MINUTE if part.kind == OccupancyKind.BREAK else timedelta()
        until = min(part.period.upper + drift, now)
        while at < until:
            state, minutes = AgentState.PAUSE, 120
            if part.kind == OccupancyKind.WORK:
                state = CHANCE.choices(DOINGS, (30, 60, 7, 3))[0]
                minutes = CHANCE.randrange(10, 40)
            end = min(at + minutes * MINUTE, until)
            yield StateRow(0, part.person.work_number, state, at, end)
            at = end
