"""Files lose what tells of their maker; what lies, explodes or runs is refused."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from xlsxwriter import Workbook

from callcenter.errors import DomainError
from feedback.anonymity.cleaning import clean
from feedback.scrubbing import scrub
from feedback.scrubbing.refused import Refused
from tests.feedback.anonymity.browser import get_tokens, new_code, post

MAKER = "Zhang-Wei-of-row-C"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def photo(kind="JPEG", size=(64, 48)) -> bytes:
    picture, out = Image.new("RGB", size, "teal"), BytesIO()
    facts = Image.Exif()
    facts[0x010E], facts[0x013B] = MAKER, MAKER
    facts.get_ifd(0x8825)[1] = "N"
    picture.save(out, kind, exif=facts, comment=MAKER.encode()) if kind == "JPEG" else picture.save(
        out, kind, exif=facts
    )
    return out.getvalue()


def pdf() -> bytes:
    with pikepdf.new() as document:
        page = document.add_blank_page()
        image = document.make_stream(b"")
        image.write(photo(), filter=pikepdf.Name.DCTDecode)
        image["/Type"], image["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
        image["/Width"], image["/Height"], image["/BitsPerComponent"] = 64, 48, 8
        image["/ColorSpace"] = pikepdf.Name.DeviceRGB
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            T=MAKER,
            Rect=[0, 0, 9, 9],
            Contents="Look here",
        )
        page.obj["/Annots"] = pikepdf.Array([document.make_indirect(remark)])
        document.docinfo["/Author"] = MAKER
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{MAKER}')")
        document.attachments["note.txt"] = pikepdf.AttachedFileSpec(
            document, MAKER.encode(), filename="note.txt"
        )
        with document.open_metadata() as facts:
            facts["dc:creator"] = [MAKER]
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def insides(data: bytes) -> bytes:
    """Return everything that a PDF or an Office file holds, unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            stamps = "".join(str(part.date_time) for part in package.infolist()).encode()
            return stamps + b"".join(name.encode() + package.read(name) for name in package.namelist())
    if not data.startswith(b"%PDF"):
        return data
    with pikepdf.open(BytesIO(data)) as document:
        parts = [document.trailer.unparse()]
        for thing in document.objects:
            parts.append(thing.unparse())
            if isinstance(thing, pikepdf.Stream):
                parts.append(thing.read_raw_bytes())
        return b"".join(parts)


def sheet() -> bytes:
    out = BytesIO()
    book = Workbook(out)
    book.set_properties({"author": MAKER, "company": MAKER, "manager": MAKER, "comments": MAKER})
    book.set_custom_property("Owner", MAKER)
    page = book.add_worksheet()
    page.write("A1", "Two days are missing")
    page.write_comment("A1", "A remark", {"author": MAKER})
    page.insert_image("B2", "photo.jpg", {"image_data": BytesIO(photo())})
    book.close()
    return out.getvalue()


def word(**more: str | bytes) -> bytes:
    parts = {
        "[Content_Types].xml": '<Types><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="x"/></Types>',
        "_rels/.rels": '<Relationships><Relationship Id="r1" Type="d" Target="word/document.xml"/>'
        '<Relationship Id="r2" Type="c" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f"<cp><dc:creator>{MAKER}</dc:creator></cp>",
        "word/document.xml": f'<w:document><w:p w:rsidR="00A1B2C3"><w:ins w:id="1" w:author="{MAKER}" '
        'w:date="2026-11-02T10:17:33Z"><w:r><w:t>Two days are missing</w:t></w:r></w:ins></w:p></w:document>',
        "word/settings.xml": '<w:settings><w:rsids><w:rsid w:val="00A1B2C3"/></w:rsids></w:settings>',
        "word/people.xml": f'<w15:people><w15:person w15:author="{MAKER}"/></w15:people>',
        **more,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.jpg", photo()),
        ("p.webp", photo("WEBP")),
        ("p.png", photo("PNG")),
        ("p.pdf", pdf()),
        ("p.xlsx", sheet()),
        ("p.docx", word()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_of_its_maker_survives(name, data):
    assert MAKER.encode() in insides(data) or name.endswith(("webp", "png"))
    cleaned = clean(SimpleUploadedFile(f"{MAKER}.{name.rpartition('.')[2]}", data))
    held = insides(cleaned.bytes)
    for mark in (MAKER, "00A1B2C3", "10:17:33", "GPS", "app.alert"):
        assert mark.encode() not in held
        assert mark.encode("utf-16-be") not in held
    assert MAKER not in cleaned.name
    assert clean(SimpleUploadedFile(name, data)).name != cleaned.name


def test_what_was_to_be_said_survives():
    assert b"Two days are missing" in insides(clean(SimpleUploadedFile("a.docx", word())).bytes)
    kept = zipfile.ZipFile(BytesIO(clean(SimpleUploadedFile("a.xlsx", sheet())).bytes))
    assert b"Two days are missing" in kept.read("xl/sharedStrings.xml")
    assert kept.testzip() is None
    assert b"docProps" not in kept.read("_rels/.rels") + kept.read("[Content_Types].xml")
    shown = Image.open(BytesIO(clean(SimpleUploadedFile("a.jpg", photo(size=(4000, 3000)))).bytes))
    assert shown.size == (2400, 1800)
    with pikepdf.open(BytesIO(clean(SimpleUploadedFile("a.pdf", pdf())).bytes)) as document:
        assert len(document.pages) == 1
        assert document.pages[0].obj["/Annots"][0]["/Contents"] == "Look here"
    assert clean(SimpleUploadedFile("a.txt", "读不到\r\n".encode("utf-8-sig"))).bytes == "读不到".encode()


def bomb(parts: int = 1) -> bytes:
    return word(**{f"word/bomb{number}.xml": bytes(30 << 20).replace(b"\0", b" ") for number in range(parts)})


def wide_picture() -> bytes:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


def stream_bomb() -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.Big = document.make_stream(bytes(200 << 20))
        out = BytesIO()
        document.save(out, compress_streams=True)
    return out.getvalue()


REFUSED = {
    "a picture that is a page": ("p.png", b"<html><script>alert(1)</script></html>", "active"),
    "a drawing with a script": (
        "p.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "active",
    ),
    "a program": ("p.jpg", b"MZ\x90\x00" + bytes(99), "kind"),
    "a PDF that says it is a picture": ("p.png", pdf(), "lies"),
    "a picture that says it is a document": ("p.docx", photo(), "lies"),
    "a zip": ("p.zip", word().replace(b"word/document.xml", b"word/documenx.xml"), "kind"),
    "a zip bomb": ("p.docx", bomb(3), "large"),
    "a document with macros": ("p.docx", word(**{"word/vbaProject.bin": b"x"}), "active"),
    "a document with another inside": ("p.docx", word(**{"word/embeddings/a.xlsx": b"x"}), "active"),
    "a document with entities": (
        "p.docx",
        word(**{"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]>'}),
        "active",
    ),
    "a picture of too many pixels": ("p.png", wide_picture(), "large"),
    "a broken picture": ("p.jpg", photo()[:200], "damaged"),
    "a locked PDF": ("p.pdf", b"%PDF-1.7\nbroken", "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_cleaned_is_refused(what):
    name, data, reason = REFUSED[what]
    with pytest.raises(DomainError) as refusal:
        clean(SimpleUploadedFile(name, data))
    assert (refusal.value.field, refusal.value.code) == ("files", f"file_{reason}")


def test_a_pdf_that_swells_ends_with_its_own_process():
    data = stream_bomb()
    assert len(data) < 1 << 20
    with suppress(DomainError):
        assert len(clean(SimpleUploadedFile("p.pdf", data)).bytes) < 1 << 20


def test_too_large_a_file_is_refused_before_anything_looks_into_it():
    with pytest.raises(DomainError, match="too large"):
        clean(SimpleUploadedFile("p.png", bytes((8 << 20) + 1)))


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"])
def test_stumps_are_refused(data):
    with pytest.raises(Refused):
        scrub(data)


def test_a_post_with_a_file_brings_it_clean_to_the_board_and_with_a_bad_one_costs_no_token(
    house, departments, now, written
):
    token = get_tokens(house.agent, 1, now=now)[0]
    bad = post(token, code=new_code(), department=departments.it, files=SimpleUploadedFile("p.png", pdf()))
    assert (bad.status_code, bad.json()["errors"][0]["code"]) == (400, "file_lies")
    item, _code = written(files=[SimpleUploadedFile(f"{MAKER}.jpg", photo())])
    file = item.files.get()
    assert (file.kind, MAKER in file.name) == ("image/jpeg", False)
    with file.file.open() as stored:
        assert MAKER.encode() not in stored.read()
