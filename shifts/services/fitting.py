"""Whether shifts of a plan can be as they are: people who work there that day, skills they have, no two at once, no leave."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from agents.models import Employment, PersonSkill, User
from callcenter.errors import Conflict, DomainError
from shifts.models import Roster, Shift

TWICE = """
SELECT one.person_id, one.day FROM shifts_shift one JOIN shifts_shift other
    ON other.person_id = one.person_id AND other.id <> one.id AND NOT other.is_removed
   AND other.day BETWEEN one.day - 2 AND one.day + 2
   AND tstzrange(other.starts_at, other.ends_at) && tstzrange(one.starts_at, one.ends_at)
 WHERE one.id = ANY(%s) AND NOT one.is_removed
 ORDER BY one.day LIMIT 1
"""
ON_LEAVE = """
SELECT one.person_id, one.day, one.id FROM shifts_shift one JOIN shifts_occupancy away
    ON away.person_id = one.person_id AND away.kind = 'leave'
   AND away.period && tstzrange(one.starts_at, one.ends_at)
 WHERE one.id = ANY(%s) AND NOT one.is_removed
 ORDER BY one.day, one.person_id
"""


def check_people(roster: Roster, shifts: Collection[Shift]) -> None:
    """Refuse days outside of the roster, people of another site or not employed that day, and skills they have not."""
    for shift in shifts:
        if shift.day not in roster.period:
            raise DomainError(
                _("%(day)s is not in this roster.") % {"day": shift.day.isoformat()},
                field="day",
                mend=_("Choose a day from %(first)s to %(last)s.")
                % {"first": roster.period.lower.isoformat(), "last": roster.last_day.isoformat()},
            )
    taken = [shift for shift in shifts if shift.person_id]
    if taken:
        _check_here(roster, taken)
        _check_employed(taken)
        _check_skills(taken)


def _check_here(roster: Roster, shifts: list[Shift]) -> None:
    wanted = {shift.person_id for shift in shifts if shift.person_id}
    here = User.objects.filter(pk__in=wanted, site=roster.site_id, is_active=True)
    missing = wanted - set(here.values_list("pk", flat=True))
    if missing:
        raise DomainError(
            _("%(person)s does not work at %(site)s.") % {"person": _name(min(missing)), "site": roster.site},
            field="person",
            mend=_("Choose somebody of this site."),
        )


def _check_employed(shifts: list[Shift]) -> None:
    """People without a term of employment on record are taken as employed."""
    terms: dict[int, list[Any]] = defaultdict(list)
    rows = Employment.objects.filter(person__in={shift.person_id for shift in shifts})
    for person, period in rows.values_list("person", "period"):
        terms[person].append(period)
    for shift in shifts:
        known = terms.get(shift.person_id or 0)
        if known and not any(shift.day in period for period in known):
            raise _refused(shift, _("%(person)s is not employed on %(day)s."), field="person")


def _check_skills(shifts: list[Shift]) -> None:
    skilled = [shift for shift in shifts if shift.skill_id]
    held: dict[tuple[int, int], list[Any]] = defaultdict(list)
    if skilled:
        rows = PersonSkill.objects.filter(person__in={shift.person_id for shift in skilled})
        for person, skill, period in rows.values_list("person", "skill", "period"):
            held[person, skill].append(period)
    for shift in skilled:
        if not any(shift.day in period for period in held[shift.person_id or 0, shift.skill_id or 0]):
            raise _refused(shift, _("%(person)s does not have the skill on %(day)s."), field="skill")


def check_times(shifts: Collection[Shift]) -> None:
    """Refuse saved shifts of one person at once, and shifts over approved leave; the message names person and day."""
    keys = [shift.pk for shift in shifts if shift.person_id]
    if twice := _first(TWICE, keys):
        raise Conflict(
            _("%(person)s would be on two shifts at once on %(day)s.") % _named(*twice[:2]),
            code="two_at_once",
            mend=_("Move or take out one of the two first."),
        )
    if away := _first(ON_LEAVE, keys):
        raise Conflict(
            _("%(person)s is on leave on %(day)s.") % _named(*away[:2]),
            code="on_leave",
            mend=_("Choose somebody else, or a time outside of the leave."),
        )


def over_leave(shifts: Collection[int]) -> list[tuple[int, date, int]]:
    """Return person, day and key of those saved shifts of the plan that lie over approved leave."""
    with connection.cursor() as cursor:
        cursor.execute(ON_LEAVE, [list(shifts)])
        return [tuple(row) for row in cursor.fetchall()]


def _first(statement: str, keys: list[int]) -> Any:
    if not keys:
        return None
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys])
        return cursor.fetchone()


def _named(person: int, day: date) -> dict[str, str]:
    return {"person": _name(person), "day": day.isoformat()}


def _name(person: int | None) -> str:
    return str(User.objects.filter(pk=person).first() or "–")


def _refused(shift: Shift, text: str, *, field: str) -> DomainError:
    named = {"person": _name(shift.person_id), "day": shift.day.isoformat()}
    return DomainError(text % named, field=field, mend=_("Choose somebody else, or another day."))
