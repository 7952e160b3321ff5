"""Every write to demand and to how well queues are to be answered. The door for forecasts from elsewhere, too."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import DomainError
from calls.models import Queue
from shifts.bounds import LONGEST_HANDLING, MOST_CALLS
from shifts.cover import half_hour
from shifts.enums import Origin
from shifts.models import Demand, QueueGoal

BY_HAND = [Origin.ENTERED.value, Origin.IMPORTED.value]
"""What people said; nothing that is computed overwrites it."""

PUT = """
INSERT INTO shifts_demand AS d (queue_id, starts_at, calls, handle_seconds, origin)
SELECT %(queue)s, given.starts_at, given.calls, given.handle_seconds, %(origin)s
  FROM unnest(%(times)s::timestamptz[], %(calls)s::numeric[], %(handle)s::int[])
       AS given(starts_at, calls, handle_seconds)
    ON CONFLICT (queue_id, starts_at) DO UPDATE
   SET calls = EXCLUDED.calls, handle_seconds = EXCLUDED.handle_seconds, origin = EXCLUDED.origin
 WHERE (EXCLUDED.origin = ANY(%(by_hand)s) OR NOT d.origin = ANY(%(by_hand)s))
   AND (d.calls, d.handle_seconds, d.origin)
       IS DISTINCT FROM (EXCLUDED.calls, EXCLUDED.handle_seconds, EXCLUDED.origin)
RETURNING xmax = 0"""


@dataclass(frozen=True, slots=True)
class Load:
    """Calls expected in a half hour, and for how many seconds one is handled."""

    calls: Decimal
    handle_seconds: int


@dataclass(frozen=True, slots=True)
class Put:
    """How many half hours are new, changed, taken out, and left as they were."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    left: int = 0


@transaction.atomic
def put_demand(
    *, actor: Actor, queue: Queue, loads: Mapping[datetime, Load | None], origin: Origin, now: datetime
) -> Put:
    """Write the demand of half hours; None takes one out. A forecast leaves alone what was entered or imported.

    Raises DomainError for an instant that begins no half hour, and for figures that cannot be.
    """
    require(actor, "shifts.plan", queue.site)
    known = {at: load for at, load in loads.items() if load is not None}
    for at, load in loads.items():
        _check(at, load)
    gone = Demand.objects.filter(
        queue=queue, starts_at__in=[at for at, load in loads.items() if load is None]
    )
    if origin not in BY_HAND:
        gone = gone.exclude(origin__in=BY_HAND)
    removed = gone.delete()[0]
    values: dict[str, Any] = {
        "queue": queue.pk,
        "origin": origin.value,
        "by_hand": BY_HAND,
        "times": list(known),
        "calls": [load.calls for load in known.values()],
        "handle": [load.handle_seconds for load in known.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(PUT, values)
        fresh = [row[0] for row in cursor.fetchall()]
    done = Put(sum(fresh), len(fresh) - sum(fresh), removed, len(known) - len(fresh))
    if fresh or removed:
        facts = {"origin": origin.value, "new": done.new, "changed": done.changed, "removed": removed}
        log.record(actor, "demand.put", queue, now=now, **facts)
    return done


@transaction.atomic
def set_goal(*, actor: Actor, queue: Queue, now: datetime, **wanted: Any) -> QueueGoal:
    """Say how well the queue is to be answered; `wanted` are fields of QueueGoal. What was computed before stays until it is computed anew."""
    require(actor, "shifts.plan", queue.site)
    _check_goal(wanted)
    goal = QueueGoal.objects.select_for_update().filter(queue=queue).first() or QueueGoal(queue=queue)
    old = {name: str(getattr(goal, name)) for name in wanted} if goal.pk else {}
    for name, value in wanted.items():
        setattr(goal, name, value)
    goal.save()
    log.record(
        actor,
        "queue_goal.set",
        goal,
        now=now,
        old=old,
        new={name: str(value) for name, value in wanted.items()},
    )
    return goal


def _check_goal(wanted: Mapping[str, Any]) -> None:
    limits: dict[str, Callable[[Any], bool]] = {
        "share": lambda share: 0 < share < 1,
        "shrinkage": lambda share: 0 <= share < 1,
        "occupancy": lambda share: 0 < share <= 1,
        "patience_seconds": lambda seconds: seconds is None or seconds > 0,
    }
    for name, fits in limits.items():
        if name in wanted and not fits(wanted[name]):
            raise DomainError(
                _("%(value)s cannot be reached.") % {"value": wanted[name]},
                field=name,
                mend=_("Shares lie between 0 and 1; patience is longer than nothing."),
            )


def _check(at: datetime, load: Load | None) -> None:
    if at != half_hour(at):
        raise DomainError(
            _("%(time)s begins no half hour.") % {"time": at.isoformat()},
            field="starts_at",
            mend=_("Give times as 09:00 or 09:30."),
        )
    if load and not 0 <= load.calls <= MOST_CALLS:
        raise DomainError(
            _("%(calls)s calls in half an hour cannot be.") % {"calls": load.calls},
            field="calls",
            mend=_("Give a number from 0 to %(most)s.") % {"most": MOST_CALLS},
        )
    if load and not 0 < load.handle_seconds <= LONGEST_HANDLING:
        raise DomainError(
            _("A handle time of %(seconds)s seconds cannot be.") % {"seconds": load.handle_seconds},
            field="handle_seconds",
            mend=_("Give whole seconds, from 1 to %(most)s.") % {"most": LONGEST_HANDLING},
        )
