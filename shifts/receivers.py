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
from shifts.services.changes import end_changes
from shifts.services.departing import leave_rosters
from shifts.services.leave import end_leave
from shifts.services.states import StateRow, record_states
from shifts.services.wishes import end_wishes


@receiver(leaving)
def free_time(*, person: User, from_day: date, actor: Actor, now: datetime, **_more: Any) -> None:
    """Take back what somebody waits for when they no longer work here, leave among it, and open their shifts."""
    left: dict[str, Any] = {"actor": actor, "person": person, "from_day": from_day, "now": now}
    end_leave(**left)
    leave_rosters(**left)
    end_changes(**left)
    end_wishes(**left)


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
