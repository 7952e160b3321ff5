"""The receipt: a code that only the author has. Looking one up costs work, and all look-ups share one bucket."""

import hashlib
import re
from typing import Final

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from callcenter.errors import DomainError, NotFound
from feedback.anonymity import sealing
from feedback.keys import ALPHABET
from feedback.models import Item

LABEL: Final = "receipt"
PLACES: Final = 20
"""Of 32 letters each: 100 bits."""
WORK: Final = 15
"""Zero bits that the digest of a look-up begins with: some 33 000 digests for a browser, one for us."""
AT_ONCE: Final = 60
WINDOW: Final = 10
"""So many look-ups in so many seconds, for everybody together: nobody is told apart."""
WRITTEN: Final = re.compile(f"[{ALPHABET}]{{{PLACES}}}")


def read(text: str) -> str:
    """Return the code as it was made, however somebody typed it; a DomainError for what cannot be one."""
    code = re.sub(r"[\s-]", "", text.upper()).translate(str.maketrans("OIL", "011"))
    if not WRITTEN.fullmatch(code):
        raise DomainError(
            _("This is not a receipt code."),
            field="code",
            mend=_("It has 20 letters and digits, such as 7K3Q9-MXB2T-4WZ8C-VHJ5R."),
        )
    return code


def kept(code: str) -> bytes:
    """Return what is kept of a code."""
    return sealing.slow_hash(LABEL, code.encode())[0]


def is_stamped(code: str, stamp: str) -> bool:
    """Say whether the work for this look-up was done: sha256("code:stamp") begins with WORK zero bits."""
    digest = hashlib.sha256(f"{code}:{stamp}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - WORK) == 0


def find(code: str, stamp: str) -> Item:
    """Return the item of a code that `read` returned; NotFound for any other, as late and in the same words.

    Without the work, or when too many look things up at once, it is a DomainError before anything slow is done.
    """
    if len(stamp) > PLACES or not is_stamped(code, stamp):
        raise DomainError(_("The look-up was not paid for with work."), code="stamp")
    _take_from_bucket()
    item: Item | None = (
        Item.objects.filter(receipt__in=sealing.slow_hash(LABEL, code.encode()))
        .select_related("department", "site", "calendar")
        .first()
    )
    if item is None:
        raise NotFound(
            _("There is nothing with this code."),
            mend=_(
                "Look at the code again. What was written within the last three working days may still wait to be handed over."
            ),
        )
    return item


def _take_from_bucket() -> None:
    key = f"unnamed:look-ups:{int(timezone.now().timestamp()) // WINDOW}"
    cache.add(key, 0, 2 * WINDOW)
    if cache.incr(key) > AT_ONCE:
        error = DomainError(
            _("Too many look things up at this moment."), code="busy", mend=_("Try again in half a minute.")
        )
        error.status = 429
        raise error
