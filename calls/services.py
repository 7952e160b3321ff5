"""Every write about calls."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from agents.models import Site, User
from callcenter.access import Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict, DomainError
from calls import store
from calls.intake import BadRow, CallRow, read
from calls.models import AgentName, Call, Import, Reject

CHUNK: Final = 20_000
"""Rows in memory at once."""
BLOCK: Final = 1 << 20
"""Bytes in memory at once."""


def import_calls(
    *,
    actor: Actor,
    file: BinaryIO,
    file_name: str,
    site: Site,
    now: datetime,
    source: str = "",
    time_zone: str = "",
    sheet: str | None = None,
) -> Import:
    """Bring in a file of calls; bad rows are kept with their reason, the others count once however often they come.

    `source` names the system the calls come from: without one, the name the same content had before, else the file's
    name. Times are local to `time_zone`, else to the site. DomainError if the file cannot be read at all, Conflict if
    the source belongs to another site.
    """
    require(actor, "calls.import", site)
    digest = _digest(file)
    found = read(file, _zone(time_zone or site.calendar.time_zone), sheet)
    batch = Import(
        source=_source(source, digest, file_name),
        site=site,
        file_name=file_name[:200],
        sha256=digest,
        unused_columns=found.unused_columns,
        at=now,
        by_id=actor.pk,
    )
    return _take(actor, batch, found.rows, now)


def record_calls(*, actor: Actor, source: str, site: Site, rows: Iterable[CallRow], now: datetime) -> Import:
    """Bring in calls that a program made, by the same way as a file's. Conflict if the source is another site's."""
    require(actor, "calls.import", site)
    return _take(actor, Import(source=source, site=site, at=now, by_id=actor.pk), iter(rows), now)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise DomainError(
            _("There is no time zone “%(name)s”.") % {"name": name},
            field="time_zone",
            mend=_("Write it like Asia/Shanghai."),
        ) from error


def _source(wanted: str, digest: str, file_name: str) -> str:
    """Return the source of the calls. The same content under another source would be counted twice: Conflict."""
    before = Import.objects.filter(sha256=digest, new__gt=0).order_by("id").first()
    if before and wanted not in ("", before.source):
        raise Conflict(
            _("This file is known already, as source “%(source)s”.") % {"source": before.source},
            field="source",
            mend=_("Leave the source out, or use that one."),
        )
    return before.source if before else (wanted.strip() or file_name.rpartition(".")[0] or file_name)[:80]


@transaction.atomic
def _take(actor: Actor, batch: Import, rows: Iterator[CallRow | BadRow], now: datetime) -> Import:
    store.lock(batch.source)
    _refuse_source_of_another_site(batch)
    batch.save(force_insert=True)
    store.create_stage()
    refused = taken = 0
    while chunk := list(islice(rows, CHUNK)):
        bad = [_reject(batch, row) for row in chunk if isinstance(row, BadRow)]
        Reject.objects.bulk_create(bad)
        store.stage(row for row in chunk if isinstance(row, CallRow))
        refused += len(bad)
        taken += len(chunk) - len(bad)
    stored = store.store(
        batch=batch.pk,
        source=batch.source,
        site=batch.site_id,
        reason=_("the call is known already, with other content"),
    )
    batch.new, batch.corrected = stored.new, stored.corrected
    batch.rejected = refused + stored.contradicting
    batch.rows = refused + taken
    batch.repeated = batch.rows - batch.new - batch.corrected - batch.rejected
    batch.first_at, batch.last_at = stored.first_at, stored.last_at
    counts = {name: getattr(batch, name) for name in ("rows", "new", "corrected", "repeated", "rejected")}
    batch.save(update_fields=[*counts, "first_at", "last_at"])
    log.record(actor, "calls.imported", batch, now=now, source=batch.source, site=batch.site.code, **counts)
    return batch


def _refuse_source_of_another_site(batch: Import) -> None:
    """Raise Conflict if the source's calls belong to another site: the key of a call does not name the site."""
    known = Call.objects.filter(source=batch.source).order_by("entered_at").select_related("site").first()
    if known and known.site_id != batch.site_id:
        raise Conflict(
            _("Source “%(source)s” belongs to the site %(site)s.")
            % {"source": batch.source, "site": known.site.name},
            field="source",
            mend=_("Name another source, or choose that site."),
        )


def _reject(batch: Import, bad: BadRow) -> Reject:
    return Reject(batch=batch, row=bad.row, column=bad.column[:120], reason=bad.reason[:300], raw=bad.raw)


@transaction.atomic
def match_agent_name(
    *, actor: Actor, source: str, site: Site, name: str, person: User, now: datetime
) -> AgentName:
    """Say who stands behind a name of a source at a site; its calls get their agent and the team of their day.

    Later imports follow. A name that means somebody else already is a Conflict.
    """
    require(actor, "calls.match", site)
    known, fresh = AgentName.objects.get_or_create(
        source=source, site=site, name=name, defaults={"person": person}
    )
    if not fresh and known.person_id != person.pk:
        raise Conflict(
            _("“%(name)s” means %(person)s already.") % {"name": name, "person": known.person},
            field="work_number",
        )
    log.record(actor, "calls.name_matched", known, now=now, person=str(person))
    match_names(actor=actor, site=site, now=now)
    return known


@transaction.atomic
def match_names(*, actor: Actor, site: Site, now: datetime) -> dict[str, int]:
    """Match the site's calls whose agent, queue or customer is known by name only; safe to call again.

    Returns how many calls gained their agent, queue and customer.
    """
    require(actor, "calls.match", site)
    counts = store.match(site.pk)
    if any(counts.values()):
        log.record(actor, "calls.names_matched", site, now=now, **counts)
    return counts
