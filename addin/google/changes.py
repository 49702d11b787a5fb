"""Whether shared spreadsheets have changed, without reading them cell by cell.

`versions` asks Drive one question about all of them, instead of one read for each. It takes a permission of its own, to
see names and dates of files (`google sign-in --see-changes`); what is in a file cannot be read with it. Drive's version
number "reflects every change made to the file on the server" (Drive API v3, resource Files, field `version`; read
2026-11-30). Not tried against Google yet.

`contents` takes no other permission: the values of a spreadsheet's sheets as one word, for a tenth of the work. The
word is the same however the values were read (`word_of`), so that what a sync wrote and verified is known again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from google.auth.exceptions import GoogleAuthError
from gspread.urls import SPREADSHEET_VALUES_BATCH_URL
from requests import RequestException

from addin.core.a1 import quoted
from addin.errors import Problem
from addin.google.answers import understood

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

SEE_CHANGES = "https://www.googleapis.com/auth/drive.metadata.readonly"
FILES = "https://www.googleapis.com/drive/v3/files"
ASKED = {
    "q": "mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false",
    "fields": "nextPageToken,files(id,version,modifiedTime)",
    "pageSize": 1000,
    "supportsAllDrives": "true",
    "includeItemsFromAllDrives": "true",
}
TIMEOUT = (5, 20)
"""Seconds to connect, and between two pieces of the answer."""
PAGES = 20
"""Of a thousand files each; an account with more than that is not one for this program alone."""


def may_see_changes(client: HTTPClient) -> bool:
    """Whether this sign-in was given the permission."""
    return SEE_CHANGES in (getattr(client.auth, "scopes", None) or ())


def versions(client: HTTPClient) -> dict[str, str] | None:
    """Key of a spreadsheet -> its version, of all that are shared with the account. None where Drive does not say so
    (no permission, its API is not enabled, no answer): then each has to be read."""
    if not may_see_changes(client):
        return None
    found: dict[str, str] = {}
    page = ""
    for _ in range(PAGES):
        params: Any = {**ASKED, "pageToken": page} if page else ASKED
        try:  # once, and not by the patient client: without an answer nothing is lost
            answer = client.session.request("GET", FILES, params=params, timeout=TIMEOUT)
            if not answer.ok:
                return None
            some, page = understood(_page, answer)
        except (Problem, RequestException, GoogleAuthError):
            return None
        found |= some
        if not page:
            return found
    return None


def contents(client: HTTPClient, key: str, sheets: Sequence[str]) -> str:
    """One word for all values of these sheets; another one where any is another. Raises Problem."""
    params: Any = {
        "ranges": [quoted(sheet) for sheet in sheets],
        "valueRenderOption": "UNFORMATTED_VALUE",
        "dateTimeRenderOption": "SERIAL_NUMBER",
        "prettyPrint": "false",
    }
    answer = client.request("get", SPREADSHEET_VALUES_BATCH_URL % key, params=params)
    return word_of(understood(_values, answer))


def word_of(sheets: Iterable[Sequence[Sequence[object]]]) -> str:
    """One word for the values of sheets, as `values:batchGet` or a book's grids have them: 3.0 is 3, empty texts and
    what is missing at the end of a row or a sheet are blank."""
    found = sha256()
    for lines in sheets:
        blank = 0
        for line in lines:
            values = [None if value == "" else _number(value) if type(value) is float else value for value in line]
            while values and values[-1] is None:
                values.pop()
            if values:
                found.update(b"\n" * (blank + 1) + json.dumps(values, default=str).encode())
            blank = 0 if values else blank + 1
        found.update(b"\n|")
    return found.hexdigest()


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _values(content: dict[str, Any]) -> list[list[list[object]]]:
    return [one.get("values", []) for one in content["valueRanges"]]


def _page(content: dict[str, Any]) -> tuple[dict[str, str], str]:
    files = content.get("files", [])
    return {str(one["id"]): f"{one['version']} {one['modifiedTime']}" for one in files}, content.get(
        "nextPageToken", ""
    )
