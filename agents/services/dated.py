"""What the services about dated rows share: one row follows another, and what the database calls taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import Leadership, Membership, RegionSite, Superior
from callcenter.access import Actor
from callcenter.audit import log
from callcenter.errors import Conflict

Row = TypeVar("Row", Membership, Leadership, Superior, RegionSite)


@transaction.atomic
def succeed(
    actor: Actor,
    model: type[Row],
    key: dict[str, Any],
    value: dict[str, Any],
    since: date,
    now: datetime,
    action: str,
) -> Row:
    """End the row of `key` that holds on `since`, begin the next; later rows stay and bound it. Same value: no change."""
    subject = next(iter(key.values()))
    type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
    rows = model.objects.filter(**key)
    current = rows.on(since).first()
    if current and all(getattr(current, name) == wanted for name, wanted in value.items()):
        return current
    following = rows.filter(period__startswith__gt=since).order_by("period").first()
    until = following.period.lower if following else None
    if current and current.period.lower == since:
        current.delete()
    elif current:
        current.period = DateRange(current.period.lower, since)
        current.save(update_fields=["period"])
    row = model.objects.create(**key, **value, period=DateRange(since, until))
    new = {name: str(wanted) for name, wanted in value.items()}
    old = {name: str(getattr(current, name)) for name in value} if current else {}
    log.record(actor, action, subject, now=now, since=since.isoformat(), old=old, new=new)
    return row


@contextmanager
def unless_taken(field: str, message: str, mend: str) -> Iterator[None]:
    """Run a transaction in which a unique or exclusion constraint means “taken”: a Conflict that names the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Conflict(message, code="taken", field=field, mend=mend) from clash
