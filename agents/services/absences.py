"""Who is away, and who stands in."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from agents.models import Absence, User
from agents.services.dated import unless_taken
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError


def record_absence(
    *,
    actor: Actor,
    person: User,
    since: datetime,
    until: datetime,
    now: datetime,
    stand_in: User | None = None,
    reason: str = "",
) -> Absence:
    """Record that the person is away from `since` until `until`, and who acts for them."""
    require(actor, "agents.record_absence", person)
    if until <= since:
        raise DomainError(
            _("The absence ends before it begins."), field="until", mend=_("Choose a later end.")
        )
    if stand_in == person:
        raise DomainError(
            _("Nobody can stand in for themself."),
            field="stand_in",
            mend=_("Choose somebody else or nobody."),
        )
    with unless_taken(
        "since", _("The person is away already in this time."), _("Change the recorded absence.")
    ):
        absence = Absence.objects.create(
            person=person, period=DateTimeTZRange(since, until), stand_in=stand_in, reason=reason
        )
        log.record(
            actor,
            "absence.recorded",
            person,
            now=now,
            since=since.isoformat(),
            until=until.isoformat(),
            stand_in=str(stand_in or ""),
        )
    return absence


@transaction.atomic
def withdraw_absence(*, actor: Actor, absence: Absence, now: datetime) -> None:
    """Take an absence back: one to come is removed, a running one ends at `now`, one that is over is a Conflict."""
    locked = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence.pk)
    require(actor, "agents.record_absence", locked.person)
    if locked.period.upper <= now:
        raise Conflict(_("This absence is over."), field="absence", mend=_("What has happened stays."))
    log.record(
        actor,
        "absence.withdrawn",
        locked.person,
        now=now,
        since=locked.period.lower.isoformat(),
        until=locked.period.upper.isoformat(),
    )
    if locked.period.lower >= now:
        locked.delete()
    else:
        locked.period = DateTimeTZRange(locked.period.lower, now)
        locked.save(update_fields=["period"])
