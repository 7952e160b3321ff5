"""Plain text has nothing to hide, once it is plain."""

from feedback.scrubbing.refused import Refused

MARKUP = ("<!doctype", "<html", "<?xml", "<svg", "<script", "{\\rtf", "%!ps", "#!")


def scrub(data: bytes) -> tuple[str, bytes] | None:
    """Return UTF-8 text with plain line ends; None if it is no text, Refused if it is text that a program would run."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not text.strip() or any(not char.isprintable() and char not in "\r\n\t" for char in text):
        return None
    if text.lstrip().lower().startswith(MARKUP):
        raise Refused("active")
    return "text/plain", "\n".join(text.splitlines()).encode()
