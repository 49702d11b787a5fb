"""Files of Drive: how they are made, seen and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from addin.google_emulator.accounts import Token
from addin.google_emulator.answers import DriveError, Json, file_not_found, no_storage
from addin.google_emulator.masks import parse, pick
from addin.google_emulator.model import Sheet, Spreadsheet
from addin.google_emulator.protection import role

if TYPE_CHECKING:
    from addin.google_emulator.service import Service

MIME = "application/vnd.google-apps.spreadsheet"
BRIEF = "kind,id,name,mimeType"
Reply = tuple[int, Any, str]
"""Status, body, content type ("" for JSON)."""


def the_file(service: Service, token: Token, file_id: str) -> Spreadsheet:
    """The file, if this person may see it; Drive says 404 for both."""
    book = service.books.get(file_id)
    if book is None or not service.may_read(book, token.user) or not service.shown(book, token):
        raise file_not_found(file_id)
    return book


def file_of(book: Spreadsheet) -> Json:
    return {
        "kind": "drive#file",
        "id": book.id,
        "name": book.title,
        "mimeType": MIME,
        "createdTime": book.created,
        "modifiedTime": book.modified,
        "version": str(book.version),
        "trashed": False,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{book.id}/edit?usp=drivesdk",
        "owners": [{"kind": "drive#user", "emailAddress": book.owner}],
        "permissions": book.permissions,
    }


def picked(content: Json, query: dict[str, list[str]], default: str) -> Any:
    """Without `fields` Drive gives only the few that are usual."""
    mask = query.get("fields", [""])[0] or default
    return pick(content, parse(mask)) if mask else content


def new_book(service: Service, user: str, title: str) -> Spreadsheet:
    now = service.stamp()
    book = Spreadsheet(str(service.new_id("file")), title, now, now, user, made_by_app=[user])
    book.permissions.append(new_permission(service, {"type": "user", "role": "owner", "emailAddress": user}))
    book.sheets.append(Sheet(0, "Sheet1"))
    return book


def new_permission(service: Service, given: Json) -> Json:
    return {"kind": "drive#permission", "id": str(service.new_id("permission")), **given}


def has_room(service: Service, user: str) -> None:
    """Service accounts of today own no storage (LIVE gdrives 019); older ones did (REC)."""
    if not service.storage and user.endswith(".gserviceaccount.com"):
        raise no_storage()


def editable(service: Service, token: Token, book: Spreadsheet, level: int = 2) -> Spreadsheet:
    if role(book, token.user) < level:
        text = "The user does not have sufficient permissions for this file."
        raise DriveError(403, "insufficientFilePermissions", text)
    return book.copy()
