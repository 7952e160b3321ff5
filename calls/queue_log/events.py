"""A line of a queue log, or a row of its realtime table, becomes an event. Pure.

A line is `epoch|call|queue|member|event|parameters…`; what the parameters mean depends on the event, and how many there
are on the version that wrote them. Waits and talks are whole seconds, the time that a telephone rang milliseconds.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from callcenter.sheets import cells
from callcenter.sheets.cells import Cell

NOBODY: Final = frozenset({"", "NONE"})
LONGEST_CALL, LONGEST_NAME, LONGEST_EVENT = 120, 80, 40
LONGEST_SECONDS: Final = 7 * 24 * 3600
EPOCH: Final = re.compile(r"\d{9,10}(?:\.\d+)?")
COLUMNS: Final = 5
"""Fields before the parameters."""

ENDS: Final = frozenset({
    "COMPLETEAGENT", "COMPLETECALLER", "ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY",
    "BLINDTRANSFER", "ATTENDEDTRANSFER", "TRANSFER",
})  # fmt: skip
RINGS: Final = frozenset({"RINGNOANSWER", "RINGCANCELED"})
AGENTS: Final = frozenset({
    "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL",
    "AGENTLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGIN", "AGENTCALLBACKLOGOFF",
})  # fmt: skip
SYSTEM: Final = frozenset({"QUEUESTART", "CONFIGRELOAD", "SYSCOMPAT", "AGENTDUMP"})
KNOWN: Final = frozenset({"ENTERQUEUE", "CONNECT"}) | ENDS | RINGS | AGENTS | SYSTEM


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at an instant (UTC): to which call, in which queue, by which member; “” where none is named."""

    at: datetime
    call_id: str
    queue: str
    member: str
    name: str
    data: tuple[str, ...] = ()
    row: int = 0

    def text(self, place: int) -> str:
        """Return a parameter, “” if there are not so many."""
        return self.data[place] if -len(self.data) <= place < len(self.data) else ""

    def number(self, place: int) -> int | None:
        """Return a parameter that is a whole number, None if there is none that could be meant."""
        text = self.text(place)
        found = int(text) if text.isascii() and text.isdecimal() else None
        return found if found is not None and found <= LONGEST_SECONDS else None

    @property
    def rang_ms(self) -> int:
        """Milliseconds that a telephone rang in vain."""
        return (self.number(0) or 0) if self.name in RINGS else 0


class BadLine(ValueError):
    """A line that tells nothing; its message says why."""


def from_line(line: str, row: int = 0) -> Event:
    """Return the event of a line of the file. BadLine if it is none."""
    parts = line.rstrip("\r\n").split("|")
    if len(parts) < COLUMNS or not EPOCH.fullmatch(parts[0]):
        raise BadLine(_("this is no line of a queue log: “%(line)s”") % {"line": _shown(line)})
    return _event(datetime.fromtimestamp(int(parts[0].partition(".")[0]), UTC), parts[1:], row)


def from_cells(found: Sequence[Cell], instant: Callable[[str], datetime], row: int = 0) -> Event:
    """Return the event of a row of the table: time, call, queue, member, event and its parameters. BadLine if it is none.

    `instant` reads the time.
    """
    parts = [cells.shown(cell).strip() for cell in found]
    try:
        at = instant(parts[0])
    except (ValueError, OverflowError) as error:
        raise BadLine(str(error)) from error
    # The table has five parameters; what goes beyond stands in the last of them.
    return _event(at, [*parts[1:-1], *parts[-1].split("|")], row)


def clock(zone: ZoneInfo | None) -> Callable[[str], datetime]:
    """Return the function from a time of the table to its instant: seconds since 1970, or wall time at `zone` if it is known."""

    def instant(text: str) -> datetime:
        if EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text.partition(".")[0]), UTC)
        local = cells.moment(text)
        if local is None:
            raise BadLine(_("the time is missing"))
        if zone is None:
            raise BadLine(_("nobody said of which time zone this time is"))
        return cells.instant(local, zone)

    return instant


def _event(at: datetime, parts: Sequence[str], row: int) -> Event:
    call_id, queue, member, name, *data = parts
    # A crash leaves NULs, and the database takes none.
    if not name or "\0" in "".join(parts):
        raise BadLine(_("the event is missing or damaged"))
    if (
        len(call_id) > LONGEST_CALL
        or max(len(queue), len(member)) > LONGEST_NAME
        or len(name) > LONGEST_EVENT
    ):
        raise BadLine(_("a name is longer than any that a queue log has"))
    while data and not data[-1]:
        data.pop()
    return Event(at, _named(call_id), _named(queue), _named(member), name, tuple(data), row)


def _named(text: str) -> str:
    return "" if text in NOBODY else text


def _shown(line: str) -> str:
    return cells.shown(line.strip())[:60]
