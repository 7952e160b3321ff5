"""The smallest files of each kind that a complaint takes, and some that it does not."""

import io
import wave
import zipfile


def archive(*parts: str) -> bytes:
    """Return a ZIP with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for part in parts:
            zipped.writestr(part, "<x/>")
    return content.getvalue()


def _wav() -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(100))
    return content.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40)
WORD = archive("[Content_Types].xml", "customXml/a.xml", "docProps/b.xml", "word/document.xml")
TAKEN = {
    "letter.pdf": (b"%PDF-1.7\n1 0 obj", "application/pdf"),
    "bill.PNG": (PNG, "image/png"),
    "photo.jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(40), "image/jpeg"),
    "photo.webp": (b"RIFF\x20\0\0\0WEBPVP8 " + bytes(40), "image/webp"),
    "call.wav": (_wav(), "audio/x-wav"),
    "call.mp3": (b"ID3\x03\0\0\0\0\0\0" + bytes(40), "audio/mpeg"),
    "memo.m4a": (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(40), "audio/mp4"),
    "call.ogg": (b"OggS\0\x02" + bytes(20) + b"\x01vorbis" + bytes(40), "audio/ogg"),
    "来信.docx": (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "bills.xlsx": (
        archive("[Content_Types].xml", "xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "notes.txt": ("两次上门都收费".encode("gb18030"), "text/plain"),
}
REFUSED = {
    "a page with script in it, as a picture": ("bill.png", b"<!doctype html><script>alert(1)</script>"),
    "a page by its own name": ("bill.html", b"<!doctype html><script>alert(1)</script>"),
    "a program": ("setup.pdf", b"MZ" + bytes(100)),
    "a document with macros": (
        "letter.docx",
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    ),
    "any archive": ("letters.docx", archive("a.txt")),
    "a film": ("film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(40)),
    "nothing": ("empty.pdf", b""),
}
