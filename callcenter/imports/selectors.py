"""Reads about files of rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from callcenter.imports.kinds import Kind
from callcenter.imports.models import Import, Reject


def imports_of(kind: Kind, person: Any) -> QuerySet[Import]:
    """Return the imports of a kind that the person sees, newest first."""
    found = kind.visible(Import.objects.filter(kind=kind.name), person)
    return found.select_related("by", "job").order_by("-at", "-id")


def rejects_file(batch: Import) -> tuple[list[str], Iterator[list[str]]]:
    """Return header and rows of a file of the refused rows: their cells as they came, and what is wrong with them."""
    return [*batch.header, _("Problem")], _with_problem(batch)


def _with_problem(batch: Import) -> Iterator[list[str]]:
    width = len(batch.header)
    for reject in batch.rejects.all().iterator(chunk_size=2000):
        cells = [*reject.raw[:width], *[""] * (width - len(reject.raw))]
        yield [*cells, problem(reject)]


def problem(reject: Reject) -> str:
    """Say in one line where a refused row stands, which column is wrong, and why."""
    where = _("row %(row)d") % {"row": reject.row}
    return ": ".join(filter(None, (where, reject.column, reject.reason)))
