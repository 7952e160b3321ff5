"""Reading the body of a request."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser

from callcenter import uploads
from callcenter.rest.errors import TooLarge


class Json(JSONParser):
    """JSON of bounded size and depth."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the parsed body; ParseError or TooLarge for what cannot be read."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise TooLarge
        try:
            found = super().parse(BytesIO(body), media_type, {"encoding": "utf-8"})
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
        if not isinstance(found, dict):
            raise ParseError(_("The body must be one JSON object."))
        return found


class Files(MultiPartParser):
    """A form with a file; one that is far too large is not even read."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return fields and files; ParseError or TooLarge for what cannot be read."""
        length = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        if length > uploads.LARGEST + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        return super().parse(stream, media_type, parser_context)
