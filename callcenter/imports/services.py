"""Every write about files of rows: sent, understood, tried, brought in."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from callcenter.access import SYSTEM, Actor, require
from callcenter.audit import log
from callcenter.errors import Conflict
from callcenter.imports import columns as columns_of
from callcenter.imports.enums import Mode, State
from callcenter.imports.kinds import Kind
from callcenter.imports.models import Import, Mapping, Reject
from callcenter.jobs.services import start_job
from callcenter.sheets import typed
from callcenter.sheets.read import Table
from callcenter.sheets.text import Broken

HEAD: Final = 10
"""Rows kept for the preview."""
BLOCK: Final = 1 << 20
"""Bytes in memory at once."""
KEPT: Final = timedelta(days=7)
REJECTS_KEPT: Final = timedelta(days=30)
"""How long refused rows can be mended: they quote what a file says about people."""
AT_ONCE: Final = 100


def send_file(
    *,
    actor: Actor,
    kind: Kind,
    file: BinaryIO,
    file_name: str,
    given: dict[str, Any],
    now: datetime,
    sheet: str = "",
) -> Import:
    """Take a file in and guess what its columns hold; nothing of it is brought in yet.

    `given` is what the kind's form asks. DomainError if the file cannot be read at all or the kind refuses what was
    given; then nothing is kept.
    """
    digest = _digest(file)
    before = same_content(kind, digest).first()
    options, place = kind.settle(given, actor=actor, file_name=file_name, before=before)
    table = kind.open(file, sheet, options)
    head = [row for _number, row in _first(table)]
    batch = Import(
        kind=kind.name,
        by_id=actor.pk,
        at=now,
        place=place,
        file_name=file_name[-200:],
        sha256=digest,
        sheet=sheet,
        options=options,
        header=table.header,
        head=[[typed.to_json(cell) for cell in row] for row in head],
        columns=_remembered(kind, table.header) or columns_of.guess(kind, table.header),
    )
    return _keep(batch, file, actor, now)


def _first(table: Table) -> list[tuple[int, Any]]:
    found: list[tuple[int, Any]] = []
    for number, row in table.rows:
        if not isinstance(row, Broken):
            found.append((number, row))
        if len(found) == HEAD:
            break
    return found


def _keep(batch: Import, file: BinaryIO, actor: Actor, now: datetime) -> Import:
    file.seek(0)
    batch.file.save("rows", File(file), save=False)
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
            log.record(actor, "import.sent", batch, now=now, kind=batch.kind, sha256=batch.sha256)
    except BaseException:
        batch.file.delete(save=False)
        raise
    return batch


def same_content(kind: Kind, digest: str) -> QuerySet[Import]:
    """Return the imports of a kind whose file had this content and brought in anything, newest first."""
    found = Import.objects.filter(kind=kind.name, sha256=digest, new__gt=0, state=State.DONE)
    return found.order_by("-at", "-id")


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _remembered(kind: Kind, header: Sequence[str]) -> list[str] | None:
    """Return what was last chosen for the header, or for all of it but a last column that is nothing to us.

    Our own file of refused rows has such a column more than the file that they came from, in any language.
    """
    kept = [header] if columns_of.guess(kind, header[-1:]) != [""] else [header, header[:-1]]
    for names in kept:
        known = Mapping.objects.filter(kind=kind.name, signature=columns_of.signature(names)).first()
        if known and set(known.columns) <= {"", *kind.by_key()}:
            return [*known.columns, *[""] * (len(header) - len(names))]
    return None


@transaction.atomic
def choose_columns(*, actor: Actor, batch: Import, columns: Sequence[str], now: datetime) -> None:
    """Say what each column holds, and remember it for files with the same header.

    DomainError if a required field has no column or one has two; a Conflict while it runs and once it is in.
    """
    locked = _locked(actor, batch)
    columns_of.check(locked.of_kind, locked.header, columns)
    Mapping.objects.update_or_create(
        kind=locked.kind,
        signature=columns_of.signature(locked.header),
        defaults={"columns": list(columns), "at": now},
    )
    if locked.columns != list(columns):
        locked.columns = list(columns)
        _forget_run(locked)
        locked.save()
        log.record(actor, "import.columns_chosen", locked, now=now, columns=list(columns))


@transaction.atomic
def start(*, actor: Actor, batch: Import, mode: Mode, trial: bool, now: datetime) -> Import:
    """Begin to bring the file in, or to try whether it could be; it runs as a job of the actor.

    A trial writes nothing but its findings. A Conflict while it runs and once it is in.
    """
    locked = begin(actor=actor, batch=batch, mode=mode, trial=trial, now=now)
    title = _("Try %(file)s") if trial else _("Bring in %(file)s")
    locked.job = start_job(
        actor=actor,
        kind="import",
        title=title % {"file": locked},
        arguments={"import": locked.pk},
        now=now,
        link=locked.get_absolute_url(),
    )
    locked.save(update_fields=["job"])
    return locked


@transaction.atomic
def begin(*, actor: Actor, batch: Import, mode: Mode, trial: bool, now: datetime) -> Import:
    """Mark the import as running; a run that was stopped goes on behind its last settled row if it asks for the same."""
    locked = _locked(actor, batch)
    columns_of.check(locked.of_kind, locked.header, locked.columns)
    goes_on = locked.stands == State.STOPPED and (locked.mode, locked.trial) == (mode, trial)
    if not goes_on:
        _forget_run(locked)
    locked.mode, locked.trial, locked.state, locked.why = mode, trial, State.RUNNING, ""
    locked.save()
    log.record(actor, "import.begun", locked, now=now, mode=str(mode), trial=trial)
    return locked


def _locked(actor: Actor, batch: Import) -> Import:
    locked = Import.objects.select_for_update(of=("self",)).select_related("job").get(pk=batch.pk)
    require(actor, "imports.run", locked)
    if not locked.may_run:
        raise Conflict(
            _("This file is in already.") if locked.state == State.DONE else _("This file is being read."),
            mend=_("Reload the page to see where it stands."),
        )
    return locked


def _forget_run(batch: Import) -> None:
    """Take back what the last run found; what it wrote stays, and counts as known the next time."""
    batch.rejects.all().delete()
    batch.row = batch.rows = batch.new = batch.changed = batch.unchanged = batch.rejected = 0


def tidy(*, now: datetime) -> int:
    """Remove files that nobody brought in within a week, and what the last try found in them; return how many.

    One of which a part is in stays, so that the rest can follow. Refused rows go after a month; their number stays.
    """
    Reject.objects.filter(batch__at__lt=now - REJECTS_KEPT).delete()
    old = Import.objects.select_related("job").filter(at__lt=now - KEPT).exclude(file="")
    parts = {"state": State.STOPPED, "rows__gt": 0}
    gone = [batch for batch in old.exclude(**parts)[:AT_ONCE] if batch.may_run or _was_killed(batch)]
    for batch in gone:
        with transaction.atomic():
            log.record(SYSTEM, "import.forgotten", batch, now=now, kind=batch.kind)
            batch.delete()
        batch.file.delete(save=False)
    return len(gone)


def _was_killed(batch: Import) -> bool:
    """Say whether it still “runs” a week on although no job will take it up: a command that was killed."""
    return batch.state == State.RUNNING and batch.job is None
