"""What only this installation reads: sealed with its secret, which no database and no backup of one holds.

AES-GCM rather than the framework's tokens: those carry the second at which they were made.
"""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

NONCE = 12
LENGTH = 4
SMALLEST = 4096


class Unreadable(ValueError):
    """Sealed under another secret than those that are known, or changed since."""


def derived(label: str) -> list[bytes]:
    """Return 32 bytes for a purpose, from the installation's secret and then from those of before."""
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(f"feedback.{label}", "", secret=key, algorithm="sha256").digest() for key in known]


def seal(label: str, data: bytes) -> bytes:
    """Return `data` sealed for a purpose."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(derived(label)[0]).encrypt(nonce, data, label.encode())


def unseal(label: str, sealed: bytes) -> bytes:
    """Return what was sealed for the same purpose, also under a secret of before; else raise Unreadable."""
    for key in derived(label):
        try:
            return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], label.encode())
        except InvalidTag:
            continue
    raise Unreadable


def padded(data: bytes) -> bytes:
    """Return `data` filled up to a power of two, so that its length says little about what it is."""
    whole = SMALLEST
    while whole < len(data) + LENGTH:
        whole *= 2
    return len(data).to_bytes(LENGTH) + data + bytes(whole - LENGTH - len(data))


def unpadded(data: bytes) -> bytes:
    """Return what was filled up."""
    return data[LENGTH : LENGTH + int.from_bytes(data[:LENGTH])]


def slow_hash(label: str, secret: bytes) -> list[bytes]:
    """Return the scrypt of `secret` under the installation's own salt, and under those of before; 50 ms each."""
    return [
        hashlib.scrypt(secret, salt=salt, n=2**14, r=8, p=1, maxmem=2**26, dklen=32)
        for salt in derived(label)
    ]
