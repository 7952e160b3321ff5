"""Uploads, made anew without what they carry about their maker; nothing of the original is kept."""

import json
import secrets
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from callcenter.errors import DomainError
from feedback.keys import ALPHABET

LARGEST: Final = 8 << 20
"""Bytes of one file."""
MOST_FILES: Final = 4
PATIENCE: Final = 20
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
ENDINGS: Final = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png", "webp", "gif"),
    "application/pdf": ("pdf",),
    f"{OFFICE}wordprocessingml.document": ("docx",),
    f"{OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{OFFICE}presentationml.presentation": ("pptx",),
    "text/plain": ("txt", "csv"),
}
ACCEPT: Final = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)
"""For the file field of a form."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file without anything that tells of its maker: a random name, what it was found to be, and its bytes."""

    name: str
    kind: str
    bytes: bytes


def clean(upload: UploadedFile) -> Cleaned:
    """Return an upload made anew; a DomainError for what is too large, no kind that is taken, or cannot be cleaned.

    Its content says what it is; a name that says otherwise is refused. It takes up to some seconds and 1 GB, in a process
    of its own with limits, so that a hostile file harms nothing.
    """
    data = upload.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _refusal("large")
    command = [sys.executable, "-m", "feedback.scrubbing"]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            check=True,
            timeout=PATIENCE,
            cwd=settings.BASE_DIR,
            env={},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise _refusal("large") from error
    head, _line, body = done.stdout.partition(b"\n")
    facts = json.loads(head)
    if reason := facts.get("refused"):
        raise _refusal(reason)
    kind = facts["kind"]
    ending = (upload.name or "").rpartition(".")[2].lower()
    if ending not in ENDINGS[kind]:
        raise _refusal("lies")
    mark = "".join(secrets.choice(ALPHABET) for _place in range(6))
    kept = ending if kind == "text/plain" else ENDINGS[kind][0]
    return Cleaned(f"file-{mark}.{kept}", kind, body)


def _refusal(reason: str) -> DomainError:
    words = {
        "kind": _("This kind of file is not taken."),
        "damaged": _("The file is damaged or locked."),
        "large": _("The file is too large, or becomes so when it is unpacked."),
        "active": _("The file carries programs or other files."),
        "lies": _("The file is not what its name says."),
    }
    mend = _("Send a picture, a PDF, a document without macros, or plain text of at most 8 MB.")
    return DomainError(words[reason], field="files", code=f"file_{reason}", mend=mend)
