"""A mail server that takes every mail and keeps none: it prints its port, then answers one caller after the other."""

import socket
import socketserver
import sys


class Talk(socketserver.StreamRequestHandler):
    """One caller's conversation."""

    def handle(self) -> None:
        """Say yes to everything."""
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._say(b"220 sink")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say(b"354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
            self._say(b"221 bye" if verb == b"QUIT" else b"250 OK")

    def _say(self, reply: bytes) -> None:
        self.wfile.write(reply + b"\r\n")


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()
