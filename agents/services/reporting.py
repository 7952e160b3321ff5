"""Who is in which team, who leads it, and who reports to whom; all of it dated."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agents.ladder import Organisation
from agents.models import Leadership, Membership, Superior, Team, User
from agents.selectors import DAY_OF_CENTRE, superiors_upwards
from agents.services.dated import Timelines, lock_all, succeed
from agents.services.employed import Employed
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError


@transaction.atomic
def move_to_team(*, actor: Actor, person: User, team: Team, since: date, now: datetime) -> Membership:
    """Put the person into `team` from the day `since` on; the membership before it ends there, this one with the employment."""
    require(actor, "agents.manage_people")
    lock_all([person])
    until = Employed([person]).until(person, since)
    row = succeed(
        actor, Membership, {"person": person}, {"team": team}, since, now, "person.moved", until=until
    )
    _refuse_circle(person, since, field="team")
    return row


@transaction.atomic
def appoint_lead(*, actor: Actor, team: Team, person: User, since: date, now: datetime) -> Leadership:
    """Make the person the lead of `team` from `since` on; the lead before them ends there, they with their employment."""
    require(actor, "agents.manage_people")
    lock_all([person])
    until = Employed([person]).until(person, since, field="person")
    row = succeed(
        actor, Leadership, {"team": team}, {"person": person}, since, now, "team.lead_appointed", until=until
    )
    _refuse_circle(person, since, field="person")
    return row


@transaction.atomic
def set_superior(*, actor: Actor, person: User, superior: User, since: date, now: datetime) -> Superior:
    """Set who is the person's direct superior from `since` on. A circle of superiors is refused."""
    require(actor, "agents.manage_people")
    if person == superior:
        raise DomainError(
            _("Nobody is their own superior."), field="superior", mend=_("Choose somebody else.")
        )
    row = succeed(
        actor, Superior, {"person": person}, {"superior": superior}, since, now, "person.superior_set"
    )
    _refuse_circle(person, since, field="superior")
    return row


@transaction.atomic
def leave_team(*, actor: Actor, person: User, from_day: date, now: datetime) -> None:
    """Take the person out of their team from `from_day` on, and out of any that was to follow."""
    require(actor, "agents.manage_people")
    timelines = Timelines(Membership, ("person",), "team", [person])
    if not timelines.of(person).end(from_day):
        raise Conflict(
            _("The person is in no team by then."), field="from_day", mend=_("Choose an earlier day.")
        )
    timelines.write()
    log.record(actor, "person.left_team", person, now=now, since=from_day.isoformat())


@transaction.atomic
def end_lead(*, actor: Actor, team: Team, from_day: date, now: datetime) -> None:
    """Leave the team without a lead from `from_day` on, also without one that was to follow."""
    require(actor, "agents.manage_people")
    timelines = Timelines(Leadership, ("team",), "person", [team])
    if not timelines.of(team).end(from_day):
        raise Conflict(_("The team has no lead by then."), field="from_day", mend=_("Choose an earlier day."))
    timelines.write()
    log.record(actor, "team.lead_ended", team, now=now, since=from_day.isoformat())


def take_move_back(*, actor: Actor, membership: Membership, now: datetime) -> None:
    """Take back a move that is to come: the team before it goes on."""
    _take_back(actor, membership, ("person", "team"), "person.move_taken_back", now)


def take_lead_back(*, actor: Actor, leadership: Leadership, now: datetime) -> None:
    """Take back the appointment of a lead that is to come: the lead before goes on."""
    _take_back(actor, leadership, ("team", "person"), "team.lead_taken_back", now)


@transaction.atomic
def _take_back(actor: Actor, row: Any, names: tuple[str, str], action: str, now: datetime) -> None:
    require(actor, "agents.manage_people")
    subject = getattr(row, names[0])
    timelines = Timelines(type(row), names[:1], names[1], [subject])
    timeline = timelines.of(subject)
    planned = next((one for one in timeline.rows if one.pk == row.pk), None)
    if planned is None or planned.period.lower <= now.astimezone(DAY_OF_CENTRE).date():
        raise Conflict(
            _("This has begun, or is gone."), field="row", mend=_("Change what holds from a day on instead.")
        )
    timeline.take_back(planned)
    timelines.write()
    what = {"since": planned.period.lower.isoformat(), names[1]: str(timeline.value(planned))}
    log.record(actor, action, subject, now=now, **what)


def _refuse_circle(person: User, on: date, *, field: str) -> None:
    """Raise if what was just written makes the person their own superior on the day `on`, directly or not."""
    if person.pk in Organisation(superiors_upwards([person.pk], on)).ladder(person.pk):
        raise DomainError(
            _("%(person)s would be their own superior, directly or not.") % {"person": person},
            field=field,
            mend=_("Choose another one, or change the superior of those above first."),
        )
