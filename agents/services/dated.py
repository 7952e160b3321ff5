"""What the services about dated rows share: their timelines, locked and written at once, and what the database calls taken."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from agents.models import Leadership, Membership, RegionSite, Superior
from agents.timeline import Timeline
from callcenter.access import Actor
from callcenter.audit import log
from callcenter.audit.models import Entry
from callcenter.errors import Conflict

AT_ONCE = 1000
Row = TypeVar("Row", Membership, Leadership, Superior, RegionSite)


class Timelines:
    """The timelines of some subjects, which are locked until the transaction ends.

    `names` are the fields that name a timeline, that of the subject first; `attribute` is the field in which its rows differ.
    """

    def __init__(
        self,
        model: type[Any],
        names: tuple[str, ...],
        attribute: str,
        subjects: Collection[Any],
        *,
        lock: bool = True,
    ) -> None:
        self.model, self.names, self.attribute = model, names, attribute
        self._found: dict[tuple[int, ...], Timeline] = {}
        if lock:
            lock_all(subjects)
        shown = [attribute] if attribute and model._meta.get_field(attribute).is_relation else []
        rows = model.objects.filter(**{f"{names[0]}__in": list(subjects)}).select_related(*names, *shown)
        for row in rows.order_by("period") if subjects else ():
            self.of(*(getattr(row, name) for name in names)).rows.append(row)

    def of(self, *subject: Any) -> Timeline:
        """Return the timeline of the subject, empty if it has no rows."""
        place = tuple(one.pk for one in subject)
        if place not in self._found:
            key = dict(zip(self.names, subject, strict=True))
            self._found[place] = Timeline(self.model, key, self.attribute)
        return self._found[place]

    def all_of(self, subject: Any) -> list[Timeline]:
        """Return every timeline of which `subject` is the first name."""
        return [timeline for place, timeline in self._found.items() if place[0] == subject.pk]

    def write(self) -> None:
        """Write what was changed, in three statements."""
        found = self._found.values()
        fields = ["period", self.attribute] if self.attribute else ["period"]
        gone = [row.pk for timeline in found for row in timeline.gone]
        if gone:
            self.model.objects.filter(pk__in=gone).delete()
        changed = [row for timeline in found for row in timeline.changed]
        self.model.objects.bulk_update(changed, fields, batch_size=AT_ONCE)
        begun = [row for timeline in found for row in timeline.begun]
        self.model.objects.bulk_create(begun, batch_size=AT_ONCE)


def lock_all(subjects: Collection[models.Model]) -> None:
    """Lock the rows of subjects of one kind, in the order of their keys, until the transaction ends."""
    if subjects:
        kind: Any = type(next(iter(subjects)))
        locked = kind.objects.filter(pk__in=[subject.pk for subject in subjects]).order_by("pk")
        list(locked.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def write(timelines: Timelines, *entries: Entry | None) -> bool:
    """Write timelines and what the audit says of them; return whether there was anything."""
    noted = [entry for entry in entries if entry]
    timelines.write()
    log.record_many(noted)
    return bool(noted)


def succeed(
    actor: Actor,
    model: type[Row],
    key: dict[str, Any],
    value: dict[str, Any],
    since: date,
    now: datetime,
    action: str,
    *,
    until: date | None = None,
) -> Row:
    """End the row of `key` that holds on `since`, begin the next; later rows stay and bound it. Same value: no change."""
    [(name, subject)] = key.items()
    [(attribute, wanted)] = value.items()
    ends = {subject.pk: until} if until else {}
    succeed_all(actor, model, (name, attribute), {subject: wanted}, since, now, action, ends=ends)
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
    *,
    ends: Mapping[int, date] | None = None,
) -> set[Any]:
    """Do for many what `succeed` does for one, in a handful of statements; return the subjects that changed.

    `names` are the fields of subject and value, `wanted` the value of each subject, `ends` by the subject's key the day
    from which it no longer holds.
    """
    name, attribute = names
    timelines = Timelines(model, (name,), attribute, wanted)
    changed, entries = set(), []
    for subject, value in wanted.items():
        timeline = timelines.of(subject)
        current = timeline.on(since)
        old = {attribute: str(timeline.value(current))} if current else {}
        if timeline.put(value, since, (ends or {}).get(subject.pk)):
            changed.add(subject)
            facts = {"since": since.isoformat(), "old": old, "new": {attribute: str(value)}}
            entries.append(log.entry(actor, action, subject, now=now, **facts))
    timelines.write()
    log.record_many(entries)
    return changed


@contextmanager
def unless_taken(field: str, message: str, mend: str) -> Iterator[None]:
    """Run a transaction in which a unique or exclusion constraint means “taken”: a Conflict that names the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Conflict(message, code="taken", field=field, mend=mend) from clash
