"""The page's folder, served on this computer alone, until Ctrl-C."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from addin.errors import ServiceProblem

HOST = "127.0.0.1"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The page and its worker may load from here and from nowhere else."""


class Server(ThreadingHTTPServer):
    """Serves one folder on the loopback address; `asked` lists the paths that were asked for."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.asked: list[str] = []
        try:
            super().__init__((HOST, port), partial(_Handler, directory=str(folder)))
        except (OSError, OverflowError):
            raise ServiceProblem(
                f"port {port} cannot be used.", next="Name another with --port, or leave it out."
            ) from None

    @property
    def address(self) -> str:
        """What a person types into the browser."""
        return f"http://{HOST}:{self.server_address[1]}/"


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - the standard library's name and type
        "": "application/octet-stream", ".html": "text/html; charset=utf-8", ".css": "text/css", ".json":
        "application/json", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm",
        ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
    }  # fmt: skip

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *words: object) -> None:
        """Keep what was asked for; print nothing."""
        if isinstance(self.server, Server):
            self.server.asked.append(self.path)

    def list_directory(self, path: object) -> None:
        """No lists of files."""
        self.send_error(404)


def serve(folder: Path, port: int, say: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Say where the page is, and serve it until Ctrl-C (or `stop`). Raises ServiceProblem."""
    server = Server(folder, port)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    say(f"Open {server.address} in a browser on this computer. Ctrl-C ends it.")
    try:
        (stop or threading.Event()).wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()
