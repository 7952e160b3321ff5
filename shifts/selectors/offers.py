"""What somebody could ask for: swaps and substitutes that nothing stands against, and open shifts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import F, Q, QuerySet

from agents.models import Membership, PersonSkill, User
from shifts.enums import ChangeKind
from shifts.limits import Span
from shifts.models import Change, Shift
from shifts.moving import Move, Working, against, due_at, fits
from shifts.selectors.fitting import Wanted, gaps, out_of_place, people_of, told_shifts
from shifts.selectors.working import rules_of, span_of, working, zone_of

REACH = timedelta(days=14)
"""Shifts so far from the own one are offered for a swap."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A colleague's shift that would be swapped for the own one without anything standing against it."""

    shift: int
    colleague: int
    span: Span


def first_day(person: User, now: datetime) -> date:
    """Return the first day whose shifts can still be asked about."""
    notice = timedelta(days=rules_of(person.site).notice_days)
    return now.astimezone(zone_of(person.site)).date() + notice


def askable(shifts: QuerySet[Any], *, since: date, until: date | None = None) -> QuerySet[Any]:
    """Return those of the shifts that are as people were told, from `since` on, and that no change waits about."""
    told = shifts.filter(
        Q(person=F("published_person")) | Q(person=None, published_person=None),
        published_at__isnull=False,
        is_removed=False,
        starts_at=F("published_starts_at"),
        ends_at=F("published_ends_at"),
        day__gte=since,
    )
    if until:
        told = told.filter(day__lt=until)
    waiting = Change.objects.open()
    taken = [key for pair in waiting.values_list("shift", "other_shift") for key in pair if key]
    return told.exclude(pk__in=taken)


def swaps(shift: Any, person: User, *, now: datetime) -> list[Offer]:
    """Return the swaps of the person's shift (of `told_shifts`) that fit both and change anything, nearest days first."""
    site = shift.roster.site
    since = max(first_day(person, now), shift.day - REACH)
    others = Shift.objects.filter(roster__site=site, published_person__isnull=False)
    theirs = askable(others.exclude(published_person=person), since=since, until=shift.day + REACH)
    skills: dict[int, int | None] = dict(theirs.values_list("pk", "skill"))
    people = set(people_of(site, shift.day).values_list("pk", flat=True)) | {person.pk}
    asked = {shift.skill_id, *skills.values()} - {None}
    known = working(people, [since, shift.day + REACH], site, skills=asked)
    mine, own, zone = known.pop(person.pk), span_of(shift), zone_of(site)

    @cache
    def suits_me(span: Span, skill: int | None) -> bool:
        give = Move(shift.pk, person.pk, 0, own, own, shift.skill_id)
        return fits(mine, [give, Move(0, 0, person.pk, span, span, skill)], zone)

    def suits_them(them: Working, key: int, span: Span) -> bool:
        take = Move(shift.pk, person.pk, them.person, own, own, shift.skill_id)
        return fits(them, [take, Move(key, them.person, person.pk, span, span, skills[key])], zone)

    found = [
        Offer(key, them.person, span)
        for them, key, span in _shifts(known, skills)
        if not _is_alike(own, span, shift.skill_id, skills[key])
        and suits_me(span, skills[key])
        and suits_them(them, key, span)
    ]
    return sorted(found, key=lambda one: (abs(one.span.day - shift.day), one.span.starts_at, one.colleague))


def _shifts(known: dict[int, Working], skills: dict[int, int | None]) -> Iterator[tuple[Working, int, Span]]:
    for them in known.values():
        for key, span in them.spans.items():
            if key in skills:
                yield them, key, span


def _is_alike(one: Span, other: Span, skill: int | None, other_skill: int | None) -> bool:
    return (one.starts_at, one.ends_at, skill) == (other.starts_at, other.ends_at, other_skill)


def substitutes(shift: Any, person: User) -> list[User]:
    """Return the colleagues who could take the person's shift (of `told_shifts`), by name."""
    site, own = shift.roster.site, span_of(shift)
    others = people_of(site, shift.day).exclude(pk=person.pk)
    keys = set(others.values_list("pk", flat=True))
    known = working(keys, [shift.day], site, skills={shift.skill_id} - {None})
    able = [
        key
        for key, them in known.items()
        if fits(them, [Move(shift.pk, person.pk, key, own, own, shift.skill_id)], zone_of(site))
    ]
    found = User.objects.filter(pk__in=able).order_by("name", "work_number")
    asked = [Wanted(ChangeKind.SUBSTITUTE, person, shift, colleague) for colleague in found]
    return [one.colleague for one in with_cover(asked) if one.colleague]


def swaps_for(shift: Any, person: User, offers: Collection[Offer]) -> list[Wanted]:
    """Return what asking for these offers would mean, but for those that leave a gap in the cover."""
    theirs = told_shifts().in_bulk([offer.shift for offer in offers])
    others = [theirs[offer.shift] for offer in offers]
    asked = [Wanted(ChangeKind.SWAP, person, shift, other.published_person, other) for other in others]
    return with_cover(asked)


def with_cover(asked: list[Wanted]) -> list[Wanted]:
    """Return those of the swaps or substitutes of one shift that leave no gap.

    A shift without a skill counts for the strongest one of whoever works it: those who are alike in that are alike here.
    """
    if not asked:
        return []
    strongest = {day: _strongest(day) for day in {day for one in asked for day in one.days}}

    def alike(one: Wanted) -> tuple[Any, ...]:
        sides = [(strongest[shift.day], shift) for shift in one.shifts if not shift.skill_id]
        pairs = [(best.get(one.person.pk), best.get(one.colleague.pk), shift) for best, shift in sides]  # type: ignore[union-attr] # both have a colleague
        return tuple(
            (mine, theirs, shift.published_starts_at, shift.published_ends_at)
            for mine, theirs, shift in pairs
            if mine != theirs
        )

    leaves_none: dict[tuple[Any, ...], bool] = {(): True}
    for one in asked:
        if (key := alike(one)) not in leaves_none:
            leaves_none[key] = not gaps(one)
    return [one for one in asked if leaves_none[alike(one)]]


def _strongest(day: date) -> dict[int, int]:
    """Return the strongest skill of everybody on the day, by which cover counts them."""
    held = PersonSkill.objects.on(day).order_by("person", "-level", "skill").distinct("person")
    return dict(held.values_list("person", "skill"))


def open_shifts(person: User, *, now: datetime) -> QuerySet[Any]:
    """Return the open shifts of the person's site that can still be asked for."""
    told = told_shifts().filter(roster__site=person.site_id, published_person=None)
    return askable(told, since=first_day(person, now))


def with_why(shifts: list[Any], person: User) -> None:
    """Give each open shift `why`: what stands against the person taking it, empty where nothing does; six queries."""
    if not shifts:
        return
    site = person.site
    skills = {shift.skill_id for shift in shifts} - {None}
    known = working([person.pk], [shift.day for shift in shifts], site, skills=skills)[person.pk]
    member = list(Membership.objects.filter(person=person).values_list("period", flat=True))
    for shift in shifts:
        span = span_of(shift)
        move = Move(shift.pk, None, person.pk, span, span, shift.skill_id)
        found = list(against(known, [move], zone_of(site)))
        if not any(shift.day in period for period in member):
            found.append(out_of_place(person.pk))
        shift.why = [one.words for one in found]


def askable_kinds(shift: Any, *, now: datetime) -> list[ChangeKind]:
    """Return what the person whose shift it is can ask for it at `now`; nothing once the notice is over."""
    site = shift.roster.site
    if now >= due_at([shift.day], rules_of(site).notice_days, zone_of(site)):
        return []
    return [ChangeKind.SWAP, ChangeKind.SUBSTITUTE, ChangeKind.FLEXIBLE, ChangeKind.EXTEND]
