"""Blind RSA signatures (RFC 9474, RSABSSA-SHA384-PSS-Deterministic) and the tokens made of them (RFC 9578, type 2).

The library makes keys and verifies; only the private operation on a blinded number is done here, since no library offers
it. It blinds the number once more, so that how long it takes says nothing about the key.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

BITS: Final = 2048
SIZE: Final = BITS // 8
EXPONENT: Final = 65537
SALT: Final = 48
TYPE: Final = b"\x00\x02"
# RFC 9578, 6.5: the key is named by the digest of itself under the identifier of RSASSA-PSS, which few libraries write.
PSS_HEAD: Final = bytes.fromhex(
    "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d010108"
    "300b0609608648016503040202a2030201300382010f00"
)
# The same key under the identifier of plain RSA, which all of them read.
RSA_HEAD: Final = bytes.fromhex("30820122300d06092a864886f70d01010105000382010f00")
CHALLENGE: Final = TYPE + len(b"feedback").to_bytes(2) + b"feedback" + b"\x00" + b"\x00\x00"
CHALLENGE_DIGEST: Final = hashlib.sha256(CHALLENGE).digest()


class Refused(ValueError):
    """Not a token, or not one of this key."""


def make_key() -> bytes:
    """Return a new private key, DER."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def public_of(private: bytes) -> bytes:
    """Return the public part as it is published: SubjectPublicKeyInfo under the identifier of RSASSA-PSS."""
    key = load_der_private_key(private, None).public_key()
    return PSS_HEAD + key.public_bytes(Encoding.DER, PublicFormat.PKCS1)


def key_id(public: bytes) -> bytes:
    """Return the name of a published key."""
    return hashlib.sha256(public).digest()


def blind_sign(private: bytes, blinded: bytes) -> bytes:
    """Return the raw signature of a blinded message (RFC 9474, 4.3); Refused for what is no number below the modulus."""
    # The key came out of our own seal: to prove its primes each time would take longer than to sign.
    key = load_der_private_key(private, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError
    return sign_number(key.private_numbers(), blinded)


def sign_number(key: rsa.RSAPrivateNumbers, blinded: bytes) -> bytes:
    """Do the same with the numbers of a key of any size; a result that fails the check of the RFC is an ArithmeticError."""
    n, e = key.public_numbers.n, key.public_numbers.e
    size = (n.bit_length() + 7) // 8
    number = int.from_bytes(blinded)
    if len(blinded) != size or number >= n:
        raise Refused
    mask = secrets.randbelow(n - 2) + 2
    masked = number * pow(mask, e, n) % n
    at_p, at_q = pow(masked, key.dmp1, key.p), pow(masked, key.dmq1, key.q)
    result = (at_q + (at_p - at_q) * key.iqmp % key.p * key.q) * pow(mask, -1, n) % n
    if pow(result, e, n) != number:
        message = "the signature does not verify"
        raise ArithmeticError(message)
    return result.to_bytes(size)


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Raise Refused unless the published key signed the message."""
    key = load_der_public_key(RSA_HEAD + public.removeprefix(PSS_HEAD))
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), SALT)
    try:
        key.verify(signature, message, pss, hashes.SHA384())
    except InvalidSignature as error:
        raise Refused from error


@dataclass(frozen=True, slots=True)
class Token:
    """A right to post once: a random number of the browser, the name of the key, the key's signature of both."""

    nonce: bytes
    challenge: bytes
    key: bytes
    signature: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Take a token apart; Refused for what is none."""
        if len(data) != len(TYPE) + 3 * 32 + SIZE or not data.startswith(TYPE):
            raise Refused
        return cls(data[2:34], data[34:66], data[66:98], data[98:])

    @property
    def signed(self) -> bytes:
        """The part under the signature."""
        return TYPE + self.nonce + self.challenge + self.key

    @property
    def digest(self) -> bytes:
        """What is kept of a spent one."""
        return hashlib.sha256(self.signed).digest()

    def check(self, public: bytes, challenge: bytes = CHALLENGE_DIGEST) -> None:
        """Raise Refused unless it is for us, and of this key."""
        if self.challenge != challenge or self.key != key_id(public):
            raise Refused
        verify(public, self.signed, self.signature)
