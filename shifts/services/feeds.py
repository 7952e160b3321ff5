"""The secret address of a person's roster calendar: made, read, revoked. Only its hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.access import require
from callcenter.audit import log
from callcenter.errors import Conflict
from shifts.models import Feed
from shifts.services.occupying import lock_people

NOTED_EVERY: Final = timedelta(minutes=5)


@transaction.atomic
def make_feed(*, actor: Any, now: datetime) -> tuple[Feed, str]:
    """Make the actor's calendar address anew; return it with its secret, which nobody can read again.

    An address that was made before opens nothing any more.
    """
    require(actor, "shifts.ask", actor)
    lock_people([actor.pk])
    _live(actor).update(revoked_at=now)
    secret = secrets.token_urlsafe(32)
    feed = Feed.objects.create(person_id=actor.pk, digest=_digest(secret), made_at=now)
    log.record(actor, "feed.made", feed, now=now)
    return feed, secret


@transaction.atomic
def revoke_feed(*, actor: Any, now: datetime) -> None:
    """End the actor's calendar address at once; Conflict where there is none."""
    require(actor, "shifts.ask", actor)
    lock_people([actor.pk])
    feed = _live(actor).first()
    if feed is None:
        raise Conflict(_("There is no calendar address."), mend=_("Make one first."))
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    log.record(actor, "feed.revoked", feed, now=now)


def open_feed(secret: str, *, now: datetime) -> Feed | None:
    """Return the feed that a secret opens, and note that it was read; None where it opens nothing."""
    rows = Feed.objects.filter(digest=_digest(secret), revoked_at=None, person__is_active=True)
    feed: Feed | None = rows.select_related("person__site__calendar").first()
    if feed and (feed.read_at is None or now - feed.read_at >= NOTED_EVERY):
        Feed.objects.filter(pk=feed.pk).update(read_at=now)
    return feed


def live_feed(person: Any) -> Feed | None:
    """Return the address that the person has now."""
    found: Feed | None = _live(person).first()
    return found


def _live(person: Any) -> Any:
    return Feed.objects.filter(person=person.pk, revoked_at=None)


def _digest(secret: str) -> bytes:
    """Return what is kept. The secret is random, so that no slow hash is needed."""
    return hashlib.sha256(secret.encode()).digest()
