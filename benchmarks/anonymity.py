"""Rights to write without a name: how many are signed and spent a second on one processor, and what junk costs.

`--size tokens=200`. Spending is the whole request with its form and the slow hash of the receipt, through every middleware
that stands before it; a refusal is the same with a forged token. `./bench feedback` prints the same figures.
"""

import secrets
import time
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.test import Client
from django.utils import timezone

from agents import services
from agents.models import Department, Site, User
from benchmarks.runner import Bench
from callcenter.access import SYSTEM, Role
from callcenter.worktime.models import Calendar
from feedback.anonymity import blind, issuing, keys, receipts
from feedback.enums import Addressee, Category, Kind
from feedback.keys import ALPHABET
from feedback.models import FeedbackPolicy

SINCE = date(2020, 1, 1)
ORIGIN = {"origin": "http://testserver"}
TAKEN, REFUSED = 202, 401


def run(bench: Bench) -> None:
    """Bring up a database and measure."""
    bench.database()
    measure(bench)


def measure(bench: Bench) -> None:
    """Measure on the database that is there."""
    number = bench.size("tokens", 200)
    person, department = _people()
    FeedbackPolicy.objects.update(tokens_a_period=30_000)
    now = timezone.now()
    key = keys.current_key(now=now)
    public, private = bytes(key.public), keys.private_part(key)
    blinded = [b"\x00" + secrets.token_bytes(255) for _token in range(number)]

    def issue(one: bytes) -> None:
        issuing.issue_tokens(actor=person, period=key.period, blinded=[one], now=now)

    bench.report("issue", _per_second(issue, blinded), "/s")
    tokens = [_token(public, private) for _token_ in range(number)]
    bench.report("check", _per_second(lambda token: blind.Token.read(token).check(public), tokens), "/s")
    send = _poster(department)
    bench.report("spend", _per_second(lambda token: send(token, TAKEN), tokens), "/s")
    forged = [token[:98] + secrets.token_bytes(256) for token in tokens]
    bench.report("refuse", _per_second(lambda token: send(token, REFUSED), forged), "/s")


def _per_second(work: Callable[[bytes], None], pieces: Iterable[bytes]) -> float:
    pieces = list(pieces)
    started = time.process_time()
    for piece in pieces:
        work(piece)
    return len(pieces) / (time.process_time() - started)


def _people() -> tuple[User, Department]:
    now = timezone.now()
    calendar = Calendar.objects.get(code="CN")
    site, _new = Site.objects.get_or_create(code="rights", defaults={"name": "Rights", "calendar": calendar})
    department = Department.objects.create(name="Rights", scope="Everything")
    people = [
        services.create_person(
            actor=SYSTEM, work_number=number, name=number, site=site, now=now, password="", email=""
        )
        for number in ("98001", "98002")
    ]
    services.grant_role(
        actor=SYSTEM, person=people[0], role=Role.DEPARTMENT_OWNER, scope=department, since=SINCE, now=now
    )
    return people[1], department


def _token(public: bytes, private: bytes) -> bytes:
    """Return a token as a browser holds it, signed here without the detour over a blinded one."""
    signer = load_der_private_key(private, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(signer, rsa.RSAPrivateKey):
        raise TypeError
    message = blind.TYPE + secrets.token_bytes(32) + blind.CHALLENGE_DIGEST + blind.key_id(public)
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), blind.SALT)
    return message + signer.sign(message, pss, hashes.SHA384())


def _poster(department: Department) -> Callable[[bytes, int], None]:
    """Return a function that posts an item with a token, and insists on the answer's status."""
    client = Client(headers=ORIGIN)
    facts = {
        "kind": Kind.QUESTION,
        "addressee": Addressee.DEPARTMENT,
        "department": department.pk,
        "category": Category.TOOLS,
        "subject": "Headset",
        "text": "It crackles. " * 20,
    }

    def send(token: bytes, wanted: int) -> None:
        code = "".join(secrets.choice(ALPHABET) for _place in range(receipts.PLACES))
        written = f'PrivateToken token="{b64encode(token).decode()}"'
        answer = client.post("/unnamed/post/", {**facts, "code": code}, headers={"authorization": written})
        if answer.status_code != wanted:
            message = f"{answer.status_code} instead of {wanted}: {answer.text}"
            raise RuntimeError(message)

    return send
