"""A file of an item on its way out, for the page and for REST; both have asked for the right."""

from typing import Final

from django.http import FileResponse, Http404

from feedback.models import File

SAFE: Final = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


def handed_out(found: File) -> FileResponse:
    """Answer with a file, to be saved and never shown in the browser; Http404 if it is gone."""
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content, as_attachment=True, filename=found.name, content_type=found.kind, headers=SAFE
    )
