"""Going through the door as people do: password, code of the app, recovery codes."""

import base64
import hmac
import re
import struct
import time

from django.test import Client
from django.urls import reverse

PASSWORD = "harbour-desk-2026"


def sign_in(client: Client, person, password: str = PASSWORD, **headers):
    """Post work number and password; return the answer."""
    return client.post(
        reverse("account_login"), {"login": person.work_number, "password": password}, **headers
    )


def is_in(client: Client) -> bool:
    """Say whether the client may see its account."""
    return client.get(reverse("account_home")).status_code == 200


def code_of(secret: str, *, step: int = 0) -> str:
    """Return what an authenticator app shows now, or some steps of half a minute later (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(client: Client, commits) -> str:
    """Set the authenticator app up, password first, and return its secret. `commits` runs what waits for the commit."""
    address = reverse("mfa_activate_totp")
    client.post(f"{reverse('account_reauthenticate')}?next={address}", {"password": PASSWORD})
    page = client.get(address).content.decode()
    secret = re.search(r'id="secret" value="(\w+)"', page)[1]
    with commits(execute=True):
        answer = client.post(address, {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def recovery_codes(client: Client) -> list[str]:
    """Return the recovery codes that the page shows."""
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<li>(\d{8})</li>", page)
