"""What the calls tell those who count them."""

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

calls_changed = Signal()
"""Sent within the transaction of a change: `site` (its id), `slots` (aware UTC datetimes, the half hours in which calls
entered the queue that were added, corrected or matched, those they were in before included)."""

calls_are_in = Signal()
"""Sent within the last transaction of whatever brought calls in bit by bit: no more of them come for now."""

states_seen = Signal()
"""Sent when a log told what agents did: `actor`, `source`, `site`, `states` (of SeenState) and `now`."""


@dataclass(frozen=True, slots=True)
class SeenState:
    """From when on (aware) somebody (by work number) was in a state: “available”, “pause” or “offline”."""

    person: str
    state: str
    at: datetime
