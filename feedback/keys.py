"""Random keys: neither a number nor its order tells when something was written."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it is mistaken for something else when read aloud."""


def random_key() -> int:
    """Return a primary key of 62 random bits."""
    return secrets.randbits(62)


def random_number() -> str:
    """Return a number to speak of, such as F-7K3Q9MX: 35 random bits."""
    return "F-" + "".join(secrets.choice(ALPHABET) for _place in range(7))
