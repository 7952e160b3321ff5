"""One run over a file: every row is judged, the good ones are written by their kind, the bad ones kept with a reason.

All or nothing, and a trial, are one transaction. The good rows alone are committed chunk by chunk together with the
number of the last settled row, so that a run that was cut off goes on behind it, and twice the same row never counts.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import IO, Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.access import Actor
from callcenter.audit import log
from callcenter.beside import ahead
from callcenter.errors import Conflict, DomainError
from callcenter.imports.enums import Mode, State
from callcenter.imports.kinds import Taken
from callcenter.imports.lanes import ALONE, Turn, in_order
from callcenter.imports.models import Import, Reject
from callcenter.imports.plain import Sieve, Sifted, cells_of
from callcenter.imports.rows import BadRow, Judge, as_text, chunks
from callcenter.sheets import text
from callcenter.sheets.read import Row, Table
from callcenter.sheets.text import Group, Lines

Advance = Callable[[int, int], None]
COUNTS: Final = ("row", "rows", "new", "changed", "unchanged", "rejected")
MEMORY: Final = 4 << 20
"""Bytes of refused rows in memory; more lie in a temporary file."""
AT_ONCE: Final = 1000


def run(*, actor: Actor, batch: Import, now: datetime, advance: Advance) -> Import:
    """Bring in, or try, a file that was begun; `advance` is told how much is read of how much and may stop the run.

    DomainError if the file as a whole is refused, which the import then says too.
    """
    batch.state = State.RUNNING
    Import.objects.filter(pk=batch.pk, state=State.STOPPED).update(state=State.RUNNING)
    try:
        with batch.file.open("rb") as file:
            table = batch.of_kind.open(file.file, batch.sheet, batch.options)
            _Run(actor, batch, now, advance).over(table, file.file)
    except BaseException as error:
        why = f"{error.message} {error.mend}".strip() if isinstance(error, DomainError) else ""
        Import.objects.filter(pk=batch.pk, state=State.RUNNING).update(state=State.STOPPED, why=why)
        raise
    if batch.state == State.DONE:
        put_away(batch)
    return batch


def put_away(batch: Import) -> None:
    """Remove the file of an import that is in, and the first rows kept for its preview: customers' numbers stand there."""
    batch.file.delete(save=False)
    Import.objects.filter(pk=batch.pk).update(file="", head=[])


class _Run:
    """The state of one run."""

    def __init__(self, actor: Actor, batch: Import, now: datetime, advance: Advance) -> None:
        self.actor, self.batch, self.now, self.advance = actor, batch, now, advance
        self.kind = batch.of_kind
        self.judge = Judge(self.kind, batch.options, batch.header, batch.columns)
        self.sieve = Sieve(None, "")

    def over(self, table: Table, file: BinaryIO) -> None:
        """Settle every row of the file behind the last settled one, and say how it ended."""
        batch = self.batch
        if table.header != batch.header:
            raise DomainError(_("The file is not the one that was looked at."), field="file")
        is_plain = table.separator and self.kind.plain(batch.columns, table.separator, batch.options)
        self.sieve = Sieve(is_plain or None, table.separator)
        groups = self.groups(table, file)
        if batch.trial or batch.mode == Mode.ALL:
            self.at_once(groups, table)
        else:
            self.bit_by_bit(groups, table)

    def groups(self, table: Table, file: BinaryIO) -> Iterator[Group]:
        """Return the rows behind the last settled one, many at a time: as lines if the kind takes some as they stand."""
        done = self.batch.row
        if self.sieve.is_plain is None:
            rows = ((number, row) for number, row in table.rows if number > done)
            yield from chunks(rows, self.kind.chunk)
            return
        for group in text.groups(file, self.kind.chunk or AT_ONCE, self.kind.lines):
            if not isinstance(group, Lines):
                yield [numbered for numbered in group if numbered[0] > done]
            elif group.last > done:
                yield group.behind(done)

    def bit_by_bit(self, groups: Iterator[Group], table: Table) -> None:
        """Commit each chunk with its refused rows and how far it came."""

        def settle(chunk: tuple[Group, Sifted], turn: Turn) -> None:
            group, sifted = chunk
            with transaction.atomic():
                settled = self.settle(group, *sifted, turn)
                turn.take()
                _keep(map(self.as_reject, settled.bad))
                self.tell(table, last=False)
                counts = settled.counted_onto(self.batch)
                self.save(counts, self.batch.row)
            vars(self.batch).update(counts)

        lanes = self.kind.lanes if self.sieve.is_plain else 1
        with closing(in_order(self.sifted(groups), settle, lanes=lanes)) as chunks:
            for _chunk in chunks:
                self.advance(*table.progress())
        self.kind.loaded()
        with transaction.atomic():
            self.tell(table, last=True)
            self.end(State.DONE, self.batch.row)

    def at_once(self, groups: Iterator[Group], table: Table) -> None:
        """Commit all or nothing; the refused rows are kept either way."""
        with tempfile.SpooledTemporaryFile(MEMORY, mode="w+", encoding="utf-8") as kept:
            with transaction.atomic():
                for group, sifted in self.sifted(groups):
                    settled = self.settle(group, *sifted, ALONE)
                    _write(kept, settled.bad)
                    vars(self.batch).update(settled.counted_onto(self.batch))
                    self.advance(*table.progress())
                self.tell(table, last=True)
                undo = self.batch.trial or self.batch.rejected > 0
                transaction.set_rollback(undo)
                if not undo:
                    self.kind.loaded()
                    self.end(State.DONE, 0)
            if undo:
                with transaction.atomic():
                    _keep(_read(kept, self.batch))
                    self.end(State.TRIED if self.batch.trial else State.REFUSED, 0)

    def sifted(self, groups: Iterator[Group]) -> Iterator[tuple[Group, Sifted]]:
        """Return each chunk with what is plain in it; the next is read while the database is busy with the one before."""
        return ahead((group, self.sieve.sift(group)) for group in groups)

    def settle(self, group: Group, plain: list[str], others: list[tuple[int, Row]], turn: Turn) -> "_Settled":
        """Write the good rows of a chunk, and say what became of all of them."""
        if self.kind.most and len(others) > self.kind.most:
            raise DomainError(
                _("The file has more than %(most)d rows.") % {"most": self.kind.most},
                field="file",
                mend=_("Cut it into several files."),
            )
        judged = [self.judge.judge(number, row) for number, row in others]
        bad = [one for one in judged if isinstance(one, BadRow)]
        good = [one for one in judged if not isinstance(one, BadRow)]
        taken = self.take(plain, good, turn)
        cells = cells_of(group, {number for number, _key, _reason in taken.refused})
        bad += [
            self.judge.refused(number, cells[number], key, reason) for number, key, reason in taken.refused
        ]
        last = group.last if isinstance(group, Lines) else group[-1][0]
        return _Settled(last, len(plain) + len(others), taken, sorted(bad, key=lambda one: one.row))

    def take(self, plain: list[str], good: list[Any], turn: Turn) -> Taken:
        """Have the kind write plain rows and items."""
        given = {"actor": self.actor, "options": self.batch.options, "now": self.now}
        if self.sieve.is_plain is None:
            return self.kind.take(good, **given)
        columns, separator = self.batch.columns, self.sieve.separator
        return self.kind.take_plain(plain, good, columns=columns, separator=separator, turn=turn, **given)

    def tell(self, table: Table, *, last: bool) -> None:
        """Let the kind keep what stood in the file beside its rows."""
        self.kind.settled(table, actor=self.actor, batch=self.batch, now=self.now, last=last)

    def as_reject(self, bad: BadRow) -> Reject:
        """Return the row that keeps a refused one."""
        return Reject(batch=self.batch, **_facts(bad))

    def end(self, state: State, before: int) -> None:
        """Say how the run ended."""
        self.batch.state = state
        counts = {name: getattr(self.batch, name) for name in COUNTS}
        self.save(counts, before)
        del counts["row"]
        log.record(
            self.actor,
            "import.ended",
            self.batch,
            now=self.now,
            kind=self.kind.name,
            state=str(state),
            **counts,
        )

    def save(self, counts: dict[str, int], before: int) -> None:
        """Write the counts, if no other run has settled anything since the row `before`."""
        held = Import.objects.filter(pk=self.batch.pk, state=State.RUNNING, row=before)
        if not held.update(state=self.batch.state, **counts):
            raise Conflict(_("Another run has this file."), mend=_("Reload the page to see where it stands."))


@dataclass(frozen=True, slots=True)
class _Settled:
    """What became of a chunk, whose last row has the number `last`."""

    last: int
    rows: int
    taken: Taken
    bad: list[BadRow]

    def counted_onto(self, batch: Import) -> dict[str, int]:
        """Return the counts of the import with this chunk."""
        return {
            "row": self.last,
            "rows": batch.rows + self.rows,
            "new": batch.new + self.taken.new,
            "changed": batch.changed + self.taken.changed,
            "unchanged": batch.unchanged + self.taken.unchanged,
            "rejected": batch.rejected + len(self.bad),
        }


def _facts(bad: BadRow) -> dict[str, Any]:
    return {
        "row": bad.row,
        "column": bad.column[:120],
        "reason": bad.reason[:300],
        "raw": as_text(bad.cells),
    }


def _write(kept: IO[str], rows: list[BadRow]) -> None:
    kept.writelines(json.dumps(_facts(bad)) + "\n" for bad in rows)


def _read(kept: IO[str], batch: Import) -> Iterator[Reject]:
    kept.seek(0)
    return (Reject(batch=batch, **json.loads(line)) for line in kept)


def _keep(rejects: Iterator[Reject]) -> None:
    while some := list(islice(rejects, AT_ONCE)):
        Reject.objects.bulk_create(some)
