"""A list of employments and weekly hours becomes the terms of people, by the same rules as one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Contract, Employment, User
from agents.services.dated import Timelines, write
from agents.services.employed import Employed
from agents.services.listed import Listed, take_each
from agents.services.terms import close, put_employment, put_hours
from agents.timeline import Timeline
from callcenter.access import Actor, require
from callcenter.audit.models import Entry
from callcenter.imports.kinds import BadCell, Taken


@dataclass(frozen=True, slots=True)
class TermsRow:
    """What a list says of one person's terms; `until` is the first day on which they no longer work here."""

    row: int
    work_number: str
    since: date | None = None
    until: date | None = None
    weekly_minutes: int | None = None
    hours_since: date | None = None


@transaction.atomic
def take_terms(*, actor: Actor, rows: Sequence[TermsRow], since: date, now: datetime) -> Taken:
    """Record the employments and hours of a list; hours hold from `since` on where a row names no day.

    What is blank stays as it is. What is dated of somebody who leaves ends with their employment.
    """
    require(actor, "agents.manage_people")
    listed = Listed(actor, "agents.manage_people", rows)
    people = list(listed.people.values())
    employments = Timelines(Employment, ("person",), "", people)
    contracts = Timelines(Contract, ("person",), "weekly_minutes", people)
    employed = Employed(people, employments)
    entries, leavers, said = list[Entry](), list[tuple[User, date]](), dict[str, int]()

    def take(row: TermsRow) -> bool:
        person = listed.person(row.work_number)
        if (first := said.setdefault(row.work_number, row.row)) != row.row:
            raise BadCell("work_number", _("row %(row)d is about the same person") % {"row": first})
        if row.until and person.pk == actor.pk:
            raise BadCell("until", _("nobody ends their own employment"))
        employment, day = employments.of(person), _day_of_hours(row, since)
        if row.weekly_minutes and not _works_on(row, employment, day):
            raise BadCell("hours_since", _("the person is not employed on this day"))
        told = _employment(row, employment, actor, now)
        if told and row.until:
            leavers.append((person, row.until))
        hours = None
        if row.weekly_minutes:
            contract = contracts.of(person)
            hours = put_hours(contract, row.weekly_minutes, day, employed=employed, actor=actor, now=now)
        entries.extend(entry for entry in (told, hours) if entry)
        return bool(told or hours)

    taken = take_each(rows, take)
    write(employments)
    write(contracts, *entries)
    for person, until in leavers:
        close(actor, person, until, now)
    return taken


def _day_of_hours(row: TermsRow, since: date) -> date:
    return row.hours_since or max(day for day in (since, row.since) if day)


def _works_on(row: TermsRow, timeline: Timeline, day: date) -> bool:
    """Say whether the person will work here on `day` once the row is taken, so that it is refused before it is half taken."""
    if row.until and day >= row.until:
        return False
    if row.since and row.since <= day:
        return True
    return timeline.on(day) is not None if timeline.rows else row.since is None


def _employment(row: TermsRow, timeline: Timeline, actor: Actor, now: datetime) -> Entry | None:
    """Put the row's employment into the timeline; one that names only an end ends what holds before it."""
    if row.since is None and row.until is None:
        return None
    held = timeline.on(row.since) if row.since else _before(timeline, row.until)
    begins = row.since or (held.period.lower if held else None)
    if begins is None:
        raise BadCell("since", _("no employment is recorded that could end; say when it begins"))
    until = row.until or (held.period.upper if held else None)
    return put_employment(timeline, begins, until, actor=actor, now=now)


def _before(timeline: Timeline, day: date | None) -> Employment | None:
    begun = [row for row in timeline.rows if day and row.period.lower < day]
    return begun[-1] if begun else None
