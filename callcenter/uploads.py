"""Files that people send along: judged by their content, never by what their name or the browser claims."""

import zipfile
from collections.abc import Mapping
from typing import IO, Any, Final

import filetype
from django import forms
from django.core.files.base import File
from django.utils.translation import gettext as _

from callcenter.errors import DomainError

LARGEST: Final = 20 << 20
"""Bytes of one file."""
MOST: Final = 10
HEAD: Final = 8192
TEXT: Final = "text/plain"
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/webp": ("webp",),
    "audio/mpeg": ("mp3",),
    "audio/x-wav": ("wav",),
    "audio/mp4": ("m4a",),
    "audio/ogg": ("ogg", "oga", "opus"),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    TEXT: ("txt",),
}
"""Every kind of file that is taken, with the endings that its name may have."""
IN_WORDS: Final = "PDF, PNG, JPEG, WebP, MP3, WAV, M4A, OGG, DOCX, XLSX, TXT"
ACCEPT: Final = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)
"""What a file chooser offers."""


def kind_of(file: IO[bytes] | File) -> str:
    """Return the kind that the content is, one of ENDINGS, "" if it is none of them; the file is wound back."""
    file.seek(0)
    head = file.read(HEAD)
    found = str(filetype.guess_mime(head) or "")
    if head.startswith(b"PK\x03\x04"):
        found = _office(file)
    elif found == "video/mp4":  # one container for both; a recording says so by its name
        found = "audio/mp4"
    elif not found and _is_text(file):
        found = TEXT
    file.seek(0)
    return found if found in ENDINGS else ""


def check(file: File, *, field: str = "attachments") -> str:
    """Return the kind of a file that may be taken.

    DomainError for one that is empty, too large, of another kind, or whose name ends like another kind.
    """
    if not file.size or file.size > LARGEST:
        raise DomainError(
            _("“%(name)s” is larger than %(most)d MB.") % {"name": file.name, "most": LARGEST >> 20}
            if file.size
            else _("“%(name)s” is empty.") % {"name": file.name},
            field=field,
            code="size",
            mend=_("Send a smaller one, or several parts.") if file.size else _("Choose another file."),
        )
    kind = kind_of(file)
    ending = str(file.name).rpartition(".")[2].lower()
    if ending not in ENDINGS.get(kind, ()):
        raise DomainError(
            _("“%(name)s” is not a file of a kind that is taken, or its name ends like another kind.")
            % {"name": file.name},
            field=field,
            code="kind",
            mend=_("Taken are: %(kinds)s.") % {"kinds": IN_WORDS},
        )
    return kind


def check_room(count: int, *, field: str = "attachments") -> None:
    """Refuse more than MOST files of one thing."""
    if count > MOST:
        raise DomainError(
            _("There are more than %(most)d files.") % {"most": MOST},
            field=field,
            code="many",
            mend=_("Leave some out."),
        )


def _office(file: Any) -> str:
    """Tell what an archive holds; one with macros is none of ours."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    if "[Content_Types].xml" not in names or any(name.endswith(".bin") for name in names):
        return ""
    parts = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
    return next((kind for part, kind in parts.items() if part in names), "")


def _is_text(file: Any) -> bool:
    """Say whether all of it reads as text, as UTF-8 or as Chinese Windows writes it."""
    file.seek(0)
    content = file.read(LARGEST + 1)
    if any(byte in content for byte in (b"\0", b"\x1b")):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


class FilesInput(forms.ClearableFileInput):
    """The browser's own chooser, for several files; files can be dropped on it."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": ACCEPT})


class FilesField(forms.FileField):
    """Several files; its value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list of files, each judged by its content."""
        files = [super(FilesField, self).clean(one, initial) for one in data or []]
        try:
            check_room(len(files))
            for file in files:
                check(file)
        except DomainError as refusal:
            raise forms.ValidationError(f"{refusal.message} {refusal.mend}", code=refusal.code) from refusal
        return files
