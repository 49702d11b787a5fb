"""The requests that came in, counted by sort."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_READING_POSTS = (":search", ":batchGetByDataFilter", ":getByDataFilter")


@dataclass
class Call:
    """One request: `kind` is read, write, drive, token, boundary or page."""

    method: str
    path: str
    kind: str
    user: str = ""
    status: int = 0


def kind_of(method: str, path: str) -> str:
    """What quota a request takes from: reading posts count as reads (documentation, "Usage limits")."""
    if path.startswith("/v4/"):
        return "read" if method == "GET" or path.endswith(_READING_POSTS) else "write"
    if path.startswith(("/drive/", "/upload/")):
        return "drive"
    if path == "/token":
        return "token"
    return "boundary" if path.endswith("/allowedLocations") else "page"


class Calls(list[Call]):
    """All calls so far; `clear()` starts the count again."""

    def of(self, kinds: Iterable[str]) -> list[Call]:
        wanted = set(kinds)
        return [call for call in self if call.kind in wanted]

    @property
    def reads(self) -> int:
        return len(self.of(["read"]))

    @property
    def writes(self) -> int:
        return len(self.of(["write"]))

    @property
    def sheets(self) -> int:
        """Calls that count against the Sheets quota."""
        return len(self.of(["read", "write"]))
