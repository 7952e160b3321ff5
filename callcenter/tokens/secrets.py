"""The secret of a token: made here, shown once, kept as a digest."""

import hashlib
import secrets
from typing import Final

PREFIX: Final = "hd_"
"""So that a scan for leaked secrets can find ours."""


def new_secret() -> str:
    """Return a secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: bytes) -> str:
    """Return the digest that is kept. The secret is random, so that no slow hash is needed."""
    return hashlib.sha256(secret).hexdigest()
