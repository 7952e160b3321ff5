"""A JPEG without its application data, its picture left as it is."""

import re
from typing import Final

from feedback.scrubbing.refused import Refused

SCAN, END = 0xDA, 0xD9
ADOBE = 0xEE
"""Says how the colours are meant; without it some pictures come out wrong."""
SPOKEN = frozenset({*range(0xE1, 0xF0), 0xFE}) - {ADOBE}
"""EXIF, XMP, IPTC, comments and whatever else a maker writes."""
NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def without_segments(data: bytes) -> bytes:
    """Return the picture without what SPOKEN names, and without anything behind its end; Refused if it is none."""
    if data[:2] != b"\xff\xd8":
        raise Refused("damaged")
    out, at = bytearray(data[:2]), 2
    while True:
        if len(data) < at + 2 or data[at] != 0xFF:  # noqa: PLR2004 (every marker begins so)
            raise Refused("damaged")
        marker = data[at + 1]
        if marker == END:
            return bytes(out + data[at : at + 2])
        after = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == SCAN:
            found = NEXT_MARKER.search(data, after)
            after = found.start() if found else len(data)
        if marker not in SPOKEN:
            out += data[at:after]
        at = after
