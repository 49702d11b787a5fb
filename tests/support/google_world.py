"""Ways to talk to a Sheets service in tests: the emulator in this process, or the real one with a key.

Both give the same `Api`, so that a fact can be put to either.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from addin.google_emulator.accounts import Token
from addin.google_emulator.service import Request, Service

SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
BOT = "bot@example.iam.gserviceaccount.com"
Send = Callable[[str, str, dict[str, list[str]], Any], tuple[int, Any]]
Watch = Callable[[str, str, Any, int, Any], None]


@dataclass
class Api:
    """One tab of one spreadsheet to try things on, and the calls of Sheets v4."""

    send: Send
    book: str
    tab: str = ""
    gid: int = 0
    watchers: list[Watch] = field(default_factory=list)

    def call(self, method: str, rest: str, body: Any = None, **query: Any) -> tuple[int, Any]:
        """Status and answer of a call on this spreadsheet."""
        lists = {name: value if isinstance(value, list) else [str(value)] for name, value in query.items()}
        status, answer = self.send(method, f"/v4/spreadsheets/{self.book}{rest}", lists, body)
        for watch in self.watchers:
            watch(method, rest, body, status, answer)
        return status, answer

    def ok(self, method: str, rest: str, body: Any = None, **query: Any) -> Any:
        status, answer = self.call(method, rest, body, **query)
        assert status == 200, answer
        return answer

    def refusal(self, method: str, rest: str, body: Any = None, **query: Any) -> str:
        """`400 message` of a call that is refused; ids of this tab are made neutral."""
        status, answer = self.call(method, rest, body, **query)
        message = answer["error"]["message"] if isinstance(answer, dict) and "error" in answer else json.dumps(answer)
        return f"{status} {message}".replace(self.tab, "TAB")

    def range(self, cells: str) -> str:
        return f"{self.tab}!{cells}"

    def values(self, cells: str) -> str:
        return f"/values/{quote(self.range(cells), safe='')}"

    def put(self, cells: str, rows: list[list[Any]], *, typed: bool = False) -> Any:
        option = "USER_ENTERED" if typed else "RAW"
        return self.ok("PUT", self.values(cells), {"values": rows}, valueInputOption=option)

    def get(self, cells: str, render: str = "UNFORMATTED_VALUE", **query: Any) -> Any:
        answer = self.ok("GET", self.values(cells), valueRenderOption=render, **query)
        return answer.get("values")

    def change(self, *requests: dict[str, Any]) -> list[Any]:
        replies: list[Any] = self.ok("POST", ":batchUpdate", {"requests": list(requests)})["replies"]
        return replies

    def refused_change(self, *requests: dict[str, Any]) -> str:
        return self.refusal("POST", ":batchUpdate", {"requests": list(requests)})

    def box(self, top: int, left: int, bottom: int, right: int) -> dict[str, int]:
        return {
            "sheetId": self.gid,
            "startRowIndex": top,
            "startColumnIndex": left,
            "endRowIndex": bottom,
            "endColumnIndex": right,
        }

    def rows(self, start: int, end: int) -> dict[str, Any]:
        return {"sheetId": self.gid, "dimension": "ROWS", "startIndex": start, "endIndex": end}

    def cells(self, cells: str, fields: str) -> Any:
        """One part of each cell of a range, as `sheets.data.rowData.values` has it."""
        mask = f"sheets.data.rowData.values({fields})"
        data = self.ok("GET", "", ranges=[self.range(cells)], fields=mask)["sheets"][0]["data"][0]
        return [row.get("values", []) for row in data.get("rowData", [])]

    def new_tab(self, rows: int = 100, columns: int = 10) -> Api:
        """The same spreadsheet with a fresh tab."""
        title = f"t{uuid.uuid4().hex[:8]}x"
        size = {"rowCount": rows, "columnCount": columns}
        request = {"addSheet": {"properties": {"title": title, "gridProperties": size}}}
        gid = self.change(request)[0]["addSheet"]["properties"]["sheetId"]
        return Api(self.send, self.book, title, gid, self.watchers)


def local(service: Service, user: str = BOT) -> Send:
    """Calls straight to an emulator in this process, as this account."""
    name = f"token of {user}"
    service.accounts.tokens[name] = Token(user, float("inf"), SCOPES)

    def send(method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        request = Request(method, path, query, json.loads(json.dumps(body)), f"Bearer {name}")
        answer = service.handle(request, service.begin(request))
        return answer.status, json.loads(json.dumps(answer.body))

    return send


def fresh(service: Service | None = None, user: str = BOT) -> Api:
    """A new spreadsheet in an emulator."""
    if service is None:
        service = Service()
        service.quota = None
    send = local(service, user)
    status, answer = send("POST", "/drive/v3/files", {}, {"name": "facts"})
    assert status == 200, answer
    return Api(send, answer["id"], "Sheet1", 0)


def live(key_file: str, book: str) -> Api:
    """The real service, with a service account's key, on a spreadsheet that is shared with it."""
    from google.auth.transport.requests import AuthorizedSession
    from google.oauth2.service_account import Credentials

    session = AuthorizedSession(Credentials.from_service_account_file(key_file, scopes=SCOPES))

    def send(method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        answer = session.request(method, f"https://sheets.googleapis.com{path}", params=query, json=body, timeout=60)
        return answer.status_code, answer.json()

    return Api(send, book)
