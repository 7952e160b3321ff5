"""How often a log told what: by local day, event and, for calls that an agent let ring, queue and agent. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calls.queue_log.events import RINGS, Event

UNREADABLE = ""
"""What stands in the place of the event of a line that could not be read."""
Key = tuple[date, str, str, str]


@dataclass(slots=True)
class Count:
    """How often; how many of them of calls whose beginning is not known; for how long a telephone rang in vain."""

    events: int = 0
    orphans: int = 0
    rang_ms: int = 0
    last_at: datetime | None = None


@dataclass(slots=True)
class Tally:
    """Counts by day, event, queue and member; days are those of `zone`."""

    zone: ZoneInfo
    counts: dict[Key, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, event: Event, *, orphan: bool) -> None:
        """Count an event."""
        whose = (event.queue, event.member) if event.name in RINGS else ("", "")
        count = self.counts[event.at.astimezone(self.zone).date(), event.name, *whose]
        count.events += 1
        count.orphans += orphan
        count.rang_ms += event.rang_ms
        count.last_at = event.at if count.last_at is None else max(count.last_at, event.at)

    def add_unreadable(self, day: date) -> None:
        """Count a line that could not be read, on the day of the line before it."""
        self.counts[day, UNREADABLE, "", ""].events += 1

    def drain(self) -> dict[Key, Count]:
        """Return the counts and begin anew."""
        counts, self.counts = dict(self.counts), defaultdict(Count)
        return counts
