"""A roster as the auto-roster's problem: who may work what, what stays, and how many heads are needed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import Q

from agents.models import Absence, Contract, Employment, Membership, PersonSkill
from shifts.engine.problem import PRIORITIES, STEP, Duty, Fixed, Held, Limits, Need, Person, Problem, Wish
from shifts.enums import OccupancyKind, WishKind, WishState
from shifts.models import Occupancy, Pattern, Roster, Shift
from shifts.models import Wish as Rule
from shifts.selectors.cover import days_of, required
from shifts.selectors.frame import Frame, Span, around, placings
from shifts.selectors.working import rules_of

AROUND = 14
"""Days before and after a roster whose shifts matter for rest, rows of days and weeks."""
SATURDAY = 5


def problem_of(roster: Roster, *, kept: Collection[int]) -> Problem:
    """Return the problem of filling the roster. Locked shifts stay, and those whose keys are in `kept`."""
    frame = Frame(roster)
    since, until = days_of(roster)
    return Problem(
        days=frame.days,
        people=tuple(_people(frame, kept)),
        duties=tuple(duty for pattern in patterns_of(roster) for duty in _duties(frame, pattern)),
        need={
            (frame.minute(at) // STEP, skill): Need(heads)
            for (at, skill), heads in required(roster.site, since, until).items()
        },
        first_weekday=frame.first.weekday(),
    )


def patterns_of(roster: Roster) -> list[Pattern]:
    """Return the patterns that are in use at the roster's site, with their breaks."""
    return list(Pattern.objects.filter(site=roster.site_id, is_active=True).prefetch_related("breaks"))


def _duties(frame: Frame, pattern: Pattern) -> Iterator[Duty]:
    breaks = list(pattern.breaks.all())
    ways = placings(breaks, pattern.minutes)
    unpaid = sum(one.minutes for one in breaks if not one.is_paid) if ways != [()] else 0
    for index in range(frame.days):
        start = frame.minute(datetime.combine(frame.day(index), pattern.begins, frame.zone))
        end = start + pattern.minutes
        yield Duty(
            day=index,
            pattern=pattern.pk,
            start=start,
            end=end,
            working=pattern.minutes - unpaid,
            staffed=tuple(
                frame.staffed(
                    around(
                        (start, end),
                        [
                            (start + begin, start + begin + one.minutes)
                            for begin, one in zip(way, breaks, strict=False)
                        ],
                    )
                )
                for way in ways
            ),
            is_night=frame.is_night(start, end),
            is_weekend=frame.day(index).weekday() >= SATURDAY,
        )


def _people(frame: Frame, kept: Collection[int]) -> Iterator[Person]:
    """Go through the members of the site's teams in the roster's days."""
    period = DateRange(frame.first, frame.roster.period.upper)
    members: dict[int, list[Any]] = defaultdict(list)
    rows = Membership.objects.filter(
        person__site=frame.roster.site_id, person__is_active=True, period__overlap=period
    )
    for person, span in rows.values_list("person", "period"):
        members[person].append(span)
    known = _Known(frame, sorted(members), kept)
    return (known.person(person, members[person]) for person in sorted(members))


class _Known:
    """What is known of people, read for all of them at once."""

    def __init__(self, frame: Frame, people: list[int], kept: Collection[int]) -> None:
        self.frame, self.people = frame, people
        self.rules = rules_of(frame.roster.site)
        self.weekly = dict(
            Contract.objects.on(frame.first).filter(person__in=people).values_list("person", "weekly_minutes")
        )
        self.skills = self._by_person(PersonSkill.objects.order_by("-level", "skill"), "skill", "period")
        self.terms = self._by_person(Employment.objects, "period")
        self.leave = self._by_person(
            Occupancy.objects.filter(kind=OccupancyKind.LEAVE).within(*self._around()), "period"
        )
        self.absent = self._by_person(
            Absence.objects.filter(period__overlap=DateTimeTZRange(*self._around())), "period"
        )
        self.fixed = self._fixed(kept)
        self.wishes = self._wishes()

    def person(self, key: int, members: Sequence[Any]) -> Person:
        """Return somebody as the engine sees them."""
        first, last = self.frame.first, self.frame.roster.period.upper
        terms = [row[0] for row in self.terms[key]]
        return Person(
            key=key,
            skills=tuple(
                sorted(
                    (
                        Held(
                            skill,
                            max(0, self._index(span.lower, first)),
                            min(self.frame.days, self._index(span.upper, last)),
                        )
                        for skill, span in self.skills[key]
                        if (span.lower or first) < last and (span.upper or last) > first
                    ),
                    key=lambda held: (held.skill, held.since),
                )
            ),
            limits=self._limits(key),
            away=(
                *self._outside(members),
                *(self._outside(terms) if terms else ()),
                *(
                    (self.frame.minute(span.lower), self.frame.minute(span.upper))
                    for (span,) in self.leave[key]
                ),
                *(self._absence(span) for (span,) in self.absent[key]),
            ),
            fixed=tuple(self.fixed[key]),
            wishes=tuple(self.wishes[key]),
        )

    def _limits(self, key: int) -> Limits:
        return Limits(
            rest_minutes=self.rules.rest_minutes,
            days_in_row=self.rules.days_in_row,
            weekly_minutes=self.weekly.get(key, self.rules.weekly_minutes),
        )

    def _index(self, day: date | None, otherwise: date) -> int:
        return self.frame.index(day or otherwise)

    def _outside(self, spans: Sequence[Any]) -> Iterator[Span]:
        """Return the times of the roster's days that none of these periods holds."""
        for index in range(self.frame.days):
            day = self.frame.day(index)
            if not any(day in span for span in spans):
                yield self.frame.midnight(day), self.frame.midnight(day + timedelta(days=1))

    def _absence(self, span: Any) -> Span:
        since, until = self._around()
        return self.frame.minute(span.lower or since), self.frame.minute(span.upper or until)

    def _around(self) -> tuple[datetime, datetime]:
        since, until = days_of(self.frame.roster)
        return since - timedelta(days=1), until + timedelta(days=1)

    def _by_person(self, rows: Any, *fields: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for person, *facts in rows.filter(person__in=self.people).values_list("person", *fields):
            found[person].append(facts)
        return found

    def _fixed(self, kept: Collection[int]) -> dict[int, list[Fixed]]:
        """Return what stays: locked and kept shifts of this roster, and all of others around its days."""
        frame = self.frame
        near = Q(
            day__gte=frame.first - timedelta(days=AROUND),
            day__lt=frame.roster.period.upper + timedelta(days=AROUND),
        )
        stays = ~Q(roster=frame.roster) | Q(is_locked=True) | Q(pk__in=list(kept))
        rows = Shift.objects.planned().filter(near & stays, person__in=self.people)
        found: dict[int, list[Fixed]] = defaultdict(list)
        for shift in rows.select_related("roster").prefetch_related("breaks").order_by("starts_at"):
            found[shift.person_id or 0].append(self._stays(shift))
        return found

    def _stays(self, shift: Shift) -> Fixed:
        frame = self.frame
        start, end = frame.minute(shift.starts_at), frame.minute(shift.ends_at)
        breaks = [(frame.minute(one.starts_at), frame.minute(one.ends_at)) for one in shift.breaks.all()]
        unpaid = sum(
            (one.ends_at - one.starts_at for one in shift.breaks.all() if not one.is_paid), timedelta()
        )
        here = shift.roster.site_id == frame.roster.site_id
        return Fixed(
            day=frame.index(shift.day),
            start=start,
            end=end,
            working=end - start - int(unpaid.total_seconds()) // 60,
            staffed=frame.staffed(around((start, end), breaks)) if here else (),
            skill=shift.skill_id or self._strongest(shift),
            inside=shift.roster_id == frame.roster.pk,
            is_night=frame.is_night(start, end),
            is_weekend=shift.day.weekday() >= SATURDAY,
        )

    def _strongest(self, shift: Shift) -> int | None:
        """Return the skill for which cover counts a shift that names none."""
        held = self.skills[shift.person_id or 0]
        return next((skill for skill, span in held if shift.day in span), None)

    def _wishes(self) -> dict[int, list[Wish]]:
        rules = Rule.objects.filter(
            state=WishState.AGREED, person__in=self.people, period__overlap=self._days()
        )
        patterns = patterns_of(self.frame.roster)
        found: dict[int, list[Wish]] = defaultdict(list)
        for rule in rules.order_by("pk"):
            unwanted = frozenset(pattern.pk for pattern in patterns if _is_against(rule, pattern))
            for index in range(self.frame.days):
                day = self.frame.day(index)
                if day in rule.period and rule.weekday in {None, day.isoweekday()}:
                    found[rule.person_id].append(
                        Wish(rule.pk, index, PRIORITIES[rule.priority], unwanted=unwanted)
                    )
        return found

    def _days(self) -> DateRange:
        return DateRange(self.frame.first, self.frame.roster.period.upper)


def _is_against(rule: Rule, pattern: Pattern) -> bool:
    """Say whether working the pattern breaks a personal rule."""
    begins = pattern.begins.hour * 60 + pattern.begins.minute
    at = rule.time.hour * 60 + rule.time.minute if rule.time else 0
    match rule.kind:
        case WishKind.DONE_BY:
            return begins + pattern.minutes > at
        case WishKind.NOT_BEFORE:
            return begins < at
        case WishKind.PATTERN:
            return pattern.pk != rule.pattern_id
    return True
