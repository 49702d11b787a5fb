"""The grid page (page.html): a person plays the teacher in a browser, under the access rights of that teacher.

The page asks for JSON and sends edits; both are refused unless they come from the page itself: a header that other
pages cannot send, and a loopback Host (server.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.google_emulator import apps_script
from addin.google_emulator.a1 import a1, column_letters, locate
from addin.google_emulator.accounts import BOT
from addin.google_emulator.answers import ApiError, Json, bad, not_found, unimplemented
from addin.google_emulator.effective import formatted
from addin.google_emulator.formulas import Calculator
from addin.google_emulator.model import Box, Cell, Formula, Sheet, Spreadsheet
from addin.google_emulator.people import Person
from addin.google_emulator.protection import check_cells, role

if TYPE_CHECKING:
    from addin.google_emulator.service import Answer, Request, Service

HTML = Path(__file__).with_name("page.html")
VISITOR = "you@school.example"
"""Who makes a new sheet where nobody is there yet."""
SPARE_ROWS, MOST_ROWS = 8, 400
SAFETY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Content-Security-Policy",
        "default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'",
    ),
)


def answer(service: Service, request: Request) -> Answer:
    """The page itself, what it shows, or what was typed into it."""
    from addin.google_emulator.service import Answer

    if request.method == "GET" and request.path == "/":
        return Answer(200, HTML.read_bytes(), "text/html; charset=UTF-8")
    if request.path == "/favicon.ico":
        return Answer(204, None)
    given = {name: values[0] for name, values in request.query.items()}
    with service.lock:
        if request.method == "GET" and request.path == "/page/grid":
            return Answer(200, grid(service, given))
        action = ACTIONS.get(request.path) if request.method == "POST" else None
        if action:
            try:
                return Answer(200, action(service, json.loads(request.body or b"{}")))
            except ApiError as error:
                return Answer(error.code, {"refused": error.message})
    raise unimplemented(f"{request.method} {request.path} is not carried out here")


def grid(service: Service, given: dict[str, str]) -> Json:
    """All that the page shows: the people, their spreadsheets, and one sheet of one of them."""
    people = sorted(
        {
            entry["emailAddress"]
            for book in service.books.values()
            for entry in book.permissions
            if "emailAddress" in entry
        }
    )
    person = given.get("as") or next((p for p in people if not p.endswith(".gserviceaccount.com")), "")
    books = [book for book in service.books.values() if role(book, person)]
    shown: Json = {
        "person": person,
        "people": people,
        "books": [{"key": book.id, "title": book.title} for book in books],
        "notes": service.notes,
    }
    book = next((one for one in books if one.id == given.get("book")), books[-1] if books else None)
    if book is None:
        return shown
    sheets = [sheet for sheet in book.sheets if not sheet.properties.get("hidden")]
    sheet = next((one for one in sheets if one.title == given.get("sheet")), sheets[0])
    content = {"book": book.id, "version": book.version, "sheets": [one.title for one in sheets], "sheet": sheet.title}
    content["menu"] = list(apps_script.MENU) if apps_script.is_installed(service, book) else []
    if given.get("version") == f"{book.version} {sheet.title} {person}":
        return {**shown, **content}
    return {**shown, **content, **_cells(service, book, sheet, person)}


def _cells(service: Service, book: Spreadsheet, sheet: Sheet, person: str) -> Json:
    used = list(sheet.filled())
    bottom = min(sheet.row_count, MOST_ROWS, max((row + 1 for row, _ in used), default=0) + SPARE_ROWS)
    right = min(sheet.column_count, max((column + 1 for _, column in used), default=0) + 2)
    columns = [c for c in range(right) if not sheet.column_properties.get(c, {}).get("hiddenByUser")]
    calculator, lists = Calculator(book, service.now, strict=False), dict[tuple[str, ...], int]()
    edits = role(book, person) >= 2
    rows = [
        [_cell(calculator, book, sheet, row, column, person if edits else "", lists) for column in columns]
        for row in range(bottom)
        if not sheet.row_properties.get(row, {}).get("hiddenByUser")
    ]
    return {
        "columns": [column_letters(column + 1) for column in columns],
        "frozen": sheet.grid.get("frozenRowCount", 0),
        "rows": rows,
        "lists": list(lists),
        "cut": sheet.row_count > MOST_ROWS and bottom == MOST_ROWS,
    }


def _cell(
    calculator: Calculator,
    book: Spreadsheet,
    sheet: Sheet,
    row: int,
    column: int,
    person: str,
    lists: dict[tuple[str, ...], int],
) -> Json:
    """One cell as the page shows it; `person` is empty for one who may only read. `lists` gathers drop-downs."""
    cell = sheet.cell(row, column)
    value = calculator.value(sheet, row, column) if isinstance(cell.value, Formula) else cell.value
    box = Box(row, column, row + 1, column + 1)
    shown: Json = {"at": f"{column_letters(column + 1)}{row + 1}", "text": formatted(cell, value)}
    if isinstance(cell.value, Formula):
        shown["formula"] = str(cell.value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown["number"] = True
    look = cell.format or {}
    if "backgroundColor" in look:
        shown["fill"] = _hex(look["backgroundColor"])
    text = look.get("textFormat", {})
    if text.get("bold"):
        shown["bold"] = True
    if "foregroundColor" in text:
        shown["ink"] = _hex(text["foregroundColor"])
    if cell.note:
        shown["note"] = cell.note
    if cell.validation and (choices := tuple(choices_of(calculator, sheet, cell))):
        shown["choices"] = lists.setdefault(choices, len(lists))
    if not person or _locked(book, sheet, box, person):
        shown["locked"] = True
    return shown


def _hex(colour: Json) -> str:
    return "#" + "".join(f"{round(colour.get(part, 0) * 255):02x}" for part in ("red", "green", "blue"))


def _locked(book: Spreadsheet, sheet: Sheet, box: Box, person: str) -> bool:
    try:
        check_cells(book, sheet, box, person)
    except ApiError:
        return True
    return False


def choices_of(calculator: Calculator, sheet: Sheet, cell: Cell) -> list[str]:
    """What a drop-down offers."""
    condition = (cell.validation or {}).get("condition", {})
    values = [one.get("userEnteredValue", "") for one in condition.get("values", [])]
    if condition.get("type") == "ONE_OF_LIST":
        return values
    if condition.get("type") == "BOOLEAN":
        return values or ["TRUE", "FALSE"]
    if condition.get("type") == "ONE_OF_RANGE" and values:
        try:
            source, box = locate(calculator.book, values[0].removeprefix("=").replace("$", ""))
        except ApiError:
            return []
        places = [
            (row, c) for row in range(box.top, box.bottom) if row in source.rows for c in range(box.left, box.right)
        ]
        texts = [formatted(source.cell(*place), calculator.value(source, *place)) for place in places]
        return [text for text in texts if text]
    return []


def edit(service: Service, given: Json) -> Json:
    """Something that a person does on the page; what the sheet's own script says to it."""
    person, book, target = _place(service, given)
    key, sheet = book.id, target.title
    row = int(given.get("row", 1))
    match given.get("do"):
        case "type":
            return _type(service, person, book, target, str(given.get("at", "")), str(given.get("text", "")))
        case "insert row":
            person.insert_rows(key, sheet, row)
        case "delete row":
            person.delete_rows(key, sheet, row)
        case "sort":
            first = target.grid.get("frozenRowCount", 0)
            person.sort(key, a1(target, Box(first, 0, target.row_count, target.column_count)), row)
        case _:
            raise unimplemented(f"{given.get('do')} is not something the page does")
    return {}


def _place(service: Service, given: Json) -> tuple[Person, Spreadsheet, Sheet]:
    """Who does something, and on which sheet."""
    book = service.books.get(str(given.get("book", "")))
    target = book.by_title(str(given.get("sheet", ""))) if book else None
    if book is None or target is None:
        raise not_found()
    return Person(service, str(given.get("as", ""))), book, target


def choose(service: Service, given: Json) -> Json:
    """An item of the sheet's menu was chosen."""
    person, book, sheet = _place(service, given)
    if not apps_script.is_installed(service, book) or role(book, person.email) < 2:
        raise bad("This spreadsheet has no menu for this person.")
    return apps_script.choose(
        service, person, book, str(given.get("item", "")), sheet.title, str(given.get("at", "A1"))
    )


def new_sheet(service: Service, given: Json) -> Json:
    """A new spreadsheet of this person's, shared with the program's account."""
    person = Person(service, str(given.get("as") or VISITOR))
    key = person.create(str(given.get("title") or "New sheet"))
    person.share(key, BOT)
    return {"as": person.email, "book": key, "target": f"gsheet:{key}"}


ACTIONS = {"/page/edit": edit, "/page/menu": choose, "/page/new": new_sheet}
"""What the page sends, and what is done."""


def _type(service: Service, person: Person, book: Spreadsheet, sheet: Sheet, at: str, text: str) -> Json:
    """Type into a cell. In the browser a strict drop-down refuses what it does not offer (the API does not)."""
    place = a1(sheet, Box(0, 0, 1, 1)).rpartition("!")[0] + f"!{at}"
    _, box = locate(book, place)
    cell = sheet.cell(box.top, box.left)
    choices: list[Any] = choices_of(Calculator(book, service.now, strict=False), sheet, cell)
    if text and choices and (cell.validation or {}).get("strict") and text not in choices:
        help_ = f" {cell.validation['inputMessage']}" if cell.validation and cell.validation.get("inputMessage") else ""
        raise bad(f"The data you entered in cell {at} violates the data validation rules set on this cell.{help_}")
    person.set_cell(book.id, place, text)
    if not apps_script.is_installed(service, book):
        return {}
    book = service.books[book.id]  # a change makes a new one
    now = next(one for one in book.sheets if one.id == sheet.id)
    return apps_script.on_edit(service, person, book, now, box.top + 1, box.left + 1, cell.value)
