"""What comes next in a shift, and how it is drawn as a bar. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

WIDTH = 100.0
"""The width of a bar; positions in it are shares of this."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant of a shift, and the words for the time until then: “%(time)s” stands for it."""

    at: datetime
    text: str

    def until(self, now: datetime) -> timedelta:
        """Return how long it is until then."""
        return self.at - now


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a bar: where it begins, how wide it is, and of which kind."""

    x: float
    width: float
    tone: str


def moments(shift: Any) -> list[Moment]:
    """Return the begin of a shift (selectors.mine.MyShift), begin and end of its breaks, and its end, in order."""
    found = [Moment(shift.starts_at, _("Begins in %(time)s"))]
    for part in shift.breaks:
        found.append(Moment(part.starts_at, _("%(break)s in %(time)s") % _kept(part.label)))
        found.append(Moment(part.ends_at, _("%(break)s ends in %(time)s") % _kept(part.label)))
    return [*found, Moment(shift.ends_at, _("Ends in %(time)s"))]


def _kept(label: str | Promise) -> dict[str, str]:
    return {"break": str(label), "time": "%(time)s"}


def running_or_next(shifts: Iterable[Any], now: datetime) -> Any | None:
    """Return the shift that goes on at `now`, else the one that begins next."""
    to_come = [shift for shift in shifts if shift.ends_at > now]
    return min(to_come, key=lambda shift: shift.starts_at, default=None)


def bar(shift: Any, now: datetime) -> list[Block]:
    """Return the blocks of a shift: what is over, then its breaks."""
    length = (shift.ends_at - shift.starts_at).total_seconds()

    def place(at: datetime) -> float:
        share: float = (at - shift.starts_at).total_seconds() / length
        return round(WIDTH * min(max(share, 0), 1), 2)

    blocks = [Block(0, place(now), "done")]
    blocks += [
        Block(place(part.starts_at), round(place(part.ends_at) - place(part.starts_at), 2), "rest")
        for part in shift.breaks
    ]
    return blocks


def strip(slices: list[Any]) -> Iterator[Block]:
    """Return the blocks of a shift's slices (selectors.adherence.Slice), neighbours of one tone as one."""
    if not slices:
        return
    begin = slices[0].starts_at
    length = (slices[-1].ends_at - begin).total_seconds()
    blocks: list[Block] = []
    for one in slices:
        x = round(WIDTH * (one.starts_at - begin).total_seconds() / length, 2)
        width = round(WIDTH * one.seconds / length, 2)
        tone = f"{one.tone}-{one.plan}"
        if blocks and blocks[-1].tone == tone:
            last = blocks.pop()
            x, width = last.x, round(last.width + width, 2)
        blocks.append(Block(x, width, tone))
    yield from blocks
