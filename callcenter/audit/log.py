"""Writing the audit: called by services only, in the transaction of the act itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from callcenter.access import Actor
from callcenter.audit.models import Entry


def entry(actor: Actor, action: str, obj: models.Model, *, now: datetime, **details: Any) -> Entry:
    """Return an unsaved entry: `action` in the past tense (“complaint.resolved”), `details` JSON-ready.

    Where a program acts in a person's name, the details name its token.
    """
    if through := getattr(actor, "through", ""):
        details["through"] = through
    return Entry(
        at=now,
        actor_id=actor.pk,
        actor_name=str(actor)[:120],
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_name=str(obj)[:200],
        details=details,
    )


def record(actor: Actor, action: str, obj: models.Model, *, now: datetime, **details: Any) -> Entry:
    """Write one entry and return it."""
    written = entry(actor, action, obj, now=now, **details)
    written.save(force_insert=True)
    return written


def record_many(entries: Iterable[Entry]) -> None:
    """Write a sweep's entries with one statement."""
    Entry.objects.bulk_create(entries)
