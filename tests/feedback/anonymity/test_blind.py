"""Blind signatures and tokens, beside the numbers that RFC 9474 and RFC 9578 print."""

import json
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from feedback.anonymity import blind
from tests.feedback.anonymity.browser import blind_message, unblind

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())


@pytest.fixture(scope="module")
def key():
    """Return the key of RFC 9474, appendix A."""
    n, e, d = (int(VECTORS["rfc9474"][name], 16) for name in ("n", "e", "d"))
    p, q = rsa.rsa_recover_prime_factors(n, e, d)
    crt = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    return rsa.RSAPrivateNumbers(p, q, d, *crt, rsa.RSAPublicNumbers(e, n))


@pytest.mark.parametrize("variant", ["deterministic", "randomized"])
def test_the_numbers_of_rfc_9474_come_out(key, variant):
    shared, vector = VECTORS["rfc9474"], VECTORS["rfc9474"][variant]
    message = bytes.fromhex(vector["prefix"] + shared["msg"])
    n, e = key.public_numbers.n, key.public_numbers.e
    r = pow(int(shared["inv"], 16), -1, n)

    blinded = blind_message(n, e, message, salt=bytes.fromhex(shared["salt"]), r=r)
    signed = blind.sign_number(key, blinded)
    signature = unblind(n, signed, r)

    assert blinded.hex() == vector["blinded_msg"]
    assert signed.hex() == vector["blind_sig"]
    assert signature.hex() == vector["sig"]
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), blind.SALT)
    key.public_numbers.public_key().verify(signature, message, pss, hashes.SHA384())


def test_a_token_of_rfc_9578_is_taken_by_its_key_for_its_challenge_alone():
    vector = {name: bytes.fromhex(value) for name, value in VECTORS["rfc9578"].items()}
    token = blind.Token.read(vector["token"])
    challenge = hashes.Hash(hashes.SHA256())
    challenge.update(vector["token_challenge"])

    token.check(vector["pkS"], challenge.finalize())
    with pytest.raises(blind.Refused):
        token.check(vector["pkS"])
    with pytest.raises(blind.Refused):
        token.check(blind.public_of(blind.make_key()), blind.CHALLENGE_DIGEST)


def test_a_number_that_is_none_below_the_modulus_is_not_signed(key):
    n = key.public_numbers.n
    for wrong in (b"", b"\x01", n.to_bytes(512), (n + 1).to_bytes(512), bytes(513)):
        with pytest.raises(blind.Refused):
            blind.sign_number(key, wrong)


def test_a_faulty_signature_never_leaves_the_house(key):
    broken = rsa.RSAPrivateNumbers(key.p, key.q, key.d, key.dmp1 ^ 2, key.dmq1, key.iqmp, key.public_numbers)
    with pytest.raises(ArithmeticError):
        blind.sign_number(broken, secrets.randbelow(key.public_numbers.n).to_bytes(512))


@pytest.mark.parametrize(
    "junk", [b"", b"\x00\x02", bytes(354), b"\x00\x01" + bytes(352), b"\x00\x02" + bytes(353)]
)
def test_junk_is_no_token(junk):
    with pytest.raises(blind.Refused):
        blind.Token.read(junk).check(blind.PSS_HEAD + bytes(270))
