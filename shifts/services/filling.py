"""Filling a roster with many shifts at once: by hand, by a rotation, from another week, or from the auto-roster.

What is locked stays. A person has one shift a day: where there is one already, it is changed, so that agents who were told
of it hear of a change and not of two things.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from agents.models import Skill, User
from callcenter.access import Actor
from callcenter.errors import DomainError
from shifts.enums import OccupancyKind
from shifts.models import Occupancy, Pattern, Rotation, Shift
from shifts.services.sheet import Sheet
from shifts.services.times import times_of, zone_of

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A shift that somebody is to have; the pattern gives its times."""

    person_id: int
    day: date
    pattern_id: int
    skill_id: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling did: shifts written, and those left out because of a lock or of leave."""

    written: int
    locked: int = 0
    away: int = 0


@transaction.atomic
def assign_many(
    *,
    actor: Actor,
    roster_id: int,
    people: Sequence[int],
    days: Sequence[date],
    pattern: Pattern,
    skill: Skill | None = None,
    revision: int | None = None,
    now: datetime,
) -> Filled:
    """Give each of `people` the pattern on each of `days`, except where a shift is locked or they are on leave."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    skill_id = skill.pk if skill else None
    wanted = [Proposal(person, day, pattern.pk, skill_id) for day in days for person in people]
    return _fill(sheet, wanted, "roster.assigned", pattern=pattern.code)


@transaction.atomic
def rotate(
    *,
    actor: Actor,
    roster_id: int,
    people: Sequence[int],
    rotation: Rotation,
    since: date,
    step: int = 0,
    revision: int | None = None,
    now: datetime,
) -> Filled:
    """Let people go through a rotation from `since` to the roster's end; each next one is `step` days further in it.

    On the days off of the rotation, shifts of the roster that are not locked are taken out.
    """
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    round_ = list(rotation.days.values_list("pattern", flat=True))
    if not round_:
        raise DomainError(_("The rotation has no days."), field="rotation", mend=_("Give it days first."))
    length = (sheet.roster.period.upper - since).days
    wanted, off = [], set()
    for place, person in enumerate(people):
        for offset in range(max(length, 0)):
            pattern = round_[(offset + place * step) % len(round_)]
            day = since + timedelta(days=offset)
            if pattern:
                wanted.append(Proposal(person, day, pattern))
            else:
                off.add((person, day))
    for shift in sheet.shifts(person__in=people, day__gte=since, is_locked=False):
        if (shift.person_id, shift.day) in off:
            sheet.change(shift, is_removed=True)
    return _fill(sheet, wanted, "roster.rotated", rotation=rotation.name)


@transaction.atomic
def copy_week(
    *,
    actor: Actor,
    roster_id: int,
    from_monday: date,
    to_monday: date,
    revision: int | None = None,
    now: datetime,
) -> Filled:
    """Copy seven days of the site's plan to seven days of this roster; who has a shift there already keeps it."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    by, zone = to_monday - from_monday, zone_of(sheet.roster.site)
    source = Shift.objects.planned().filter(
        roster__site=sheet.roster.site_id, day__gte=from_monday, day__lt=from_monday + WEEK
    )
    taken = {(one.person_id, one.day) for one in sheet.shifts(day__gte=to_monday, day__lt=to_monday + WEEK)}
    free = [
        one
        for one in source.select_related("pattern")
        if one.day + by in sheet.roster.period
        and (one.person_id is None or (one.person_id, one.day + by) not in taken)
    ]
    here = set(User.objects.filter(site=sheet.roster.site_id, is_active=True).values_list("pk", flat=True))
    away = _away({one.person_id for one in free}, to_monday, to_monday + WEEK)
    written = skipped = 0
    for one in free:
        times = times_of(one, one.day + by, zone)
        gone = one.person_id is not None and one.person_id not in here
        if gone or _is_away(away, one.person_id, times["starts_at"], times["ends_at"]):
            skipped += 1
            continue
        sheet.copy(one, person_id=one.person_id, day=one.day + by, **times)
        written += 1
    sheet.finish("roster.week_copied", source=from_monday.isoformat())
    return Filled(written, away=skipped)


@transaction.atomic
def replace_draft(
    *,
    actor: Actor,
    roster_id: int,
    proposals: Sequence[Proposal],
    keep: Collection[int] = (),
    revision: int | None = None,
    now: datetime,
) -> Filled:
    """Put the proposals in the place of all that is not locked and not among `keep`; open shifts stay."""
    sheet = Sheet(actor, roster_id, revision=revision, now=now)
    kept = {(one.person_id, one.day) for one in proposals}
    for shift in sheet.shifts(person__isnull=False, is_locked=False):
        if (shift.person_id, shift.day) not in kept and shift.pk not in keep:
            sheet.change(shift, is_removed=True)
    return _fill(sheet, proposals, "roster.filled")


def _fill(sheet: Sheet, wanted: Sequence[Proposal], action: str, **details: str) -> Filled:
    """Write what is wanted, all else of those people and days staying as it is."""
    if not wanted:
        return Filled(len(sheet.finish(action, **details)))
    patterns = {one.pk: one for one in Pattern.objects.filter(site=sheet.roster.site_id)}
    people, days = {one.person_id for one in wanted}, {one.day for one in wanted}
    there: dict[tuple[int | None, date], list[Shift]] = defaultdict(list)
    for shift in sheet.shifts(person__in=people, day__in=days):
        there[shift.person_id, shift.day].append(shift)
    away, zone = _away(people, min(days), max(days)), zone_of(sheet.roster.site)
    locked = skipped = 0
    for one in wanted:
        pattern = _among(patterns, one.pattern_id)
        times = times_of(pattern, one.day, zone)
        known = there[one.person_id, one.day]
        if any(shift.is_locked for shift in known):
            locked += 1
        elif _is_away(away, one.person_id, times["starts_at"], times["ends_at"]):
            skipped += 1
        elif known:
            sheet.change(known[0], pattern=pattern, skill_id=one.skill_id, **times)
            for shift in known[1:]:
                sheet.change(shift, is_removed=True)
        else:
            sheet.add(person_id=one.person_id, day=one.day, pattern=pattern, skill_id=one.skill_id, **times)
    return Filled(len(sheet.finish(action, **details)), locked, skipped)


def _among(patterns: dict[int, Pattern], wanted: int) -> Pattern:
    if wanted not in patterns:
        raise DomainError(
            _("This pattern is of another site."), field="pattern", mend=_("Choose one of this site.")
        )
    return patterns[wanted]


Spans = dict[int, list[tuple[datetime, datetime]]]


def _away(people: Collection[int | None], first: date, last: date) -> Spans:
    """Return the approved leave of people around some days."""
    around = DateTimeTZRange(_utc(first - WEEK), _utc(last + WEEK))
    rows = Occupancy.objects.filter(kind=OccupancyKind.LEAVE, person__in=[one for one in people if one])
    spans: Spans = defaultdict(list)
    for person, period in rows.filter(period__overlap=around).values_list("person", "period"):
        spans[person].append((period.lower, period.upper))
    return spans


def _utc(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _is_away(spans: Spans, person: int | None, starts_at: datetime, ends_at: datetime) -> bool:
    taken: Iterable[tuple[datetime, datetime]] = spans.get(person or 0, ())
    return any(since < ends_at and until > starts_at for since, until in taken)
