"""The web server's socket: bound here and handed on, so that no other program can take the port in between."""

import contextlib
import errno
import http.client
import socket
from urllib.parse import urlsplit

from devtools.services import ServerFailed

PORTS_TO_TRY = 100
LAST_PORT = 65_535


def listen(host: str, first_port: int) -> socket.socket:
    """Return a listening socket on the first free port from `first_port` on; raise ServerFailed where there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(first_port + PORTS_TO_TRY, LAST_PORT)
    for port in range(first_port, last + 1):
        try:
            listener = socket.create_server((host, port), family=family, backlog=512)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                message = f"Cannot listen on {host}, port {port}: {error.strerror}."
                raise ServerFailed(message) from error
        else:
            # Every connection takes it over: without it, the second part of an answer waits 40 ms for word of the first.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return listener
    message = f"No free port from {first_port} to {last}."
    raise ServerFailed(message)


def address_of(listener: socket.socket) -> str:
    """Return the address to open in a browser on this machine."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def answers(address: str) -> bool:
    """Tell whether the web server gives any answer at all."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=2)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
    return True
