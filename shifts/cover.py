"""Counting heads by half hour. Pure.

A head counts for one skill and, with everybody else, for the site as a whole (skill None). Pieces of a half hour add
up; what does not make a whole head does not count. Half hours lie on the clock in UTC.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from shifts.enums import STEP_MINUTES

STEP = timedelta(minutes=STEP_MINUTES)
STEP_SECONDS = STEP_MINUTES * 60

Key = tuple[datetime, int | None]
"""A half hour, and a skill; None is everybody at the site, whatever their skill."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Working time of a person at a site, breaks cut out; without a skill it counts for the strongest one of the person."""

    site_id: int
    person_id: int
    skill_id: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """Several heads from one instant to another; negative takes them away."""

    skill_id: int | None
    starts_at: datetime
    ends_at: datetime
    heads: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Heads required and present in a half hour; `skill_id` None counts everybody at the site."""

    starts_at: datetime
    skill_id: int | None
    required: int
    present: int

    @property
    def short(self) -> int:
        """Return how many heads are missing."""
        return max(self.required - self.present, 0)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the heads of a half hour."""

    starts_at: datetime
    skill_id: int | None
    required: int
    before: int
    after: int

    @property
    def is_new_gap(self) -> bool:
        """Say whether fewer are left than required, and fewer than before."""
        return self.after < self.required and self.after < self.before


def half_hour(at: datetime) -> datetime:
    """Return the begin of the half hour in which `at` lies, in UTC."""
    stamp = int(at.timestamp())
    return datetime.fromtimestamp(stamp - stamp % STEP_SECONDS, UTC)


def half_hours(since: datetime, until: datetime) -> Iterator[datetime]:
    """Return the begins of the half hours that touch the time from `since` until `until`."""
    at = half_hour(since)
    while at < until:
        yield at
        at += STEP


def seconds_by_half_hour(stretches: Iterable[Stretch]) -> dict[Key, float]:
    """Return how many seconds of heads fall into each half hour, for each skill and for everybody."""
    # Numbers, since a month of a large site has tens of thousands of half hours.
    seconds: dict[tuple[int, int | None], float] = defaultdict(float)
    for stretch in stretches:
        begin, end = stretch.starts_at.timestamp(), stretch.ends_at.timestamp()
        first = int(begin) - int(begin) % STEP_SECONDS
        for at in range(first, ceil(end), STEP_SECONDS):
            part = min(end, at + STEP_SECONDS) - max(begin, at)
            seconds[at, stretch.skill_id] += part * stretch.heads
    by_key: dict[Key, float] = defaultdict(float)
    for (at, skill), worth in seconds.items():
        instant = datetime.fromtimestamp(at, UTC)
        by_key[instant, None] += worth
        if skill is not None:
            by_key[instant, skill] += worth
    return by_key


def heads(seconds: float) -> int:
    """Return the whole heads that so many seconds of a half hour make."""
    return int(max(seconds, 0.0) / STEP_SECONDS + 1e-6)


def cells(required: Mapping[Key, int], seconds: Mapping[Key, float]) -> list[Cell]:
    """Return every half hour in which somebody is required or present, by time, everybody before the single skills."""
    keys = sorted({*required, *seconds}, key=lambda key: (key[0], key[1] or 0))
    found = (
        Cell(at, skill, required.get((at, skill), 0), heads(seconds.get((at, skill), 0.0)))
        for at, skill in keys
    )
    return [cell for cell in found if cell.required or cell.present]


@dataclass(frozen=True, slots=True)
class Sum:
    """A half hour of a whole site: at least as many are required as all skills together, and a head fills one place only."""

    starts_at: datetime
    required: int
    present: int
    short: int


def sums(found: Iterable[Cell]) -> list[Sum]:
    """Return one row for each half hour; `short` is the greater of what the site lacks and what its skills lack together."""
    by_time: dict[datetime, list[Cell]] = defaultdict(list)
    for cell in found:
        by_time[cell.starts_at].append(cell)
    return [_sum(at, row) for at, row in by_time.items()]


def _sum(at: datetime, row: list[Cell]) -> Sum:
    whole = next((cell for cell in row if cell.skill_id is None), Cell(at, None, 0, 0))
    skilled = [cell for cell in row if cell.skill_id is not None]
    required = max(whole.required, sum(cell.required for cell in skilled))
    short = max(whole.short, sum(cell.short for cell in skilled))
    return Sum(at, required, whole.present, short)


@dataclass(slots=True)
class Gap:
    """Half hours in a row in which the same skill (None: the site as a whole) is short: by how many at the worst, and in all."""

    skill_id: int | None
    starts_at: datetime
    ends_at: datetime
    worst: int
    head_half_hours: int


def gaps(found: Iterable[Cell]) -> list[Gap]:
    """Return what is short, by time; of the whole site only where its skills do not say so already."""
    by_time: dict[datetime, list[Cell]] = defaultdict(list)
    for cell in found:
        by_time[cell.starts_at].append(cell)
    open_gaps: dict[int | None, Gap] = {}
    told: list[Gap] = []
    for at, row in sorted(by_time.items(), key=lambda entry: entry[0]):
        of_skills = sum(cell.short for cell in row if cell.skill_id is not None)
        for cell in row:
            if not cell.short or (cell.skill_id is None and cell.short <= of_skills):
                continue
            gap = open_gaps.get(cell.skill_id)
            if gap is None or gap.ends_at != at:
                gap = open_gaps[cell.skill_id] = Gap(cell.skill_id, at, at, 0, 0)
                told.append(gap)
            gap.ends_at, gap.worst = at + STEP, max(gap.worst, cell.short)
            gap.head_half_hours += cell.short
    return told
