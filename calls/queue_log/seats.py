"""In which queues members of a log sit, and what that makes of them. Pure.

A member of several queues is away only when they have left the last of them, and paused when they are in all.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from calls.queue_log.events import Event

EVERYWHERE: Final = ""
"""The queue of an agent who signs in as a whole, or of whom no queue has been told."""
Seats = dict[str, bool]
"""By queue: whether the member is paused there."""
LEAVES: Final = frozenset({"AGENTLOGOFF", "AGENTCALLBACKLOGOFF"})
PAUSES: Final = {"PAUSE": True, "PAUSEALL": True, "UNPAUSE": False, "UNPAUSEALL": False}


def state_of(seats: Mapping[str, bool]) -> str:
    """Return the state of a member: “offline”, “pause” or “available”."""
    if not seats:
        return "offline"
    return "pause" if all(seats.values()) else "available"


def move(seats: Seats, event: Event) -> None:
    """Change a member's seats by an event."""
    if event.name in LEAVES:
        seats.clear()
    elif event.name == "REMOVEMEMBER":
        seats.pop(event.queue, None)
        # Whoever is known only by a pause sat in the queues that the log has not named.
        seats.pop(EVERYWHERE, None)
    elif event.name in PAUSES and not event.queue:
        for queue in seats or (EVERYWHERE,):
            seats[queue] = PAUSES[event.name]
    else:
        seats[event.queue] = PAUSES.get(event.name, event.text(0) == "PAUSED")


def states(known: Mapping[str, Seats], events: Iterable[Event]) -> dict[tuple[str, datetime], str]:
    """Return by member and time of an event the state after it; the seats in `known` are moved along."""
    found = {}
    for event in events:
        seats = known[event.member]
        move(seats, event)
        found[event.member, event.at] = state_of(seats)
    return found
