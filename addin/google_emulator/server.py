"""The loopback server: bytes in, a `Request`; an `Answer`, bytes out. Faults of the wire happen here."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from addin.google_emulator import page
from addin.google_emulator.answers import ApiError, unavailable, violations
from addin.google_emulator.calls import Call
from addin.google_emulator.faults import Fault
from addin.google_emulator.quota import exhausted
from addin.google_emulator.service import Answer, Request, Service

BANNER = "local emulator, not Google"
_HTML_502 = (
    b"<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>\n"
    b"<p><b>502.</b> <ins>That's an error.</ins>\n<p>The server encountered a temporary error and could not complete "
    b"your request.<p>Please try again in 30 seconds.\n"
)


def _no_number(word: str) -> None:
    raise ValueError(f"Unexpected token. {word}")  # NaN and Infinity are not JSON


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, service: Service, port: int = 0) -> None:
        self.service = service
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Without the base class's look-up of a name for the address, which may wait for a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def hang_up(self) -> None:
        """End the connections that clients keep open."""
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "local-emulator-not-google", ""
    server: Server
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name of the base class)
        """Nothing is logged: paths hold what people wrote."""

    def _serve(self) -> None:
        request = self._request()
        if not self._trusted(request):
            self._send(Answer(403, {"error": {"code": 403, "message": f"{BANNER}: this comes from elsewhere"}}))
            return
        service = self.server.service
        call = service.begin(request)
        try:
            answer = self._with_faults(service, request, call)
        except ApiError as error:
            answer = Answer(error.code, error.body())
        if answer is not None:
            call.status = answer.status
            self._send(answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve  # noqa: N815 (the names of the base class)

    def _trusted(self, request: Request) -> bool:
        """Only loopback names (a page elsewhere may point its own name here), and page calls only by the page."""
        name = (self.headers.get("Host") or "").rpartition(":")[0]
        if name not in ("127.0.0.1", "localhost"):
            return False
        return not request.path.startswith("/page/") or self.headers.get("X-Local-Emulator") == "page"

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        chunked = "chunked" in (self.headers.get("Transfer-Encoding") or "")
        raw = self._chunks() if chunked else self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = parse_qs(parts.query, keep_blank_values=True)
        return Request(self.command, parts.path, query, raw, self.headers.get("Authorization") or "")

    def _chunks(self) -> bytes:
        """A body that comes in pieces, each with its length in hexadecimal before it."""
        parts = []
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(parts)

    def _with_faults(self, service: Service, request: Request, call: Call) -> Answer | None:
        """The answer, or None when the connection was broken instead."""
        fault: Fault | None = None
        for due in service.faults.due(call):
            if due.kind == "act" and due.act:
                due.act()
            else:
                fault = due
        if fault is None:
            return self._answer(service, request, call)
        if fault.kind in ("unavailable after", "reset after"):
            self._answer(service, request, call)
        return self._faulty(service, request, call, fault)

    def _faulty(self, service: Service, request: Request, call: Call, fault: Fault) -> Answer | None:
        if fault.kind == "revoke":
            service.accounts.revoke()
            return self._answer(service, request, call)
        if fault.kind == "quota":
            kind = "Read" if call.kind == "read" else "Write"
            raise exhausted(kind, 60, int(service.clock() // 60) * 60, per_user=True)
        if fault.kind.startswith("unavailable"):
            raise unavailable()
        if fault.kind == "html 502":
            return Answer(502, _HTML_502, "text/html; charset=UTF-8")
        if fault.kind == "stall":
            time.sleep(fault.seconds)
        self._break()
        return None

    def _break(self) -> None:
        """Reset the connection: closing with a linger of zero sends RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _answer(self, service: Service, request: Request, call: Call) -> Answer:
        if call.kind == "token":
            form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
            with service.lock:
                status, body = service.accounts.grant(form)
                service.save()
            return Answer(status, body)
        if call.kind == "boundary":  # google-auth's Regional Access Boundary lookup (NOTES 1.3)
            return Answer(200, {"locations": [], "encodedLocations": "0x0"})
        if call.kind == "page":
            return page.answer(service, request)
        return service.handle(request._replace(body=self._body(request.body)), call)

    def _body(self, raw: bytes) -> Any:
        if not raw or "json" not in (self.headers.get("Content-Type") or ""):
            return raw or None
        try:
            return json.loads(raw, parse_constant=_no_number)
        except ValueError as error:
            text = f"Invalid JSON payload received. {error}"
            raise violations([("", text)]) from None

    def _takes_gzip(self) -> bool:
        """Google compresses for a client that says so in both headers (documentation, "Performance tips")."""
        headers = (self.headers.get("Accept-Encoding") or "", self.headers.get("User-Agent") or "")
        return all("gzip" in header for header in headers)

    def _send(self, answer: Answer) -> None:
        raw = answer.body if isinstance(answer.body, bytes) else b""
        if answer.body is not None and not raw and not isinstance(answer.body, bytes):
            raw = (json.dumps(answer.body, ensure_ascii=False) + "\n").encode()
        self.send_response(answer.status)
        self.send_header("X-Local-Emulator", BANNER)
        if raw:
            self.send_header("Content-Type", answer.content_type)
        if len(raw) > 1000 and self._takes_gzip():
            raw = gzip.compress(raw, 1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in page.SAFETY if answer.content_type.startswith("text/html") else ():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)
