"""What other apps do to people, or learn of them, has consequences for their time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from agents.models import Site, User
from agents.signals import leaving
from callcenter.access import Actor
from calls.signals import SeenState, states_seen
from shifts.enums import AgentState
from shifts.services.departing import leave_rosters
from shifts.services.leave import end_leave
from shifts.services.states import StateRow, record_states


@receiver(leaving)
def free_time(*, person: User, from_day: date, actor: Actor, now: datetime, **_more: Any) -> None:
    """Take back the leave that begins when somebody no longer works here, and open their shifts."""
    end_leave(actor=actor, person=person, from_day=from_day, now=now)
    leave_rosters(actor=actor, person=person, from_day=from_day, now=now)


@receiver(states_seen)
def log_states(
    *, actor: Actor, source: str, site: Site, states: Sequence[SeenState], now: datetime, **_more: Any
) -> None:
    """Log what agents did as the log of their calls tells it; nothing if the actor may not say it of the site.

    The log has its own entries in the audit: of each file, or of each day.
    """
    if actor.has_perm("shifts.import_states", site):
        rows = [
            StateRow(number, seen.person, AgentState(seen.state), seen.at)
            for number, seen in enumerate(states, 1)
        ]
        record_states(actor=actor, source=source, rows=rows, now=now, audited=False)
