"""Writing the audit: called by services only, in the transaction of the act itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from callcenter.access import Actor
from callcenter.audit.models import Entry
from callcenter.bulk import Pattern, insert_each


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


def record_each(rows: str, patterns: Iterable[Pattern], *, object_id: str, object_name: str) -> None:
    """Write for every row of the table `rows` the unsaved entries that bear the number in its column `pattern`.

    The other two name its columns that say what the entry is about (`callcenter.bulk`).
    """
    own = {"object_id": f"one.{object_id}::text", "object_name": f"left(one.{object_name}, 200)"}
    insert_each(rows, patterns, own)
