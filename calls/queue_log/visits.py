"""Events become visits of calls to queues. Pure.

A visit begins when the call enters a queue and ends when it leaves it; only then is all of it known. Its revision is how far
it has come, so that what is known later replaces what was known before, wherever the log is cut into batches.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from calls.enums import Outcome
from calls.queue_log.events import ENDS, Event

LONGEST: Final = timedelta(days=1)
"""What ends later than this after it began is another call, or a log with a hole."""
LONGEST_CALLER: Final = 120
WAITING, CONNECTED, ENDED = 0, 1, 2
TRANSFERS: Final = frozenset({"BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER"})
# Where an end of waiting says how long it was; older versions leave it out.
WAITED: Final = {"ABANDON": 2, "EXITWITHTIMEOUT": 2, "EXITWITHKEY": 3, "EXITEMPTY": 2}


@dataclass(slots=True)
class Visit:
    """One visit, as far as it is known. `row` is the line that told the last of it."""

    call_id: str
    queue: str
    entered_at: datetime
    customer: str = ""
    agent: str = ""
    outcome: str = Outcome.UNKNOWN.value
    wait_seconds: int | None = None
    talk_seconds: int | None = None
    transferred: bool | None = None
    stage: int = WAITING
    row: int = 0


class Visits:
    """The calls that have not ended, and what an event makes of them."""

    def __init__(self, still_open: Iterable[Visit] = ()) -> None:
        self.open = {visit.call_id: visit for visit in still_open}
        self.touched: dict[str, Visit] = {}
        """Open visits that events have changed since they were last asked for."""
        self.orphans = 0
        """Events of calls of which no beginning is known."""

    def take(self, event: Event) -> Visit | None:
        """Return the visit that is settled by the event, None if none is."""
        if event.name == "ENTERQUEUE":
            return self._enter(event)
        if event.name == "CONNECT":
            if visit := self._known(event):
                _connect(visit, event)
            return self._expired(event)
        if event.name in ENDS and (visit := self._known(event)):
            del self.open[event.call_id]
            self.touched.pop(event.call_id, None)
            _end(visit, event)
            return visit
        return None

    def drain(self) -> list[Visit]:
        """Return the open visits that have changed since the last time."""
        touched, self.touched = list(self.touched.values()), {}
        return touched

    def _enter(self, event: Event) -> Visit | None:
        """Begin a visit; one of the same call whose end the log does not tell is settled as it stands."""
        if not event.call_id:
            self.orphans += 1
            return None
        # Taken out first, so that the open calls stay in the order in which they began.
        self.open.pop(event.call_id, None)
        before = self.touched.pop(event.call_id, None)
        visit = Visit(
            event.call_id, event.queue, event.at, event.text(1).strip()[:LONGEST_CALLER], row=event.row
        )
        self.open[event.call_id] = self.touched[event.call_id] = visit
        return before

    def _expired(self, event: Event) -> Visit | None:
        """Settle the oldest open call if it can have no end any more, so that memory does not grow with the log.

        Asked for at connections, which settle nothing else: a line settles one visit at most.
        """
        oldest = next(iter(self.open.values()), None)
        if oldest is None or event.at - oldest.entered_at <= LONGEST:
            return None
        del self.open[oldest.call_id]
        if settled := self.touched.pop(oldest.call_id, None):
            settled.row = event.row
        return settled

    def _known(self, event: Event) -> Visit | None:
        visit = self.open.get(event.call_id)
        if visit is None or event.at - visit.entered_at > LONGEST:
            self.orphans += 1
            return None
        visit.row = event.row
        self.touched[event.call_id] = visit
        return visit


def _since(visit: Visit, event: Event) -> int:
    return max(0, int((event.at - visit.entered_at).total_seconds()))


def _connect(visit: Visit, event: Event) -> None:
    held = event.number(0)
    visit.wait_seconds = _since(visit, event) if held is None else held
    visit.agent = event.member or visit.agent
    visit.outcome, visit.stage = Outcome.ANSWERED.value, CONNECTED


def _end(visit: Visit, event: Event) -> None:
    visit.stage = ENDED
    if event.name in WAITED:
        waited = event.number(WAITED[event.name])
        visit.wait_seconds = _since(visit, event) if waited is None else waited
        left = event.name == "ABANDON"
        visit.outcome = (Outcome.ABANDONED if left else Outcome.FLOWED_OUT).value
        visit.agent = ""
        return
    held, talked = _handled(event)
    # The hold of the end may be a second beside that of the connection, which is the one that counts.
    visit.wait_seconds = held if visit.wait_seconds is None else visit.wait_seconds
    visit.talk_seconds = talked
    visit.agent = event.member or visit.agent
    visit.outcome = Outcome.ANSWERED.value
    visit.transferred = event.name in TRANSFERS


def _handled(event: Event) -> tuple[int | None, int | None]:
    """Return hold and talk: the first two of a completed call, the last before the position of an attended transfer."""
    if event.name == "ATTENDEDTRANSFER":
        # A method's data are one parameter or two.
        return event.number(-3), event.number(-2)
    first = 2 if event.name in TRANSFERS else 0  # behind extension and context
    return event.number(first), event.number(first + 1)
