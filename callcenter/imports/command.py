"""What every command that brings in a file shares."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from callcenter.access import SYSTEM, Actor
from callcenter.errors import DomainError
from callcenter.imports import kinds, selectors, services
from callcenter.imports.columns import unused
from callcenter.imports.enums import Mode, State
from callcenter.imports.models import Import
from callcenter.imports.run import run
from callcenter.sheets import write

SHOWN = 50
"""Refused rows printed; `--rejects` writes all."""


class ImportCommand(BaseCommand):
    """A file of one kind comes in: 0 if everything that was asked is in (or could be), 1 if nothing is."""

    kind: ClassVar[str]
    mode: ClassVar[Mode] = Mode.ALL
    """What is done about bad rows unless the options say otherwise."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the options of every kind."""
        parser.add_argument("file", type=Path, help="CSV, XLSX, XLS or ODS")
        parser.add_argument("--sheet", default="", help="sheet of the spreadsheet; default: the first")
        parser.add_argument(
            "--trial", action="store_true", help="write nothing, only say what would become of it"
        )
        bad = parser.add_mutually_exclusive_group()
        bad.add_argument(
            "--good-rows", dest="mode", action="store_const", const=Mode.GOOD, help="leave bad rows out"
        )
        bad.add_argument(
            "--all-or-nothing",
            dest="mode",
            action="store_const",
            const=Mode.ALL,
            help="one bad row, and nothing is in",
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADER=FIELD", help="which field a column holds"
        )
        parser.add_argument(
            "--as", dest="work_number", help="whose rights and name it has; default: the system's"
        )
        parser.add_argument("--rejects", type=Path, help="write the refused rows to this CSV or XLSX")

    def given(self, options: dict[str, Any]) -> dict[str, Any]:
        """Return what the kind's form would ask beside the file."""
        raise NotImplementedError

    def handle(self, **options: Any) -> None:
        """Bring in the file and print what became of it."""
        path: Path = options["file"]
        try:
            batch = self._bring(path, options)
        except OSError as error:
            message = f"{path}: {error.strerror}"
            raise CommandError(message) from error
        except DomainError as error:
            raise CommandError(" ".join(filter(None, (str(error.message), str(error.mend))))) from error
        self._print(batch)
        if options["rejects"] and batch.rejected:
            _write_rejects(batch, options["rejects"])
        if batch.state == State.REFUSED or batch.rejected == batch.rows or (batch.rejected and batch.trial):
            message = f"{path}: nothing was written"
            raise CommandError(message)

    def _bring(self, path: Path, options: dict[str, Any]) -> Import:
        actor, now = _actor(options["work_number"]), timezone.now()
        with path.open("rb") as file:
            batch = services.send_file(
                actor=actor,
                kind=kinds.get(self.kind),
                file=file,
                file_name=path.name,
                sheet=options["sheet"] or "",
                given=self.given(options),
                now=now,
            )
        columns = _mapped(batch, options["map"])
        services.choose_columns(actor=actor, batch=batch, columns=columns, now=now)
        batch = services.begin(
            actor=actor, batch=batch, mode=options["mode"] or self.mode, trial=options["trial"], now=now
        )
        return run(actor=actor, batch=batch, now=now, advance=self._advance)

    def _advance(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{100 * done // max(total, 1)} %", ending="\n" if done == total else "")

    def _print(self, batch: Import) -> None:
        say, of_kind = self.stdout.write, batch.of_kind
        say(f"{batch.file_name}: {of_kind.describe(batch)}")
        say(
            f"{batch.rows} rows: {batch.new} new, {batch.changed} changed, {batch.unchanged} known already, "
            f"{batch.rejected} refused"
        )
        if names := unused(batch.header, batch.columns):
            say("columns not used: {}".format(", ".join(names)))
        for reject in batch.rejects.all()[:SHOWN]:
            say(f"row {reject.row}, column {reject.column or '–'}: {of_kind.shown(reject.reason)}")
        if batch.rejected > SHOWN:
            say(f"… and {batch.rejected - SHOWN} more: {batch.get_absolute_url()}")


def _actor(work_number: str | None) -> Actor:
    if work_number is None:
        return SYSTEM
    people = get_user_model().objects
    person: Any = people.filter(work_number=work_number, is_active=True).first()
    if person is None:
        message = f"Nobody who works here has the work number {work_number}."
        raise CommandError(message)
    actor: Actor = person
    return actor


def _mapped(batch: Import, pairs: list[str]) -> list[str]:
    """Return the columns as guessed, changed by what `--map` says."""
    columns = list(batch.columns)
    known = {kinds.bare(name): place for place, name in enumerate(batch.header)}
    for pair in pairs:
        name, _equals, key = pair.rpartition("=")
        place = known.get(kinds.bare(name))
        if place is None or key not in {"", *batch.of_kind.by_key()}:
            message = (
                f"--map {pair}: the columns are {', '.join(batch.header)}; "
                f"the fields are {', '.join(batch.of_kind.by_key())}."
            )
            raise CommandError(message)
        columns = ["" if column == key else column for column in columns]
        columns[place] = key
    return columns


def _write_rejects(batch: Import, path: Path) -> None:
    header, rows = selectors.rejects_file(batch)
    if path.suffix.lower() == ".xlsx":
        with write.xlsx(header, rows) as sheet:
            path.write_bytes(sheet.read())
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(write.csv_lines(header, rows))
