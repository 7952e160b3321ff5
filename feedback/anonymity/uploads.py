"""Uploads below the unnamed addresses stay in memory: a temporary file would tell when somebody wrote."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Keep every file in memory; how large a request may be at all is asked before it is read."""

    def handle_raw_input(self, *_args: Any, **_more: Any) -> None:
        """Take the file over whatever its size."""
        self.activated = True
