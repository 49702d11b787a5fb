"""A mail server on loopback for tests: takes messages, refuses whom it is told to, and speaks no more than it must."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What the server took, who signed in, and how it behaves."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    refuse: tuple[str, ...] = ()
    password_fails: bool = False
    protected: bool = False
    """Whether the last message came over TLS."""
    hang_up_after: int = 10_000
    """So many messages are taken; then the line goes dead."""


@contextmanager
def mail_server(  # noqa: C901 - one branch for each word of the protocol
    tls: ssl.SSLContext | None = None, implicit: bool = False
) -> Iterator[Mailbox]:
    """Run the server while the block lasts; with `tls` it offers STARTTLS, or speaks TLS from the first byte."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def protect(self) -> None:
            assert tls is not None
            self.request = tls.wrap_socket(self.request, server_side=True)
            self.rfile = self.request.makefile("rb")
            self.wfile = self.request.makefile("wb", buffering=0)

        def handle(self) -> None:
            try:
                if implicit:
                    self.protect()
                self.converse()
            except (ssl.SSLError, OSError):
                return
            finally:
                self.rfile.close()
                self.wfile.close()
                self.request.close()

        def converse(self) -> None:
            self.say("220 stand-in, not a real mail server")
            while raw := self.rfile.readline():
                line = raw.decode("ascii", "replace").strip()
                verb = line.partition(" ")[0].upper()
                if verb == "EHLO":
                    self.say("250-stand-in")
                    if tls and not implicit:
                        self.say("250-STARTTLS")
                    self.say("250 AUTH PLAIN LOGIN")
                elif verb == "AUTH":
                    box.signed_in.append(line)
                    self.say("535 no" if box.password_fails else "235 welcome")
                elif verb == "STARTTLS" and tls:
                    self.say("220 go on")
                    self.protect()
                elif verb == "RCPT" and any(address in line for address in box.refuse):
                    self.say("550 unknown")
                elif verb == "DATA":
                    if len(box.taken) >= box.hang_up_after:
                        return
                    self.say("354 go on")
                    box.protected = isinstance(self.request, ssl.SSLSocket)
                    box.taken.append(self.message())
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def message(self) -> EmailMessage:
            lines = []
            for raw in self.rfile:
                if raw == b".\r\n":
                    break
                lines.append(raw[1:] if raw.startswith(b".") else raw)
            return message_from_bytes(b"".join(lines), policy=policy.default)  # type: ignore[return-value]

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads, block_on_close = True, True, False

    with Server(("127.0.0.1", 0), Session) as made:
        box.port = made.server_address[1]
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield box
        finally:
            made.shutdown()
            thread.join()
