"""The part of Drive that spreadsheets need: files, sharing, copies, export and import as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from addin.google.stand_in.accounts import Token
from addin.google.stand_in.answers import DriveError, Json, file_not_found, no_storage, unimplemented
from addin.google.stand_in.coercion import Entry
from addin.google.stand_in.entering import enter
from addin.google.stand_in.masks import parse, pick
from addin.google.stand_in.model import Sheet, Spreadsheet
from addin.google.stand_in.protection import role
from addin.google.stand_in.render import Renderer
from addin.google.stand_in.shapes import read as read_body
from addin.google.stand_in.values import read_box

if TYPE_CHECKING:
    from addin.google.stand_in.service import Service

MIME = "application/vnd.google-apps.spreadsheet"
Reply = tuple[int, Any, str]


def handle(service: Service, token: Token, method: str, path: str, query: dict[str, list[str]], body: Any) -> Reply:
    """Status, body and content type ("" for JSON)."""
    one = re.fullmatch(r"/drive/v3/files/([^/]+)(?:/(.*))?", path)
    if path == "/drive/v3/files":
        action = {"POST": create, "GET": listed}.get(method)
        if action:
            return action(service, token, query, body)
    elif one:
        return _one_file(service, token, method, one[1], one[2] or "", query, body)
    elif (imported := re.fullmatch(r"/upload/drive/v2/files/([^/]+)", path)) and method == "PUT":
        return import_csv(service, token, imported[1], body)
    raise unimplemented(f"{method} {path} is not carried out here")


def _one_file(
    service: Service, token: Token, method: str, file_id: str, rest: str, query: dict[str, list[str]], body: Any
) -> Reply:
    book = the_file(service, token, file_id)
    known: dict[tuple[str, str], Callable[[], Reply]] = {
        ("GET", ""): lambda: (200, _picked(file_of(book), query, _BRIEF), ""),
        ("PATCH", ""): lambda: _rename(service, token, book, body, query),
        ("DELETE", ""): lambda: _delete(service, token, book),
        ("POST", "copy"): lambda: _copy(service, token, book, body, query),
        ("GET", "export"): lambda: _export(service, token, book, query),
        ("GET", "comments"): lambda: (200, _picked({"kind": "drive#commentList", "comments": []}, query, ""), ""),
        ("GET", "permissions"): lambda: _permissions(book, query),
        ("POST", "permissions"): lambda: _share(service, token, book, body, query),
    }
    if (method, rest) in known:
        return known[method, rest]()
    shared = re.fullmatch(r"permissions/([^/]+)", rest)
    if shared and method in ("DELETE", "PATCH"):
        return _change_share(service, token, book, shared[1], None if method == "DELETE" else body, query)
    raise unimplemented(f"{method} /drive/v3/files/…/{rest} is not carried out here")


def the_file(service: Service, token: Token, file_id: str) -> Spreadsheet:
    """The file, if this person may see it; Drive says 404 for both."""
    book = service.books.get(file_id)
    if book is None or not service.may_read(book, token.user) or not service.shown(book, token):
        raise file_not_found(file_id)
    return book


_BRIEF = "kind,id,name,mimeType"


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


def _picked(content: Json, query: dict[str, list[str]], default: str) -> Any:
    """Without `fields` Drive gives only the few that are usual."""
    mask = query.get("fields", [""])[0] or default
    return pick(content, parse(mask)) if mask else content


def new_book(service: Service, user: str, title: str) -> Spreadsheet:
    now = service.stamp()
    book = Spreadsheet(str(service.new_id("file")), title, now, now, user, made_by_app=[user])
    book.permissions.append(_permission(service, {"type": "user", "role": "owner", "emailAddress": user}))
    book.sheets.append(Sheet(0, "Sheet1"))
    return book


def _permission(service: Service, given: Json) -> Json:
    return {"kind": "drive#permission", "id": str(service.new_id("permission")), **given}


def _has_room(service: Service, user: str) -> None:
    """Service accounts of today own no storage (LIVE gdrives 019); older ones did (REC)."""
    if not service.storage and user.endswith(".gserviceaccount.com"):
        raise no_storage()


def create(service: Service, token: Token, query: dict[str, list[str]], body: Any) -> Reply:
    given = body if isinstance(body, dict) else {}
    if given.get("mimeType", MIME) != MIME:
        raise unimplemented(f"files of type {given['mimeType']} are not kept here")
    _has_room(service, token.user)
    book = new_book(service, token.user, given.get("name") or "Untitled")
    service.books[book.id] = book
    service.save()
    return 200, _picked(file_of(book), query, _BRIEF), ""


def create_by_sheets(service: Service, token: Token, body: Any) -> Json:
    """`spreadsheets.create`: with `sheets` the file holds exactly those (LIVE mmedum, 2026-09-06)."""
    given = read_body(body, "Spreadsheet")
    _has_room(service, token.user)
    properties = given.get("properties", {})
    book = new_book(service, token.user, properties.get("title") or "Untitled spreadsheet")
    book.locale = properties.get("locale", book.locale)
    book.time_zone = properties.get("timeZone", book.time_zone)
    context = service.context(book, token.user)
    if given.get("sheets"):
        from addin.google.stand_in.batch import run

        if any(set(one) - {"properties"} for one in given["sheets"]):
            raise unimplemented("creating a spreadsheet with contents is not carried out here")
        book.sheets.clear()
        for number, one in enumerate(given["sheets"]):
            wanted = {"sheetId": number and service.new_id("sheet"), "title": f"Sheet{number + 1}"}
            run(context, [{"addSheet": {"properties": {**wanted, **one.get("properties", {}), "index": number}}}])
    service.books[book.id] = book
    service.save()
    return Renderer(book, token.user, context.calculator).spreadsheet([], False, None)


_NAME = re.compile(r"name\s*(=|contains)\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
_TYPE = re.compile(r"mimeType\s*=\s*['\"]([^'\"]*)['\"]")


def listed(service: Service, token: Token, query: dict[str, list[str]], body: Any) -> Reply:
    """Files that this person can see, the newest change first; `q` may ask for a type, a name, `trashed`."""
    books = [b for b in service.books.values() if service.may_read(b, token.user) and service.shown(b, token)]
    for part in filter(None, re.split(r"\s+and\s+", query.get("q", [""])[0].strip())):
        books = [book for book in books if _asked(part.strip(), book)]
    books.sort(key=lambda book: book.modified, reverse=True)
    content = {"kind": "drive#fileList", "incompleteSearch": False, "files": [file_of(book) for book in books]}
    return 200, _picked(content, query, f"kind,incompleteSearch,files({_BRIEF})"), ""


def _asked(part: str, book: Spreadsheet) -> bool:
    named, kind = _NAME.fullmatch(part), _TYPE.fullmatch(part)
    if named:
        wanted = re.sub(r"\\(.)", r"\1", named[2] if named[2] is not None else named[3])
        return book.title == wanted if named[1] == "=" else wanted.casefold() in book.title.casefold()
    if kind:
        return kind[1] == MIME
    if re.fullmatch(r"trashed\s*=\s*(true|false)", part):
        return part.endswith("false")
    raise unimplemented(f"a search for {part} is not carried out here")


def _edit(service: Service, token: Token, book: Spreadsheet, level: int = 2) -> Spreadsheet:
    if role(book, token.user) < level:
        text = "The user does not have sufficient permissions for this file."
        raise DriveError(403, "insufficientFilePermissions", text)
    return book.copy()


def _rename(service: Service, token: Token, book: Spreadsheet, body: Any, query: dict[str, list[str]]) -> Reply:
    changed = _edit(service, token, book)
    if set(body) - {"name"}:
        raise unimplemented(f"changing {', '.join(body)} of a file is not carried out here")
    changed.title = body.get("name", changed.title)
    service.keep(changed)
    return 200, _picked(file_of(changed), query, _BRIEF), ""


def _delete(service: Service, token: Token, book: Spreadsheet) -> Reply:
    _edit(service, token, book, level=3)
    del service.books[book.id]
    service.save()
    return 204, None, ""


def _copy(service: Service, token: Token, book: Spreadsheet, body: Any, query: dict[str, list[str]]) -> Reply:
    """A copy belongs to the one who makes it, and is shared with nobody else."""
    _has_room(service, token.user)
    copy = book.copy()
    fresh = new_book(service, token.user, (body or {}).get("name") or f"Copy of {book.title}")
    copy.id, copy.title, copy.owner, copy.permissions = fresh.id, fresh.title, fresh.owner, fresh.permissions
    copy.created, copy.modified, copy.version, copy.made_by_app = fresh.created, fresh.modified, 1, [token.user]
    service.books[copy.id] = copy
    service.save()
    return 200, _picked(file_of(copy), query, _BRIEF), ""


def _export(service: Service, token: Token, book: Spreadsheet, query: dict[str, list[str]]) -> Reply:
    """The first sheet as CSV: CRLF between the rows, none at the end, no byte order mark (LIVE gdrives 019)."""
    kind = query.get("mimeType", [""])[0]
    if kind != "text/csv":
        raise unimplemented(f"export as {kind} is not carried out here")
    sheet = book.sheets[0]
    rows = read_box(service.context(book, token.user), sheet, sheet.box, {}).get("values", [])
    width = max((len(row) for row in rows), default=0)
    text = io.StringIO()
    csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return 200, text.getvalue().removesuffix("\r\n").encode(), "text/csv"


def import_csv(service: Service, token: Token, file_id: str, body: Any) -> Reply:
    """Replace the contents by a CSV file, read as typed; the one sheet has the file's name (REC Client import_csv)."""
    book = _edit(service, token, the_file(service, token, file_id))
    text = body.decode("utf-8-sig") if isinstance(body, bytes) else str(body)
    rows: list[list[Any]] = list(csv.reader(io.StringIO(text)))
    sheet = Sheet(int(service.new_id("sheet")), book.title)
    sheet.row_count = max(sheet.row_count, len(rows))
    sheet.column_count = max(sheet.column_count, *(len(row) for row in rows), 1)
    enter(sheet, 0, 0, rows, Entry(True, service.now.date(), service.strict, service.note))
    book.sheets, book.time_zone = [sheet], "America/Los_Angeles"  # the zone too: REC Client import_csv #4
    service.keep(book)
    return 200, {"kind": "drive#file", "id": book.id, "title": book.title, "mimeType": MIME}, ""


def _permissions(book: Spreadsheet, query: dict[str, list[str]]) -> Reply:
    content = {"kind": "drive#permissionList", "permissions": book.permissions}
    return 200, _picked(content, query, "kind,permissions(kind,id,type,role)"), ""


def _share(service: Service, token: Token, book: Spreadsheet, body: Any, query: dict[str, list[str]]) -> Reply:
    changed = _edit(service, token, book)
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
        entry = _permission(service, given)
        changed.permissions.append(entry)
    service.keep(changed)
    return 200, _picked(entry, query, "kind,id,type,role"), ""


def _change_share(
    service: Service, token: Token, book: Spreadsheet, permission_id: str, body: Any, query: dict[str, list[str]]
) -> Reply:
    changed = _edit(service, token, book)
    entry = next((p for p in changed.permissions if p["id"] == permission_id), None)
    if entry is None:
        text = f"Permission not found: {permission_id}."
        raise DriveError(404, "notFound", text, location="permissionId", locationType="parameter")
    if entry["role"] == "owner":
        raise unimplemented("changing the owner is not carried out here")
    if body is None:
        changed.permissions.remove(entry)
    else:
        entry["role"] = body.get("role", entry["role"])
    service.keep(changed)
    return (204, None, "") if body is None else (200, _picked(entry, query, "kind,id,type,role"), "")
