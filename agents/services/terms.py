"""The terms on which people work here: from when until when, and how many hours a week."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from agents.models import (
    Contract,
    Employment,
    ExtraRoleHolding,
    Leadership,
    Membership,
    PersonSkill,
    RoleGrant,
    User,
)
from agents.services.dated import Timelines, write
from agents.services.employed import Employed
from agents.signals import leaving
from agents.timeline import Timeline
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.audit.models import Entry
from callcenter.errors import Conflict, DomainError

LEAST, MOST = 60, 60 * 60
"""Minutes a week that may be agreed."""
ENDS_WITH_IT = (Membership, Leadership, PersonSkill, Contract, ExtraRoleHolding, RoleGrant)


@transaction.atomic
def employ(*, actor: Actor, person: User, since: date, now: datetime, until: date | None = None) -> bool:
    """Record that the person works here from `since` on, until `until` if that is agreed; say whether that is new.

    Where an end comes nearer, what is dated of the person ends with it, as `end_employment` says.
    """
    require(actor, "agents.manage_people")
    timelines = Timelines(Employment, ("person",), "", [person])
    entry = put_employment(timelines.of(person), since, until, actor=actor, now=now)
    changed = write(timelines, entry)
    if changed and until:
        close(actor, person, until, now)
    return changed


def put_employment(
    timeline: Timeline, since: date, until: date | None, *, actor: Actor, now: datetime
) -> Entry | None:
    """Put an employment into a timeline that the caller locked; return the audit's entry if that changes anything.

    The caller writes both.
    """
    if until and until <= since:
        raise DomainError(
            _("The employment ends before it begins."), field="until", mend=_("Choose a later day.")
        )
    following = timeline.after(since)
    if until and following and until > following.period.lower:
        raise Conflict(
            _("The person is employed again from %(day)s on.") % {"day": following.period.lower},
            field="until",
            mend=_("Choose an earlier day, or leave it empty."),
        )
    if not timeline.put(None, since, until):
        return None
    facts = {"since": str(since), "until": str(until or "")}
    return log.entry(actor, "person.employed", timeline.key["person"], now=now, **facts)


@transaction.atomic
def end_employment(*, actor: Actor, person: User, from_day: date, now: datetime) -> None:
    """End the employment: from `from_day` on the person no longer works here. Nobody ends their own.

    Team, teams led, skills, hours, extra roles and roles end with it; what was to begin later is removed. Other apps
    are told by the signal `leaving`.
    """
    require(actor, "agents.manage_people")
    timelines = Timelines(Employment, ("person",), "", [person])
    if not timelines.of(person).rows:
        raise Conflict(
            _("No employment is recorded."),
            field="from_day",
            mend=_("Record from when on the person works here."),
        )
    if not timelines.of(person).end(from_day):
        raise Conflict(
            _("The employment has ended by then."), field="from_day", mend=_("Choose an earlier day.")
        )
    timelines.write()
    ended = close(actor, person, from_day, now)
    log.record(actor, "person.employment_ended", person, now=now, since=str(from_day), ended=ended)


def close(actor: Actor, person: User, from_day: date, now: datetime) -> dict[str, int]:
    """End everything that is dated of the person on `from_day`; return how many rows of what."""
    if actor.pk == person.pk:
        raise Conflict(_("This is your own employment."), mend=_("Ask somebody else to end it."))
    ended = {}
    for model in ENDS_WITH_IT:
        rows: Any = model._default_manager.filter(person=person).not_over(from_day)
        number = _end_rows(rows, from_day)
        if number:
            ended[model._meta.model_name or ""] = number
    leaving.send(User, person=person, from_day=from_day, actor=actor, now=now)
    return ended


def _end_rows(rows: Any, from_day: date) -> int:
    found = list(rows.select_for_update(of=("self",)))
    begun = [row for row in found if row.period.lower < from_day]
    for row in begun:
        row.period = DateRange(row.period.lower, from_day)
    rows.model.objects.filter(pk__in=[row.pk for row in found if row not in begun]).delete()
    rows.model.objects.bulk_update(begun, ["period"])
    return len(found)


@transaction.atomic
def set_hours(*, actor: Actor, person: User, weekly_minutes: int, since: date, now: datetime) -> bool:
    """Agree on the minutes that the person works a week from `since` on; say whether that is new."""
    require(actor, "agents.manage_people")
    timelines = Timelines(Contract, ("person",), "weekly_minutes", [person])
    employed = Employed([person])
    entry = put_hours(timelines.of(person), weekly_minutes, since, employed=employed, actor=actor, now=now)
    return write(timelines, entry)


def put_hours(
    timeline: Timeline, weekly_minutes: int, since: date, *, employed: Employed, actor: Actor, now: datetime
) -> Entry | None:
    """Do what `set_hours` does in a timeline that the caller locked; return the entry as `put_employment` does."""
    if not LEAST <= weekly_minutes <= MOST:
        raise DomainError(
            _("The weekly hours are between 1 and 60."),
            field="weekly_hours",
            mend=_("Write a number like 37.5."),
        )
    if not employed.place(timeline, weekly_minutes, since, None):
        return None
    facts = {"weekly_minutes": weekly_minutes, "since": str(since)}
    return log.entry(actor, "person.hours_set", timeline.key["person"], now=now, **facts)
