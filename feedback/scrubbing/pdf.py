"""PDF: written anew without properties, programs, enclosed files, and names of those who remarked on it."""

from io import BytesIO
from typing import Any

import pikepdf

from feedback.scrubbing.jpeg import without_segments
from feedback.scrubbing.refused import Refused

MOST_OBJECTS = 100_000
# Of any object, wherever it stands.
NEVER = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AA",
    "/OpenAction",
    "/JavaScript",
    "/EmbeddedFiles",
    "/XFA",
)
OF_DOCUMENT = ("/Collection", "/Perms", "/OCProperties", "/SpiderInfo", "/Legal", "/AF", "/DSS")
OF_REMARKS = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Subj", "/A", "/IRT")
LINKS = ("/URI", "/GoTo")
ENCLOSING = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")


def scrub(data: bytes) -> tuple[str, bytes] | None:
    """Return the clean PDF; None if it is none."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        return None
    try:
        with pikepdf.open(BytesIO(data)) as document:
            if document.is_encrypted or len(document.objects) > MOST_OBJECTS:
                raise Refused("damaged" if document.is_encrypted else "large")
            return "application/pdf", _written(document)
    except pikepdf.PasswordError as error:
        raise Refused("damaged") from error
    except pikepdf.PdfError as error:
        raise Refused("damaged") from error


def _written(document: pikepdf.Pdf) -> bytes:
    for name in ("/Info", "/ID"):
        if name in document.trailer:
            del document.trailer[name]
    _drop(document.Root, OF_DOCUMENT)
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _clean(thing)
    for page in document.pages:
        _clean_remarks(page.obj)
    out = BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _drop(thing: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in thing:
            del thing[name]


def _clean(thing: Any) -> None:
    _drop(thing, NEVER)
    if "/S" in thing and str(thing.get("/S")) in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}:
        _drop(thing, ("/JS", "/F", "/Win", "/Mac", "/Unix"))
        thing["/S"] = pikepdf.Name("/Named")
        thing["/N"] = pikepdf.Name("/FirstPage")
    if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
        _clean_picture(thing)


def _clean_picture(stream: pikepdf.Stream) -> None:
    """Take EXIF and the like out of a photo that the document holds as it came from the camera."""
    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if "/JPXDecode" in names:
        raise Refused("damaged")
    if names[-1:] == ["/DCTDecode"]:
        if len(names) > 1:
            raise Refused("damaged")
        stream.write(without_segments(stream.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))


def _clean_remarks(page: Any) -> None:
    """Drop names and times of remarks; remarks that enclose files, and links that run something, go altogether."""
    remarks = page.get("/Annots")
    if not isinstance(remarks, pikepdf.Array):
        return
    kept = pikepdf.Array()
    for remark in list(remarks):
        if not isinstance(remark, pikepdf.Dictionary) or str(remark.get("/Subtype")) in ENCLOSING:
            continue
        action: Any = remark.get("/A")
        leads = str(remark.get("/Subtype")) == "/Link" and isinstance(action, pikepdf.Dictionary)
        keep = action if leads and str(action.get("/S")) in LINKS else None
        _drop(remark, OF_REMARKS)
        if keep is not None:
            remark["/A"] = keep
        kept.append(remark)
    page["/Annots"] = kept
