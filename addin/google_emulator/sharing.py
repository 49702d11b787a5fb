"""Who may use a file: the permissions of Drive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from addin.google_emulator.accounts import Token
from addin.google_emulator.answers import DriveError, unimplemented
from addin.google_emulator.files import Reply, editable, new_permission, picked
from addin.google_emulator.model import Spreadsheet

if TYPE_CHECKING:
    from addin.google_emulator.service import Service


def listed(book: Spreadsheet, query: dict[str, list[str]]) -> Reply:
    content = {"kind": "drive#permissionList", "permissions": book.permissions}
    return 200, picked(content, query, "kind,permissions(kind,id,type,role)"), ""


def share(service: Service, token: Token, book: Spreadsheet, body: Any, query: dict[str, list[str]]) -> Reply:
    changed = editable(service, token, book)
    given = {name: body[name] for name in ("type", "role", "emailAddress", "domain") if body.get(name)}
    known = given.get("role") in ("writer", "reader", "commenter") and given.get("type") in ("user", "group", "anyone")
    if not known:
        raise unimplemented(f"sharing as {given.get('type')} {given.get('role')} is not carried out here")
    if given["type"] != "anyone" and "emailAddress" not in given:
        raise DriveError(400, "invalidSharingRequest", "The permission type field is required.")
    old = next((p for p in changed.permissions if p.get("emailAddress") == given.get("emailAddress")), None)
    if old:
        old["role"] = given["role"] if old["role"] != "owner" else "owner"
        entry = old
    else:
        entry = new_permission(service, given)
        changed.permissions.append(entry)
    service.keep(changed)
    return 200, picked(entry, query, "kind,id,type,role"), ""


def change(
    service: Service, token: Token, book: Spreadsheet, permission_id: str, body: Any, query: dict[str, list[str]]
) -> Reply:
    changed = editable(service, token, book)
    entry = next((p for p in changed.permissions if p["id"] == permission_id), None)
    if entry is None:
        text = f"Permission not found: {permission_id}."
        raise DriveError(404, "notFound", text, location="permissionId", locationType="parameter")
    if entry["role"] == "owner" and body is None:
        text = "The owner of a file cannot be removed."  # READ pygsheets drive.py; unknown reason
        raise DriveError(403, "insufficientFilePermissions", text)
    if entry["role"] == "owner":
        raise unimplemented("changing the owner is not carried out here")
    if body is None:
        changed.permissions.remove(entry)
    else:
        entry["role"] = body.get("role", entry["role"])
    service.keep(changed)
    return (204, None, "") if body is None else (200, picked(entry, query, "kind,id,type,role"), "")
