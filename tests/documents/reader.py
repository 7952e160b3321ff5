"""What a PDF holds, read from its own bytes: enough to see which words a reader would see and copy."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def streams(pdf: bytes) -> list[bytes]:
    """Return every stream, unpacked."""
    found = []
    for packed in STREAM.findall(pdf):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return found


def fonts(pdf: bytes) -> set[str]:
    """Return the names of the embedded fonts."""
    return {
        name.decode()
        for part in [pdf, *streams(pdf)]
        for name in re.findall(rb"/FontName/\w+\+([\w-]+)", part)
    }


def characters(pdf: bytes) -> set[str]:
    """Return every character for which a font of the PDF has a glyph; glyph 0, the empty box, is left out."""
    found = set()
    for part in streams(pdf):
        if b"beginbfchar" in part:
            for glyph, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
                if int(glyph, 16):
                    found |= set(bytes.fromhex(text.decode()).decode("utf-16-be"))
    return found


def pages(pdf: bytes) -> int:
    """Return the number of pages."""
    return max(int(number) for part in [pdf, *streams(pdf)] for number in re.findall(rb"/Count (\d+)", part))
