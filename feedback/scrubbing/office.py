"""Word, Excel and PowerPoint files: packed anew, part by part, without properties, names, programs and enclosed files."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from feedback.scrubbing import images
from feedback.scrubbing.jpeg import without_segments
from feedback.scrubbing.refused import Refused

MOST_PARTS = 2000
LARGEST_PART = 40 << 20
LARGEST_WHOLE = 80 << 20
CONTENT_TYPES: Final = "[Content_Types].xml"
KINDS: Final = {
    "word/document.xml": ("docx", "wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", "presentationml.presentation"),
}
MEDIA: Final = "application/vnd.openxmlformats-officedocument."
ACTIVE: Final = re.compile(
    r"vba|macro|/embeddings/|/activex/|/ctrlprops/|oleobject|/externallinks/|/attachedtoolbars", re.IGNORECASE
)
# Parts that nothing else needs.
DROPPED: Final = re.compile(
    r"^docProps/|^customXml/|thumbnail|^word/people\.xml$|/printerSettings|/persons/|^word/glossary/|^docMetadata/|/revisions/",
    re.IGNORECASE,
)
PICTURE: Final = re.compile(r"\.(png|jpe?g|gif|webp)$", re.IGNORECASE)
# Drawings in formats of their own that no library at hand writes anew.
OPAQUE: Final = re.compile(r"\.(emf|wmf|tiff?|bmp|svg|bin|wdp|mp4|m4a|wav|mp3|avi|mov|eps)$", re.IGNORECASE)
RULES: Final = [
    # Names and times of those who wrote, changed or remarked.
    (
        re.compile(
            rb"""(\s(?:\w+:)?(?:author|initials|userName|userId|providerId|lastModifiedBy|lastEdited|reservationPassword))=(?:"[^"]*"|'[^']*')"""
        ),
        rb'\1=""',
    ),
    (re.compile(rb"<((?:\w+:)?author)>[^<]*</"), rb"<\1></"),
    (re.compile(rb"""(<(?:\w+:)?cmAuthor\b[^>]*?\sname)=(?:"[^"]*"|'[^']*')"""), rb'\1=""'),
    (re.compile(rb"""\s(?:w\d*|w16\w*):(?:date|dateUtc)=(?:"[^"]*"|'[^']*')"""), b""),
    # Numbers by which two documents of one maker are told to belong together, and where the file lay.
    (re.compile(rb"""\s(?:w|wp14|w14):(?:rsid\w*|paraId|textId|anchorId|editId)=(?:"[^"]*"|'[^']*')"""), b""),
    (re.compile(rb"<w:rsids>.*?</w:rsids>", re.DOTALL), b""),
    (re.compile(rb"<w1[45]:docId [^>]*/>"), b""),
    (re.compile(rb"<(?:\w+:)?absPath [^>]*/>"), b""),
    (re.compile(rb"<(?:\w+:)?fileSharing [^>]*/>"), b""),
    (re.compile(rb"<(?:\w+:)?revisionPtr [^>]*/>"), b""),
    (re.compile(rb"<w:attachedTemplate [^>]*/>"), b""),
    # A page's set-up names the dropped settings of a printer.
    (re.compile(rb"(<pageSetup\b[^>]*?)\sr:id=\"[^\"]*\""), rb"\1"),
]
RELATION: Final = re.compile(rb"<Relationship\b[^>]*?/>|<Relationship\b[^>]*?>\s*</Relationship>", re.DOTALL)
OVERRIDE: Final = re.compile(rb"<Override\b[^>]*?/>", re.DOTALL)
TARGET: Final = re.compile(rb"""\s(?:Target|PartName)=(?:"([^"]*)"|'([^']*)')""")
OUTSIDE: Final = re.compile(rb"""TargetMode=["']External["']""")
LINK: Final = re.compile(rb"""Target=["'](?:https?|mailto):""")


def scrub(data: bytes) -> tuple[str, bytes] | None:
    """Return the clean file; None if it is no Office file."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _packed(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("damaged") from error


def _packed(package: zipfile.ZipFile) -> tuple[str, bytes]:
    names = package.namelist()
    kind = next((KINDS[name][1] for name in KINDS if name in names), None)
    if kind is None or CONTENT_TYPES not in names:
        raise Refused("kind")
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise Refused("large")
    out, left = BytesIO(), LARGEST_WHOLE
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as clean:
        for name in names:
            if ACTIVE.search(name) or (OPAQUE.search(name) and not DROPPED.search(name)):
                raise Refused("active")
            if name.endswith("/") or DROPPED.search(name):
                continue
            part = _read(package, name, left)
            left -= len(part)
            # Its own entry, so that the time of the old one is not taken over.
            clean.writestr(zipfile.ZipInfo(name), _cleaned(name, part), zipfile.ZIP_DEFLATED)
    return MEDIA + kind, out.getvalue()


def _read(package: zipfile.ZipFile, name: str, left: int) -> bytes:
    """Unpack one part, never more than is allowed, whatever the package says of its size."""
    most = min(LARGEST_PART, left)
    with package.open(name) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise Refused("large")
    return data


def _cleaned(name: str, part: bytes) -> bytes:
    if PICTURE.search(name):
        return _picture(part)
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        raise Refused("active")
    if b"\x00" in part or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("active")
    if name == CONTENT_TYPES:
        if b"macroEnabled" in part:
            raise Refused("active")
        return OVERRIDE.sub(_kept, part)
    if name.endswith(".rels"):
        return RELATION.sub(_kept, part)
    for pattern, instead in RULES:
        part = pattern.sub(instead, part)
    return part


def _kept(found: re.Match[bytes]) -> bytes:
    """Keep a relation unless it leads to a dropped part, or out of the document to anything but a page."""
    line = found.group()
    target = TARGET.search(line)
    if target is None:
        return line
    if OUTSIDE.search(line):
        return line if LINK.search(line) else b""
    name = (target[1] or target[2] or b"").decode(errors="replace")
    inner = name.replace("../", "").lstrip("/")
    return b"" if DROPPED.search(inner) or DROPPED.search(f"/{inner}") else line


def _picture(part: bytes) -> bytes:
    """Return a picture in its own format without what it carries: the document names it by that format."""
    if part.startswith(b"\xff\xd8"):
        return without_segments(part)
    found = images.scrub(part)
    if found is None or not part.startswith(b"\x89PNG"):
        raise Refused("active")
    return found[1]
