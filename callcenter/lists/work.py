"""An export that is too long to wait for, as a job."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any, Final

from django.http import QueryDict
from django.utils.translation import ngettext

from callcenter.access import require
from callcenter.jobs.run import Result, Run
from callcenter.lists import export as sheets
from callcenter.lists import services
from callcenter.lists.asked import Asked
from callcenter.lists.registry import list_named
from callcenter.sheets import write

MEMORY: Final = 8 << 20
"""Bytes of a finished file kept in memory; a larger one lies in a temporary file."""


def export(run: Run) -> Result:
    """Write the list `list` as `form` (“csv”, “xlsx”), as its person may see it when the job runs.

    It is made anew after an interruption: rows change, and half a file of old ones would be neither.
    """
    data_list, form = list_named(run.arguments["list"]), run.arguments["form"]
    require(run.actor, data_list.permission) if data_list.permission else None
    asked = Asked(data_list, QueryDict(run.arguments["query"]), person=run.actor, now=run.now())
    total = asked.found.count()
    rows = _counted(sheets.lines(asked), run, total)
    with _file(sheets.header(asked), rows, form) as content:
        path = run.keep_file(sheets.file_name(asked, form), content)
    services.note_export(actor=run.actor, asked=asked, form=form, rows=run.done, now=run.now())
    words = ngettext("%(rows)d row is ready to download.", "%(rows)d rows are ready to download.", run.done)
    return Result(words % {"rows": run.done}, file=path)


def _counted(rows: Iterator[Any], run: Run, total: int) -> Iterator[Any]:
    for done, row in enumerate(rows, 1):
        yield row
        run.advance(done, max(done, total))


def _file(header: list[str], rows: Iterator[Any], form: str) -> IO[bytes]:
    if form == "xlsx":
        return write.xlsx(header, rows)
    file = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 (the caller closes it)
    try:
        for line in write.csv_lines(header, rows):
            file.write(line.encode())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
