"""The part of Drive that spreadsheets need: files, sharing, copies, export and import as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from addin.google_emulator import sharing
from addin.google_emulator.accounts import Token
from addin.google_emulator.answers import Json, unimplemented
from addin.google_emulator.coercion import Entry
from addin.google_emulator.entering import enter
from addin.google_emulator.files import BRIEF, MIME, Reply, editable, file_of, has_room, new_book, picked, the_file
from addin.google_emulator.model import Sheet, Spreadsheet
from addin.google_emulator.render import Renderer
from addin.google_emulator.shapes import read as read_body
from addin.google_emulator.values import read_box

FOLDER = "application/vnd.google-apps.folder"

if TYPE_CHECKING:
    from addin.google_emulator.service import Service


def handle(service: Service, token: Token, method: str, path: str, query: dict[str, list[str]], body: Any) -> Reply:
    """Status, body and content type ("" for JSON)."""
    if path == "/drive/v3/files/root" and method == "GET":
        folder = {"kind": "drive#file", "id": "root", "name": "My Drive", "mimeType": FOLDER}
        return 200, picked(folder, query, BRIEF), ""
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
        ("GET", ""): lambda: (200, picked(file_of(book), query, BRIEF), ""),
        ("PATCH", ""): lambda: _rename(service, token, book, body, query),
        ("DELETE", ""): lambda: _delete(service, token, book),
        ("POST", "copy"): lambda: _copy(service, token, book, body, query),
        ("GET", "export"): lambda: _export(service, token, book, query),
        ("GET", "comments"): lambda: (200, picked({"kind": "drive#commentList", "comments": []}, query, ""), ""),
        ("GET", "permissions"): lambda: sharing.listed(book, query),
        ("POST", "permissions"): lambda: sharing.share(service, token, book, body, query),
    }
    if (method, rest) in known:
        return known[method, rest]()
    shared = re.fullmatch(r"permissions/([^/]+)", rest)
    if shared and method in ("DELETE", "PATCH"):
        return sharing.change(service, token, book, shared[1], None if method == "DELETE" else body, query)
    raise unimplemented(f"{method} /drive/v3/files/…/{rest} is not carried out here")


def create(service: Service, token: Token, query: dict[str, list[str]], body: Any) -> Reply:
    given = body if isinstance(body, dict) else {}
    if given.get("mimeType", MIME) != MIME:
        raise unimplemented(f"files of type {given['mimeType']} are not kept here")
    has_room(service, token.user)
    book = new_book(service, token.user, given.get("name") or "Untitled")
    service.books[book.id] = book
    service.save()
    return 200, picked(file_of(book), query, BRIEF), ""


def create_by_sheets(service: Service, token: Token, body: Any) -> Json:
    """`spreadsheets.create`: with `sheets` the file holds exactly those (LIVE mmedum, 2026-09-06)."""
    given = read_body(body, "Spreadsheet")
    has_room(service, token.user)
    properties = given.get("properties", {})
    book = new_book(service, token.user, properties.get("title") or "Untitled spreadsheet")
    book.locale = properties.get("locale", book.locale)
    book.time_zone = properties.get("timeZone", book.time_zone)
    context = service.context(book, token.user)
    if given.get("sheets"):
        from addin.google_emulator.batch import run

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
    return 200, picked(content, query, f"kind,incompleteSearch,files({BRIEF})"), ""


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


def _rename(service: Service, token: Token, book: Spreadsheet, body: Any, query: dict[str, list[str]]) -> Reply:
    changed = editable(service, token, book)
    if set(body) - {"name"}:
        raise unimplemented(f"changing {', '.join(body)} of a file is not carried out here")
    changed.title = body.get("name", changed.title)
    service.keep(changed)
    return 200, picked(file_of(changed), query, BRIEF), ""


def _delete(service: Service, token: Token, book: Spreadsheet) -> Reply:
    editable(service, token, book, level=3)
    del service.books[book.id]
    service.save()
    return 204, None, ""


def _copy(service: Service, token: Token, book: Spreadsheet, body: Any, query: dict[str, list[str]]) -> Reply:
    """A copy belongs to the one who makes it, and is shared with nobody else."""
    has_room(service, token.user)
    copy = book.copy()
    fresh = new_book(service, token.user, (body or {}).get("name") or f"Copy of {book.title}")
    copy.id, copy.title, copy.owner, copy.permissions = fresh.id, fresh.title, fresh.owner, fresh.permissions
    copy.created, copy.modified, copy.version, copy.made_by_app = fresh.created, fresh.modified, 1, [token.user]
    service.books[copy.id] = copy
    service.save()
    return 200, picked(file_of(copy), query, BRIEF), ""


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
    book = editable(service, token, the_file(service, token, file_id))
    text = body.decode("utf-8-sig") if isinstance(body, bytes) else str(body)
    rows: list[list[Any]] = list(csv.reader(io.StringIO(text)))
    sheet = Sheet(int(service.new_id("sheet")), book.title)
    sheet.row_count = max(sheet.row_count, len(rows))
    sheet.column_count = max(sheet.column_count, *(len(row) for row in rows), 1)
    enter(sheet, 0, 0, rows, Entry(True, service.now.date(), service.strict, service.note))
    book.sheets, book.time_zone = [sheet], "America/Los_Angeles"  # the zone too: REC Client import_csv #4
    service.keep(book)
    return 200, {"kind": "drive#file", "id": book.id, "title": book.title, "mimeType": MIME}, ""
