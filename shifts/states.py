"""A person's timeline of logged states: pure. What comes in later of the same source takes the place of what was there."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shifts.enums import AgentState


@dataclass(frozen=True, slots=True)
class Span:
    """A state from one instant until before another; without an end it goes on until another state begins."""

    starts_at: datetime
    ends_at: datetime | None
    state: AgentState
    source: str

    def meets(self, other: "Span") -> bool:
        """Say whether the two have time in common."""
        return _before(self.starts_at, other.ends_at) and _before(other.starts_at, self.ends_at)


def _before(at: datetime, end: datetime | None) -> bool:
    return end is None or at < end


class Taken(ValueError):
    """The time belongs to another source."""

    def __init__(self, other: Span) -> None:
        super().__init__(other.source)
        self.other = other


class Timeline:
    """Spans of a person, none of which meet, in order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans, key=lambda one: one.starts_at)

    def put(self, span: Span) -> str:
        """Put a span in and return what became of it: “new”, “changed” or “unchanged”.

        A span without an end lasts until the next begins. It ends the one without an end before it. Time that another
        source has said something about is Taken.
        """
        first = self._first(span.starts_at)
        if span.ends_at is None:
            begun = bisect_right(self.spans, span.starts_at, key=lambda one: one.starts_at)
            span = replace(span, ends_at=self.spans[begun].starts_at if begun < len(self.spans) else None)
        last = first
        while last < len(self.spans) and self.spans[last].meets(span):
            last += 1
        met = self.spans[first:last]
        if met == [span]:
            return "unchanged"
        left = self._left(met, span)
        self.spans[first:last] = sorted([*left, span], key=lambda one: one.starts_at)
        return (
            "changed"
            if any(one.ends_at is not None or one.starts_at >= span.starts_at for one in met)
            else "new"
        )

    def _first(self, at: datetime) -> int:
        """Return the place of the first span that is not over at `at`."""
        place = bisect_left(self.spans, at, key=lambda one: one.starts_at)
        return place - 1 if place and _before(at, self.spans[place - 1].ends_at) else place

    @staticmethod
    def _left(met: Sequence[Span], span: Span) -> list[Span]:
        """Return what is left of the spans beside a new one."""
        left = []
        for one in met:
            is_ended = one.ends_at is None and one.starts_at < span.starts_at
            if one.source != span.source and not is_ended:
                raise Taken(one)
            if one.starts_at < span.starts_at:
                left.append(replace(one, ends_at=span.starts_at))
            if one.ends_at and span.ends_at and one.ends_at > span.ends_at:
                left.append(replace(one, starts_at=span.ends_at))
        return left
