"""What a change that is asked for would move, and all that stands against it at an instant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agents.models import Membership, Site, User
from callcenter.templatetags.ui import day as day_in_words
from callcenter.templatetags.ui import duration
from callcenter.words import listed
from shifts.enums import ChangeKind, ChangeState, OccupancyKind
from shifts.limits import MINUTE
from shifts.models import Change, Occupancy, Shift
from shifts.moving import Move, Obstacle, Period, against, due_at, with_times, without
from shifts.selectors import cover
from shifts.selectors.working import rules_of, span_of, with_unpaid, working, zone_of

STANDING = (ChangeState.ASKED, ChangeState.ACCEPTED, ChangeState.APPROVED, ChangeState.FILED)
NAMED = 3
"""So many half hours without cover are named."""


def with_facts(shifts: QuerySet[Shift]) -> QuerySet[Any]:
    """Return shifts with what a change needs of them."""
    return with_unpaid(shifts).select_related(
        "roster__site__calendar", "pattern", "skill", "published_person"
    )


def told_shifts() -> QuerySet[Any]:
    """Return the shifts that agents were told of, `with_facts`."""
    return with_facts(Shift.objects.published())


def is_settled(shift: Any) -> bool:
    """Say whether the plan still has the shift as its people were told."""
    plan = (shift.person_id, shift.starts_at, shift.ends_at, shift.is_removed)
    told = (shift.published_person_id, shift.published_starts_at, shift.published_ends_at, False)
    return bool(shift.published_at) and plan == told


@dataclass(frozen=True)
class Wanted:
    """What is asked for, with both shifts as `told_shifts` and the new times where the kind has them."""

    kind: ChangeKind
    person: User
    shift: Any
    colleague: User | None = None
    other: Any = None
    new_starts_at: datetime | None = None
    new_ends_at: datetime | None = None

    @property
    def site(self) -> Site:
        """Return the site of the roster."""
        site: Site = self.shift.roster.site
        return site

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone of the site."""
        return zone_of(self.site)

    @property
    def shifts(self) -> list[Any]:
        """Return the one shift, or the two of a swap."""
        return [self.shift, self.other] if self.other else [self.shift]

    @property
    def days(self) -> list[date]:
        """Return the days of the shifts."""
        return [shift.day for shift in self.shifts]

    @property
    def people(self) -> list[User]:
        """Return who asks and, where there is one, the colleague."""
        return [self.person, self.colleague] if self.colleague else [self.person]

    @property
    def due_at(self) -> datetime:
        """Return by when it must be agreed, by the rules of the site as they are."""
        return due_at(self.days, rules_of(self.site).notice_days, self.zone)

    @cached_property
    def moves(self) -> list[Move]:
        """Return what it moves."""
        old, skill = span_of(self.shift), self.shift.skill_id
        mine = self.person.pk
        if self.new_starts_at and self.new_ends_at:
            new = with_times(old, self.new_starts_at, self.new_ends_at)
            return [Move(self.shift.pk, mine, mine, old, new, skill)]
        if self.colleague is None:
            return [Move(self.shift.pk, None, mine, old, old, skill)]
        moves = [Move(self.shift.pk, mine, self.colleague.pk, old, old, skill)]
        if self.other:
            back = span_of(self.other)
            moves.append(Move(self.other.pk, self.colleague.pk, mine, back, back, self.other.skill_id))
        return moves


def wanted_by(change: Change) -> Wanted:
    """Return what a change asks for, of its shifts as they are now."""
    keys = [key for key in (change.shift_id, change.other_shift_id) if key]
    shifts: dict[int, Any] = with_facts(Shift.objects.all()).in_bulk(keys)
    return Wanted(
        ChangeKind(change.kind),
        change.person,
        shifts[change.shift_id],
        change.colleague,
        shifts[change.other_shift_id] if change.other_shift_id else None,
        change.new_starts_at,
        change.new_ends_at,
    )


def stands_against(change: Change, wanted: Wanted, *, now: datetime) -> list[Obstacle]:
    """Return what stands against a change that waits: that its shifts became others, else all of `obstacles`."""
    if not _is_as_agreed(change, wanted):
        return [Obstacle("changed", _("The shift is no longer the one that was agreed on."))]
    return obstacles(wanted, now=now)


def _is_as_agreed(change: Change, wanted: Wanted) -> bool:
    owner = change.person_id if change.is_of_own_shift else None
    agreed: list[tuple[Any, ...]] = [(wanted.shift, owner, change.starts_at, change.ends_at)]
    if wanted.other:
        agreed.append((wanted.other, change.colleague_id, change.other_starts_at, change.other_ends_at))
    return all(
        is_settled(shift)
        and (shift.published_person_id, shift.published_starts_at, shift.published_ends_at)
        == (person, *times)
        for shift, person, *times in agreed
    )


def obstacles(wanted: Wanted, *, now: datetime) -> list[Obstacle]:
    """Return everything that stands against it at `now`: notice, place, skill, leave, hours, cover."""
    found = [*_notice(wanted, now), *_places(wanted)]
    skills = {move.skill for move in wanted.moves if move.skill}
    people = [person.pk for person in wanted.people]
    known = working(people, wanted.days, wanted.site, skills=skills)
    for person in people:
        found += against(known[person], wanted.moves, wanted.zone)
    if wanted.kind == ChangeKind.FLEXIBLE:
        found += _flexible(wanted)
    return [*found, *_cover(wanted)]


def _notice(wanted: Wanted, now: datetime) -> Iterator[Obstacle]:
    if now >= wanted.due_at:
        days = rules_of(wanted.site).notice_days
        words = ngettext(
            "It is too late: it must be agreed %(days)d day ahead, counted to the earlier shift.",
            "It is too late: it must be agreed %(days)d days ahead, counted to the earlier shift.",
            days,
        )
        yield Obstacle("notice", words % {"days": days})


def people_of(site: Site, day: date) -> QuerySet[User]:
    """Return who can be rostered at the site on the day: active, of the site, and then in a team."""
    members = Membership.objects.on(day).values("person")
    people: QuerySet[User] = User.objects.filter(is_active=True, site=site, pk__in=members)
    return people


def _places(wanted: Wanted) -> Iterator[Obstacle]:
    takers = {move.taker for move in wanted.moves}
    placed = people_of(wanted.site, min(wanted.days)).filter(pk__in=takers)
    for taker in sorted(takers - set(placed.values_list("pk", flat=True))):
        yield out_of_place(taker)


def out_of_place(person: int) -> Obstacle:
    """Return what stands against somebody who is in no team of the site."""
    return Obstacle("place", _("On that day they are in no team of the site."), person)


def _flexible(wanted: Wanted) -> Iterator[Obstacle]:
    allowed = rules_of(wanted.site).flexible_minutes
    monday = wanted.shift.day - timedelta(days=wanted.shift.day.weekday())
    others = Change.objects.filter(
        kind=ChangeKind.FLEXIBLE,
        state__in=STANDING,
        person=wanted.person,
        shift__day__gte=monday,
        shift__day__lt=monday + timedelta(days=7),
    ).exclude(shift=wanted.shift.pk, state__in=STANDING[:2])
    [move] = wanted.moves
    moved = [late - early for early, late in others.values_list("starts_at", "new_starts_at") if late]
    moved.append(move.new.starts_at - move.old.starts_at)
    used = sum(int(abs(by) / MINUTE) for by in moved)
    if used > allowed:
        words = _("%(used)s of flexible time in that week; at most %(allowed)s.")
        facts = {"used": duration(used * 60), "allowed": duration(allowed * 60)}
        yield Obstacle("flexible", words % facts, wanted.person.pk)


def effect(wanted: Wanted) -> Sequence[cover.Effect]:
    """Return what it does to the cover of the half hours that it touches."""
    keys = [move.shift for move in wanted.moves]
    held = Occupancy.objects.filter(shift__in=keys, kind=OccupancyKind.WORK)
    gone = [_piece(row.site_id, row.person_id, row.skill_id, row.period) for row in held]
    rests = {shift.pk: _rests(shift) for shift in wanted.shifts}
    come = []
    for move in wanted.moves:
        moved = _slide(move)
        own = [(since + moved, until + moved) for since, until in rests[move.shift]]
        for since, until in without((move.new.starts_at, move.new.ends_at), own):
            come.append(cover.Piece(wanted.site.pk, move.taker, move.skill, since, until))
    return cover.effect(wanted.site, gone=gone, come=come)


def _rests(shift: Any) -> list[Period]:
    """Return the breaks that agents were told of."""
    return [
        (datetime.fromisoformat(one["starts_at"]), datetime.fromisoformat(one["ends_at"]))
        for one in shift.published_breaks
    ]


def _slide(move: Move) -> timedelta:
    """Return by how much the breaks move along: with a shift that keeps its length."""
    by = move.new.starts_at - move.old.starts_at
    return by if by == move.new.ends_at - move.old.ends_at else timedelta()


def _piece(site: int, person: int, skill: int | None, period: Any) -> cover.Piece:
    return cover.Piece(site, person, skill, period.lower, period.upper)


def gaps(wanted: Wanted) -> list[Any]:
    """Return the half hours in which it leaves fewer heads than required, and fewer than now."""
    return [one for one in effect(wanted) if one.is_new_gap]


def _cover(wanted: Wanted) -> Iterator[Obstacle]:
    short = gaps(wanted)
    if short:
        words = _("It leaves gaps: %(gaps)s.") % {"gaps": listed(_named(short, wanted.zone))}
        yield Obstacle("cover", words)


def _named(short: Sequence[Any], zone: ZoneInfo) -> Iterable[str]:
    for one in short[:NAMED]:
        at = localtime(one.starts_at, zone)
        heads = {
            "when": f"{day_in_words(at.date())} {at:%H:%M}",
            "after": one.after,
            "required": one.required,
        }
        yield _("%(when)s with %(after)d of %(required)d heads") % heads
    if len(short) > NAMED:
        more = len(short) - NAMED
        yield ngettext("%(more)d half hour more", "%(more)d half hours more", more) % {"more": more}
