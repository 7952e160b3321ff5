"""Who is in which team, who leads it, and who reports to whom; all of it dated."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agents.ladder import Organisation
from agents.models import Leadership, Membership, Superior, Team, User
from agents.selectors import superiors_upwards
from agents.services.dated import succeed
from callcenter.access import Actor, require
from callcenter.errors import DomainError


@transaction.atomic
def move_to_team(*, actor: Actor, person: User, team: Team, since: date, now: datetime) -> Membership:
    """Put the person into `team` from the day `since` on; the membership before it ends there."""
    require(actor, "agents.manage_people")
    row = succeed(actor, Membership, {"person": person}, {"team": team}, since, now, "person.moved")
    _refuse_circle(person, since, field="team")
    return row


@transaction.atomic
def appoint_lead(*, actor: Actor, team: Team, person: User, since: date, now: datetime) -> Leadership:
    """Make the person the lead of `team` from `since` on; the lead before them ends there."""
    require(actor, "agents.manage_people")
    row = succeed(actor, Leadership, {"team": team}, {"person": person}, since, now, "team.lead_appointed")
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


def _refuse_circle(person: User, on: date, *, field: str) -> None:
    """Raise if what was just written makes the person their own superior on the day `on`, directly or not."""
    if person.pk in Organisation(superiors_upwards([person.pk], on)).ladder(person.pk):
        raise DomainError(
            _("%(person)s would be their own superior, directly or not.") % {"person": person},
            field=field,
            mend=_("Choose another one, or change the superior of those above first."),
        )
