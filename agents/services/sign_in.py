"""How a person signs in: open sessions, and second factors that were lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agents.models import User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, NotFound


@transaction.atomic
def reset_second_factor(*, actor: Actor, person: User, now: datetime) -> None:
    """Take away the person's authenticator app, recovery codes and passkeys, and end their sessions.

    For somebody who lost them: the password alone opens the door again. A Conflict if there is nothing to take away.
    """
    require(actor, "agents.reset_second_factor")
    User.objects.select_for_update().get(pk=person.pk)
    kept = Authenticator.objects.filter(user=person)
    methods = sorted(kept.values_list("type", flat=True))
    if not methods:
        raise Conflict(_("%(person)s has no second step and no passkey.") % {"person": person})
    kept.delete()
    ended = _end(UserSession.objects.filter(user=person))
    log.record(actor, "person.second_factor_reset", person, now=now, methods=methods, sessions=ended)


@transaction.atomic
def end_session(*, actor: Actor, person: User, session_id: int, now: datetime) -> None:
    """End one of the person's sessions; NotFound if there is none such."""
    require(actor, "agents.end_sessions", person)
    if not _end(UserSession.objects.filter(user=person, pk=session_id)):
        raise NotFound(_("This session has ended already."))
    log.record(actor, "person.sessions_ended", person, now=now, sessions=1)


@transaction.atomic
def end_other_sessions(*, actor: Actor, person: User, keep: str, now: datetime) -> int:
    """End every session of the person but the one with the key `keep`; return how many."""
    require(actor, "agents.end_sessions", person)
    ended = _end(UserSession.objects.filter(user=person).exclude(session_key=keep))
    log.record(actor, "person.sessions_ended", person, now=now, sessions=ended)
    return ended


def _end(sessions: QuerySet[UserSession]) -> int:
    rows = list(sessions.select_for_update())
    for session in rows:
        session.end()
    return len(rows)
