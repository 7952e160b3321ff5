"""Pictures are drawn anew from their pixels: nothing else of the file survives."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from feedback.scrubbing.refused import Refused

TAKEN = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
"""Pixels. Drawn smaller, a photo also loses the noise by which a camera's pictures can be told."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def scrub(data: bytes) -> tuple[str, bytes] | None:
    """Return a JPEG for a JPEG and a PNG for any other picture, of its first frame; None if it is no picture."""
    try:
        picture: Image.Image = Image.open(BytesIO(data), formats=TAKEN)
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("large") from error
    photo = picture.format == "JPEG"
    try:
        picture = ImageOps.exif_transpose(picture) or picture
        picture = picture.convert("RGB" if photo or not _is_clear(picture) else "RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("damaged") from error
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, "JPEG" if photo else "PNG", **({"quality": 85} if photo else {"optimize": False}))
    return ("image/jpeg" if photo else "image/png"), out.getvalue()


def _is_clear(picture: Image.Image) -> bool:
    return picture.has_transparency_data
