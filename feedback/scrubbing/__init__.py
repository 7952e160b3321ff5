"""Files without what tells of their maker. It knows nothing of the product: it runs in a process of its own with limits.

`scrub(data)` returns the kind of a file and its clean bytes, or raises Refused with one of REASONS.
"""

from collections.abc import Callable

from feedback.scrubbing import images, office, pdf, plain
from feedback.scrubbing.refused import Refused

SCRUBBERS: list[Callable[[bytes], tuple[str, bytes] | None]] = [
    images.scrub,
    pdf.scrub,
    office.scrub,
    plain.scrub,
]


def scrub(data: bytes) -> tuple[str, bytes]:
    """Find out from the content what a file is, whatever it is called, and make it anew."""
    for scrubber in SCRUBBERS:
        found = scrubber(data)
        if found:
            return found
    raise Refused("kind")
