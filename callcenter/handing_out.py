"""Files that people sent along, on their way out: the same answer for pages and for REST."""

from typing import Any, Final, Protocol

from django.http import FileResponse, Http404

SAFE: Final = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


class Kept(Protocol):
    """A file as an app keeps it: its content, the name that it came with, and the kind that was found in it."""

    file: Any
    name: Any
    kind: Any


def handed_out(found: Kept) -> FileResponse:
    """Answer with a file, to be saved and never shown in the browser; Http404 if it is gone.

    Whoever calls it has asked for the right.
    """
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=found.name, content_type=found.kind, headers=SAFE
    )
