"""Making and revoking tokens, and telling in time that one ends."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from callcenter.outbox import queue
from callcenter.outbox.models import Channel, Message
from callcenter.rest.scopes import Scope
from callcenter.tokens.models import LONGEST, Token
from callcenter.tokens.secrets import PREFIX, digest_of, new_secret

HINT: Final = len(PREFIX) + 6
TOLD_BEFORE: Final = timedelta(days=7)
USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)
BATCH: Final = 500


@transaction.atomic
def make_token(
    *, actor: Any, client: str, purpose: str, person: Any, scopes: Collection[str], days: int, now: datetime
) -> tuple[Token, str]:
    """Make a token that acts for `person` for so many days; return it and its secret, which nobody can read again.

    Somebody else in whose name it acts is told in the app.
    """
    require(actor, "tokens.manage")
    if not person.is_active:
        raise DomainError(_("This account is closed."), field="person", mend=_("Choose somebody else."))
    if not timedelta() < timedelta(days=days) <= LONGEST:
        raise DomainError(
            _("A token holds 1 to %(most)d days.") % {"most": LONGEST.days},
            field="days",
            mend=_("Give a number in between."),
        )
    if unknown := set(scopes) - set(Scope.values):
        raise DomainError(_("There is no such scope."), field="scopes", mend=", ".join(sorted(unknown)))
    if not scopes:
        raise DomainError(_("A token needs a scope."), field="scopes", mend=_("Choose at least one."))
    secret = new_secret()
    token = Token.objects.create(
        client=client,
        purpose=purpose,
        person=person,
        scopes=sorted(set(scopes)),
        digest=digest_of(secret.encode()),
        hint=secret[:HINT],
        created_at=now,
        expires_at=now + timedelta(days=days),
        made_by=actor,
    )
    details = {"person": str(person), "scopes": token.scopes, "expires_at": token.expires_at.isoformat()}
    log.record(actor, "token.made", token, now=now, **details)
    if person != actor:
        queue.enqueue([_notice(token, person, "made", now)])
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, now: datetime) -> Token:
    """End a token at once and for ever."""
    require(actor, "tokens.manage")
    token: Token = Token.objects.select_for_update().get(pk=token_id)
    if token.revoked_at:
        raise Conflict(_("This token is revoked already."))
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    log.record(actor, "token.revoked", token, now=now)
    queue.cancel(_topic(token))
    return token


def note_use(token: Token, *, now: datetime) -> None:
    """Write down that a token was used, at most once a minute."""
    if token.last_used_at and now - token.last_used_at < USE_IS_NOTED_EVERY:
        return
    # The condition keeps a crowd of requests from writing the row once each.
    seen = Token.objects.filter(pk=token.pk, last_used_at=token.last_used_at)
    seen.update(last_used_at=now)


@transaction.atomic
def warn_of_expiry(*, now: datetime) -> int:
    """Tell whoever made a token that it expires within a week, once; return how many were told of."""
    soon = Token.objects.valid(now).filter(warned_at=None, expires_at__lte=now + TOLD_BEFORE)
    found = list(
        soon.select_related("made_by__site__calendar")
        .order_by("expires_at")
        .select_for_update(of=("self",), skip_locked=True)[:BATCH]
    )
    queue.enqueue(_notice(token, token.made_by, "expires", now) for token in found)
    Token.objects.filter(pk__in=[token.pk for token in found]).update(warned_at=now)
    log.record_many(log.entry(SYSTEM, "token.expiry_told", token, now=now) for token in found)
    return len(found)


def _topic(token: Token) -> str:
    return f"token:{token.pk}"


def _notice(token: Token, to: Any, kind: str, now: datetime) -> Message:
    # Only administrators can open the page of all tokens.
    path = reverse("tokens:list") if kind == "expires" else reverse("tokens:use", args=[token.pk])
    return queue.message(
        f"{_topic(token)}:{kind}",
        channel=Channel.IN_APP,
        recipient=to,
        template=f"tokens/notify/{kind}",
        context={"client": token.client, "expires_at": token.expires_at.isoformat(), "path": path},
        topic=_topic(token),
        now=now,
    )
