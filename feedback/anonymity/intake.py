"""Where anonymous posts wait for their batch: sealed, in no order, with nothing but the day."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from callcenter.errors import Conflict
from feedback.anonymity import blind, keys, sealing
from feedback.anonymity.cleaning import Cleaned
from feedback.enums import Intake
from feedback.models import SpentToken, Waiting
from feedback.selectors import day_of_centre

LABEL = "intake"
MOST_WAITING = 5000
"""A house whose intake holds more is being flooded: nothing else is taken before the next batch."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was posted: what it is, its facts, its files, and the primary key of the signing key that paid for it."""

    what: Intake
    said: Mapping[str, Any]
    files: Sequence[Cleaned] = ()
    key: int | None = None

    def sealed(self) -> bytes:
        """Return it as it is stored."""
        files = [[file.name, file.kind, b64encode(file.bytes).decode()] for file in self.files]
        facts = {"what": self.what, "said": self.said, "files": files, "key": self.key}
        return sealing.seal(LABEL, sealing.padded(json.dumps(facts).encode()))

    @classmethod
    def open(cls, sealed: bytes) -> "Slip":
        """Return what was stored; sealing.Unreadable if the secret has changed since."""
        facts = json.loads(sealing.unpadded(sealing.unseal(LABEL, sealed)))
        files = [Cleaned(name, kind, b64decode(data)) for name, kind, data in facts["files"]]
        return cls(Intake(facts["what"]), facts["said"], files, facts["key"])


def check_token(data: bytes, *, now: datetime) -> tuple[int, blind.Token]:
    """Return the signing key of a token that is ours, of this month or just past; blind.Refused for any other.

    One digest and one verification: it asks no database, and whether the token was spent only `put` finds out.
    """
    token = blind.Token.read(data)
    known = keys.accepted(now=now).get(token.key)
    if known is None:
        raise blind.Refused
    key, public = known
    token.check(public)
    return key, token


def need_unspent(token: blind.Token) -> None:
    """Raise Conflict if the token was spent before; for those who would otherwise work in vain."""
    rows = (
        model.objects.filter(**{name: token.digest})
        for model, name in ((SpentToken, "digest"), (Waiting, "token"))
    )
    if any(found.exists() for found in rows):
        raise _spent()


def _spent() -> Conflict:
    return Conflict(
        _("This right to write without your name was used before."),
        code="spent",
        mend=_("Send it with another one."),
    )


@transaction.atomic
def put(slip: Slip, *, token: blind.Token | None = None, now: datetime) -> None:
    """Let a slip wait; Conflict when its token was spent before, or when too much waits already."""
    if Waiting.objects.count() >= MOST_WAITING:
        raise Conflict(_("Too much waits to be handed over."), code="busy", mend=_("Try again in an hour."))
    digest = token.digest if token else None
    row = Waiting(sealed=slip.sealed(), token=digest, day=day_of_centre(now))
    # Without an error in the database, whose log would tell the minute. It waits for a batch that is on its way, so
    # that the second look sees what that one has spent.
    Waiting.objects.bulk_create([row], ignore_conflicts=True)
    if token is None:
        return
    if not Waiting.objects.filter(pk=row.pk).exists() or SpentToken.objects.filter(digest=digest).exists():
        raise _spent()
