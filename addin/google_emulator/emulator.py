"""Start the emulator, hand out key files, lead a program to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from addin.google_emulator.accounts import BOT, write_key_file, write_private
from addin.google_emulator.calls import Calls
from addin.google_emulator.faults import Faults
from addin.google_emulator.people import Person
from addin.google_emulator.quota import Quota
from addin.google_emulator.server import Server
from addin.google_emulator.service import Service

if TYPE_CHECKING:
    import requests


class Emulator:
    """A local emulator of Google Sheets, Drive and sign-in, on loopback; use it in a `with` block.

    `strict` refuses (501) what it cannot know; without it the emulator does its best and says so in `notes`.
    `storage` False gives what new service accounts get when they create a file: 403. `quota` None takes the quota off.
    """

    def __init__(
        self,
        state: Path | None = None,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        *,
        strict: bool = True,
        storage: bool = True,
        quota: Quota | bool | None = True,
    ) -> None:
        self.service = Service(state, clock, strict=strict, storage=storage)
        if not isinstance(quota, bool):
            self.service.quota = quota
        elif not quota:
            self.service.quota = None
        self._server = Server(self.service, port)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Emulator:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        self._thread.join(5)
        self.service.save()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def faults(self) -> Faults:
        return self.service.faults

    @property
    def calls(self) -> Calls:
        return self.service.calls

    @property
    def notes(self) -> list[str]:
        """What was not done as Google does it."""
        return self.service.notes

    def key_file(self, folder: Path, email: str = BOT) -> Path:
        """A service account's key file in this folder, 0600; the same key again when it is there already."""
        name = "local-emulator-key.json" if email == BOT else f"local-emulator-{email.partition('@')[0]}.json"
        with self.service.lock:
            path = write_key_file(self.service.accounts, folder / name, self.url, email)
            self.service.save()
        return path

    def token_file(self, folder: Path, email: str, scopes: str) -> Path:
        """What a person's OAuth sign-in leaves behind (`authorized_user`), 0600."""
        with self.service.lock:
            token = self.service.accounts.new_refresh_token(email, scopes)
            self.service.save()
        content = {
            "type": "authorized_user",
            "client_id": "local-emulator",
            "client_secret": "local-emulator-not-google",
            "refresh_token": token,
            "scopes": scopes.split(),
            "token_uri": "https://oauth2.googleapis.com/token",
            "emulator": self.url,
        }
        return write_private(folder / f"local-emulator-{email.partition('@')[0]}.json", content)

    def mount(self, session: requests.Session) -> None:
        """Lead a session (`requests.Session`, google-auth's `AuthorizedSession`) to this emulator."""
        from addin.google_emulator.adapter import mount

        mount(session, self.url)

    def person(self, email: str) -> Person:
        """Act as this person: make, share and edit spreadsheets, past the network and the quota."""
        return Person(self.service, email)
