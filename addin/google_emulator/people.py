"""Another person at work in the same spreadsheet: a teacher in a browser, played by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from addin.google_emulator.a1 import locate
from addin.google_emulator.accounts import Token
from addin.google_emulator.answers import Json
from addin.google_emulator.drive import handle as drive_handle

if TYPE_CHECKING:
    from addin.google_emulator.service import Service

_SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")


class Person:
    """What a person does, under the same access rights and protected ranges as any caller. Rows count from 1."""

    def __init__(self, service: Service, email: str) -> None:
        self.service, self.email = service, email
        self._token = Token(email, float("inf"), _SCOPES)

    def create(self, title: str) -> str:
        """A new spreadsheet of this person's; gives its key."""
        return str(self._drive("POST", "/drive/v3/files", {"name": title})["id"])

    def share(self, key: str, email: str, role: str = "writer") -> None:
        body = {"type": "user", "role": role, "emailAddress": email}
        self._drive("POST", f"/drive/v3/files/{key}/permissions", body)

    def unshare(self, key: str, email: str) -> None:
        query = {"fields": ["permissions(id,emailAddress)"]}
        found = self._drive("GET", f"/drive/v3/files/{key}/permissions", None, query)["permissions"]
        for entry in found:
            if entry.get("emailAddress") == email:
                self._drive("DELETE", f"/drive/v3/files/{key}/permissions/{entry['id']}", None)

    def set_cell(self, key: str, cell: str, value: Any) -> None:
        """Type into a cell (`CAS!B2`), as in the browser: text is read as typed."""
        query = {"valueInputOption": ["USER_ENTERED"]}
        self._sheets("PUT", f"{key}/values/{quote(cell, safe='')}", {"values": [[value]]}, query)

    def cells(self, key: str, area: str) -> list[list[Any]]:
        """What a range shows."""
        answer = self._sheets("GET", f"{key}/values/{quote(area, safe='')}", None)
        found: list[list[Any]] = answer.get("values", [])
        return found

    def insert_rows(self, key: str, sheet: str, row: int, count: int = 1) -> None:
        """New rows before `row`."""
        span = self._rows(key, sheet, row, count)
        self.change(key, {"insertDimension": {"range": span}})

    def delete_rows(self, key: str, sheet: str, row: int, count: int = 1) -> None:
        span = self._rows(key, sheet, row, count)
        self.change(key, {"deleteDimension": {"range": span}})

    def sort(self, key: str, area: str, column: int, *, descending: bool = False) -> None:
        """Sort the rows of a range (`CAS!A2:F`) by a column of the sheet, counted from 1."""
        sheet, box = locate(self.service.books[key], area)
        place = {
            "sheetId": sheet.id,
            "startRowIndex": box.top,
            "endRowIndex": box.bottom,
            "startColumnIndex": box.left,
            "endColumnIndex": box.right,
        }
        spec = {"dimensionIndex": column - 1, "sortOrder": "DESCENDING" if descending else "ASCENDING"}
        self.change(key, {"sortRange": {"range": place, "sortSpecs": [spec]}})

    def rename_sheet(self, key: str, sheet: str, title: str) -> None:
        properties = {"sheetId": self._id(key, sheet), "title": title}
        self.change(key, {"updateSheetProperties": {"properties": properties, "fields": "title"}})

    def change(self, key: str, *requests: Json) -> Json:
        """Any requests of `:batchUpdate`."""
        return self._sheets("POST", f"{key}:batchUpdate", {"requests": list(requests)})

    def _rows(self, key: str, sheet: str, row: int, count: int) -> Json:
        sheet_id = self._id(key, sheet)
        return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row - 1 + count}

    def _id(self, key: str, title: str) -> int:
        sheet = self.service.books[key].by_title(title)
        if sheet is None:
            raise KeyError(f"{title} is not a sheet of {key}")
        return sheet.id

    def _sheets(self, method: str, path: str, body: Any, query: dict[str, list[str]] | None = None) -> Json:
        from addin.google_emulator.service import Request

        with self.service.lock:
            request = Request(method, f"/v4/spreadsheets/{path}", query or {}, body)
            answer: Json = self.service.sheets(request, self._token)
            return answer

    def _drive(self, method: str, path: str, body: Any, query: dict[str, list[str]] | None = None) -> Json:
        with self.service.lock:
            answer: Json = drive_handle(self.service, self._token, method, path, query or {}, body)[1]
            return answer
