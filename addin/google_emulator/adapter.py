"""Lead a `requests` session to the emulator: a transport adapter in place of Google's hosts.

Production code does not change: whoever builds the session (a test, the demo, the command line) mounts this on it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

API_HOSTS = ("https://sheets.googleapis.com/", "https://www.googleapis.com/")
SIGN_IN_HOSTS = ("https://oauth2.googleapis.com/", "https://iamcredentials.googleapis.com/")


class Loopback(HTTPAdapter):
    """Sends each request to another address, path and query unchanged."""

    # google-auth copies the session deeply for a lookup in the background, and HTTPAdapter copies only what is named
    # here: without "address" that lookup would fail in silence (google-auth 2.62.2).
    __attrs__ = [*HTTPAdapter.__attrs__, "address"]  # noqa: RUF012 (the base class's own form)

    def __init__(self, address: str, **options: Any) -> None:
        self.address = address
        super().__init__(**options)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        request.url = self.address + parts.path + (f"?{parts.query}" if parts.query else "")
        return super().send(request, *args, **options)


def mount(session: requests.Session, address: str) -> None:
    """Lead the session, and the one inside it that fetches tokens, to this address."""
    inner = getattr(session, "_auth_request_session", None)
    for one in filter(None, (session, inner)):
        for host in (*API_HOSTS, *SIGN_IN_HOSTS):
            one.mount(host, Loopback(address))
