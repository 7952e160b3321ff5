"""What an employee's browser does, in Python: make tokens, have them signed, post with one. No account goes with a post."""

import hashlib
import secrets
from base64 import b64encode

from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.test import Client

from feedback.anonymity import blind, issuing, keys, receipts
from feedback.enums import Addressee, Category, Kind
from feedback.keys import ALPHABET

HEADERS = {"origin": "http://testserver"}


def mgf1(seed: bytes, size: int) -> bytes:
    rounds = -(-size // 48)
    return b"".join(hashlib.sha384(seed + at.to_bytes(4)).digest() for at in range(rounds))[:size]


def pss_encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """Encode a message as RFC 8017, 9.1.1 says, with SHA-384."""
    size = -(-bits // 8)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - 48 - 2) + b"\x01" + salt
    masked = bytearray(one ^ two for one, two in zip(block, mgf1(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"


def blind_message(n: int, e: int, message: bytes, *, salt: bytes, r: int) -> bytes:
    """Return the blinded message of RFC 9474, 4.2, with the given salt and factor."""
    number = int.from_bytes(pss_encode(message, n.bit_length() - 1, salt))
    return (number * pow(r, e, n) % n).to_bytes((n.bit_length() + 7) // 8)


def unblind(n: int, signed: bytes, r: int) -> bytes:
    return (int.from_bytes(signed) * pow(r, -1, n) % n).to_bytes(len(signed))


def get_tokens(person, number: int, *, now) -> list[bytes]:
    """Have tokens of the month signed for a person, as rights.js does."""
    key = keys.current_key(now=now)
    public = bytes(key.public)
    n = load_der_public_key(blind.RSA_HEAD + public.removeprefix(blind.PSS_HEAD)).public_numbers().n
    made = []
    for _token in range(number):
        message = blind.TYPE + secrets.token_bytes(32) + blind.CHALLENGE_DIGEST + blind.key_id(public)
        r = secrets.randbelow(n - 2) + 2
        made.append(
            (message, r, blind_message(n, blind.EXPONENT, message, salt=secrets.token_bytes(48), r=r))
        )
    signed = issuing.issue_tokens(actor=person, period=key.period, blinded=[one[2] for one in made], now=now)
    return [message + unblind(n, one, r) for (message, r, _sent), one in zip(made, signed, strict=True)]


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(receipts.PLACES))


def stamp_for(code: str) -> str:
    """Do the work that a look-up costs."""
    return next(str(at) for at in range(10**7) if receipts.is_stamped(code, str(at)))


def post(
    token: bytes,
    *,
    code: str,
    subject="Headset",
    text="It crackles.",
    department=None,
    headers=HEADERS,
    **more,
):
    """Post an item with a token and nothing else."""
    facts = {
        "kind": Kind.QUESTION,
        "addressee": Addressee.DEPARTMENT,
        "category": Category.TOOLS,
        "subject": subject,
        "text": text,
        "department": department.pk if department else "",
        "code": code,
        **more,
    }
    written = f'PrivateToken token="{b64encode(token).decode()}"'
    return Client(headers=headers).post("/unnamed/post/", facts, headers={"authorization": written})


def with_receipt(act: str, code: str, **facts):
    """Do something with a receipt and nothing else."""
    return Client(headers=HEADERS).post(f"/unnamed/{act}/", {"code": code, "stamp": stamp_for(code), **facts})
