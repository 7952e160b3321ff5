"""Lines in, visits and counts out: what files and followers share. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from calls.queue_log.events import AGENTS, Event
from calls.queue_log.tally import Tally
from calls.queue_log.visits import Visit, Visits

EARLIEST: Final = date(1970, 1, 1)


class Reading:
    """A log as it is read: the calls that are open, what was told how often, and what agents did."""

    def __init__(self, still_open: Iterable[Visit], zone: ZoneInfo) -> None:
        self.visits = Visits(still_open)
        self.tally = Tally(zone)
        self.agents: list[Event] = []
        """Log-ins, log-outs and pauses since they were last taken."""
        self.last: Event | None = None

    def take(self, event: Event) -> Visit | None:
        """Return the visit that is settled by the event, None if none is."""
        orphans = self.visits.orphans
        settled = self.visits.take(event)
        self.tally.add(event, orphan=self.visits.orphans > orphans)
        if event.name in AGENTS and event.member:
            self.agents.append(event)
        self.last = event
        return settled

    def take_unreadable(self) -> None:
        """Count a line that is no event."""
        self.tally.add_unreadable(self.last.at.astimezone(self.tally.zone).date() if self.last else EARLIEST)

    def drain_agents(self) -> list[Event]:
        """Return what agents did since the last time."""
        agents, self.agents = self.agents, []
        return agents
