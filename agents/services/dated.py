"""What the services about dated rows share: one row follows another, and what the database calls taken."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from agents.models import Leadership, Membership, RegionSite, Superior
from callcenter.access import Actor
from callcenter.audit import log
from callcenter.errors import Conflict

AT_ONCE = 1000
Row = TypeVar("Row", Membership, Leadership, Superior, RegionSite)


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
    [(name, subject)] = key.items()
    [(attribute, wanted)] = value.items()
    succeed_all(actor, model, (name, attribute), {subject: wanted}, since, now, action)
    row: Row = model.objects.on(since).get(**key)
    return row


@transaction.atomic
def succeed_all(
    actor: Actor,
    model: type[Row],
    names: tuple[str, str],
    wanted: Mapping[Any, Any],
    since: date,
    now: datetime,
    action: str,
) -> set[Any]:
    """Do for many what `succeed` does for one, in a handful of statements; return the subjects that changed.

    `names` are the fields of subject and value, `wanted` the value of each subject.
    """
    subject_name, value_name = names
    known = _locked_rows(model, subject_name, value_name, wanted, since)
    gone, ended, begun, entries = [], [], [], []
    for subject, value in wanted.items():
        rows = known[subject.pk]
        current = rows[0] if rows and rows[0].period.lower <= since else None
        if current and getattr(current, value_name) == value:
            continue
        if current and current.period.lower == since:
            gone.append(current.pk)
        elif current:
            current.period = DateRange(current.period.lower, since)
            ended.append(current)
        until = next((row.period.lower for row in rows if row.period.lower > since), None)
        begun.append(model(**{subject_name: subject, value_name: value}, period=DateRange(since, until)))
        old = {value_name: str(getattr(current, value_name))} if current else {}
        facts = {"since": since.isoformat(), "old": old, "new": {value_name: str(value)}}
        entries.append(log.entry(actor, action, subject, now=now, **facts))
    model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_update(ended, ["period"], batch_size=AT_ONCE)
    model.objects.bulk_create(begun, batch_size=AT_ONCE)
    log.record_many(entries)
    return {getattr(row, subject_name) for row in begun}


def _locked_rows(
    model: type[Row], subject_name: str, value_name: str, subjects: Mapping[Any, Any], since: date
) -> dict[int, list[Row]]:
    """Lock the subjects; return the rows of each that hold on `since` or later, in their order."""
    found: dict[int, list[Row]] = defaultdict(list)
    if not subjects:
        return found
    kind = type(next(iter(subjects)))
    locked = kind.objects.filter(pk__in=[subject.pk for subject in subjects]).select_for_update(of=("self",))
    list(locked.order_by("pk").values_list("pk"))
    rows = model.objects.filter(**{f"{subject_name}__in": list(subjects)}).not_over(since)
    for row in rows.select_related(value_name).order_by("period"):
        found[getattr(row, f"{subject_name}_id")].append(row)
    return found


@contextmanager
def unless_taken(field: str, message: str, mend: str) -> Iterator[None]:
    """Run a transaction in which a unique or exclusion constraint means “taken”: a Conflict that names the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Conflict(message, code="taken", field=field, mend=mend) from clash
