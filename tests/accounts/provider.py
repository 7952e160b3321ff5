"""A company's directory that speaks OpenID Connect: discovery, code with PKCE, signed tokens, who somebody is."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "harbour-desk", "of the client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Signs in whoever `claims` describes. `told` overrides what the userinfo page says, `audience` the token's."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "ada"}
        self.told: dict[str, Any] = {}
        self.audience = CLIENT
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Close the server; its address then refuses."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        """Return status, headers and body."""
        pages: dict[str, Callable[[dict[str, str]], tuple[int, dict[str, str], Any]]] = {
            "/.well-known/openid-configuration": lambda _asked: (200, {}, self._discovery()),
            "/jwks": lambda _asked: (200, {}, self._keys()),
            "/authorize": self._authorize,
            "/token": self._token,
            "/userinfo": lambda _asked: (200, {}, {**self.claims, **self.told}),
        }
        return pages[path](asked)

    def _discovery(self) -> dict[str, Any]:
        pages = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        addresses = {key: f"{self.issuer}/{page}" for key, page in pages.items()}
        return {"issuer": self.issuer, **addresses, "userinfo_endpoint": f"{self.issuer}/userinfo"}

    def _keys(self) -> dict[str, Any]:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def _authorize(self, asked: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return 400, {}, {"error": "invalid_request"}
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return 302, {"Location": f"{asked['redirect_uri']}?{back}"}, {}

    def _token(self, asked: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        begun = self._codes.pop(asked.get("code", ""), {})
        challenge = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() == begun.get("code_challenge")
        if not proven or asked.get("client_secret") != SECRET:
            return 400, {}, {"error": "invalid_grant"}
        times = {"iat": int(time.time()), "exp": int(time.time()) + 300}
        facts = {"iss": self.issuer, "aud": self.audience, **times, **self.claims}
        token = jwt.encode(facts, KEY, algorithm="RS256", headers={"kid": "one"})
        return 200, {}, {"access_token": "opaque", "token_type": "Bearer", "id_token": token}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _reply(self, query: str) -> None:
            asked = {key: values[0] for key, values in parse_qs(query).items()}
            status, headers, body = provider.answer(urlsplit(self.path).path, asked)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_words: object) -> None:
            """Stay silent."""

    return Handler
