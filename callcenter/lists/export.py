"""A list as a sheet: exactly the rows that its address shows, in their order, chunk by chunk."""

from collections.abc import Iterator
from itertools import islice
from typing import IO, Any, Final

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation

from callcenter.lists.asked import Asked
from callcenter.sheets import write

FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AT_ONCE: Final = 10_000
"""More rows than this are exported in the background."""
CHUNK: Final = 500


def header(asked: Asked) -> list[str]:
    """Return the heads of the exported columns."""
    return [str(column.label) for column in asked.data_list.columns if column.value]


def lines(asked: Asked) -> Iterator[list[Any]]:
    """Yield the plain values of each row; memory holds one chunk."""
    values = [column.value for column in asked.data_list.columns if column.value]
    rows = asked.found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        asked.data_list.prepare(chunk, asked.now)
        for row in chunk:
            yield [value(row) for value in values]


def sheet(asked: Asked) -> IO[bytes]:
    """Return the list as XLSX; the caller closes it."""
    return write.xlsx(header(asked), lines(asked))


def file_name(asked: Asked, form: str) -> str:
    """Return the name under which the file is saved."""
    return f"{asked.data_list.name}-{timezone.localtime(asked.now):%Y-%m-%d-%H%M}.{form}"


def response(asked: Asked, form: str) -> HttpResponse | StreamingHttpResponse:
    """Return the file as an answer; CSV is written while it is sent."""
    given = {"content_type": FORMS[form]}
    if form == "xlsx":
        return FileResponse(sheet(asked), as_attachment=True, filename=file_name(asked, form), **given)
    answer = StreamingHttpResponse(_spoken(write.csv_lines(header(asked), lines(asked))), **given)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(asked, form)}"'
    return answer


def _spoken(parts: Iterator[str]) -> Iterator[str]:
    """Make the text in the language and zone of the request, which are gone by the time that it is sent."""
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def spoken() -> Iterator[str]:
        while True:
            with translation.override(language), timezone.override(zone):
                text = "".join(islice(parts, CHUNK))
            if not text:
                return
            yield text

    return spoken()
