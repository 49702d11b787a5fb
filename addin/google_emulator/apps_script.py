"""The sheet's own script on the page: the product's Code.gs itself, run by Node, with the rights of the person.

Nothing of the script is written again here: this file hands it what the spreadsheet holds (apps_script.mjs answers in
place of Google's services) and carries out what it writes. Without Node.js the page says so and works without.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from addin.google_emulator.a1 import column_letters, quoted
from addin.google_emulator.answers import ApiError, Json, unimplemented
from addin.google_emulator.effective import number_format
from addin.google_emulator.formulas import Calculator
from addin.google_emulator.model import Formula, Sheet, Spreadsheet
from addin.google_emulator.number_formats import is_date

if TYPE_CHECKING:
    from addin.google_emulator.people import Person
    from addin.google_emulator.service import Service

RUNNER = Path(__file__).with_suffix(".mjs")
SCRIPT = Path(__file__).resolve().parents[1] / "google" / "script"
FILES = ("Checks.gs", "Code.gs")
MARKER = "_rules"
"""A spreadsheet with this sheet was made by the product: in real life its script is pasted there."""
MENU = {
    "Validate now": "validateNow",
    "Next problem": "nextProblem",
    "Export": "exportNow",
    "Sync now": "syncNow",
    "Privacy": "privacy",
    "Help": "help",
}
DAY_ZERO = datetime(1899, 12, 30)
NO_NODE = "Node.js is not installed: the sheet's own script (menu, checks while typing) does not run on this page."


def is_installed(service: Service, book: Spreadsheet) -> bool:
    """Whether the script runs in this spreadsheet; without Node.js the page says why not."""
    if book.by_title(MARKER) is None:
        return False
    if shutil.which("node") is None:
        service.note(NO_NODE)
        return False
    return True


def on_edit(service: Service, person: Person, book: Spreadsheet, sheet: Sheet, row: int, column: int, old: Any) -> Json:
    """What happens after a person typed into a cell (row and column from 1): the messages that the script shows."""
    event: Json = {"sheet": sheet.id, "row": row, "column": column, "rows": 1, "columns": 1}
    if old is not None:
        event["oldValue"] = str(old)
    active = {"sheet": sheet.title, "row": row, "column": column}
    return _run(service, person, book, "onEdit", active, event)


def choose(service: Service, person: Person, book: Spreadsheet, item: str, sheet: str, at: str) -> Json:
    """What happens when a person chooses an item of the menu, standing on a cell."""
    if item not in MENU:
        raise unimplemented(f"{item} is not in the menu")
    found = re.fullmatch(r"([A-Z]+)(\d+)", at) or re.fullmatch(r"(A)(1)", "A1")
    assert found
    column = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(found[1])))
    return _run(service, person, book, MENU[item], {"sheet": sheet, "row": int(found[2]), "column": column}, None)


def submit(service: Service, person: Person, book: Spreadsheet, script: Path, answers: Json, sender: str) -> Json:
    """What happens when somebody sends a form: its script, with the rights of the person who installed it.

    `answers` are by the titles of the questions: a text, or a list where several choices are possible.
    """
    event = {"sender": sender, "answers": answers}
    active = {"sheet": book.sheets[0].title, "row": 1, "column": 1}
    return _run(service, person, book, "onTrackerForm", active, event, script)


def _addresses(book: Spreadsheet, role: str) -> list[str]:
    return [one["emailAddress"] for one in book.permissions if one.get("role") == role and one.get("emailAddress")]


def _run(
    service: Service,
    person: Person,
    book: Spreadsheet,
    call: str,
    active: Json,
    event: Json | None,
    *more: Path,
) -> Json:
    calculator = Calculator(book, service.now, strict=False)
    task = {
        "files": [*(str(SCRIPT / name) for name in FILES), *map(str, more)],
        "call": call,
        "event": event,
        "active": active,
        "user": person.email,
        "editors": [book.owner, *_addresses(book, "writer")],
        "viewers": _addresses(book, "reader"),
        "zone": book.time_zone,
        "locale": book.locale,
        "sheets": [_sheet(calculator, sheet) for sheet in book.sheets],
    }
    command = [str(shutil.which("node")), str(RUNNER)]
    try:
        run = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True, timeout=30, check=False)
        done: Json = json.loads(run.stdout) if run.returncode == 0 else {}
    except (OSError, subprocess.TimeoutExpired, ValueError):
        run, done = None, {}
    if not done:
        lines = [line for line in (run.stderr if run else "").splitlines() if line.startswith("Error")]
        service.note(f"The sheet's script ended with: {lines[0] if lines else 'no answer'}")
        return {}
    for write in done["writes"]:
        _carry_out(person, book, write)
    goto = done.get("goto")
    where = {"sheet": goto["sheet"], "at": f"{column_letters(goto['column'])}{goto['row']}"} if goto else None
    return {"toasts": done["toasts"], "alerts": done["alerts"], "goto": where}


def _carry_out(person: Person, book: Spreadsheet, write: Json) -> None:
    """One write of the script. Marks in a protected column are refused, and the script goes on, as in Google."""
    if write["kind"] == "typed":
        for column, value in enumerate(write["values"][0], 1):
            if isinstance(value, str):
                if value:
                    person.set_cell(book.id, f"{quoted(write['title'])}!{column_letters(column)}{write['row']}", value)
            else:
                one = {**write, "kind": "values", "column": column, "values": [[value]]}
                person.change(book.id, *_requests(one, book.time_zone))
        return
    try:
        person.change(book.id, *_requests(write, book.time_zone))
    except ApiError:
        if write["kind"] not in ("notes", "fills"):
            raise


def _sheet(calculator: Calculator, sheet: Sheet) -> Json:
    height = max((row for row in sheet.rows), default=-1) + 1
    width = max((column for line in sheet.rows.values() for column in line), default=-1) + 1
    cells, notes, fills = _blank(height, width), _blank(height, width), _blank(height, width)
    for row, line in sheet.rows.items():
        for column, cell in line.items():
            value: Any = calculator.value(sheet, row, column) if isinstance(cell.value, Formula) else cell.value
            if isinstance(value, int | float) and not isinstance(value, bool) and is_date(number_format(cell)):
                value = {"$date": (DAY_ZERO + timedelta(days=value)).isoformat(timespec="seconds")}
            cells[row][column], notes[row][column] = value, cell.note
            fills[row][column] = _hex((cell.format or {}).get("backgroundColor"))
    return {"id": sheet.id, "title": sheet.title, "cells": cells, "notes": notes, "fills": fills}


def _blank(height: int, width: int) -> list[list[Any]]:
    return [[None] * width for _ in range(height)]


def _hex(colour: Json | None) -> str | None:
    if colour is None:
        return None
    return "#" + "".join(f"{round(colour.get(part, 0) * 255):02x}" for part in ("red", "green", "blue"))


def _requests(write: Json, zone: str) -> list[Json]:
    """One write of the script as requests of `:batchUpdate`."""
    sheet = write["sheet"]
    if write["kind"] == "sheet":
        return [{"addSheet": {"properties": {"sheetId": sheet, "title": write["title"]}}}]
    if write["kind"] == "hide":
        return [{"updateSheetProperties": {"properties": {"sheetId": sheet, "hidden": True}, "fields": "hidden"}}]
    if write["kind"] == "format":
        kind = {"type": "TEXT" if write["format"] == "@" else "NUMBER", "pattern": write["format"]}
        start = {"sheetId": sheet, "rowIndex": write["row"] - 1, "columnIndex": write["column"] - 1}
        rows = [{"values": [{"userEnteredFormat": {"numberFormat": kind}}]}]
        return [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredFormat.numberFormat"}}]
    fields = {"values": "userEnteredValue", "notes": "note", "fills": "userEnteredFormat.backgroundColor"}[
        write["kind"]
    ]
    rows = [{"values": [_cell(write["kind"], value, zone) for value in line]} for line in write["values"]]
    if any("userEnteredFormat" in cell for line in rows for cell in line["values"]) and write["kind"] == "values":
        fields += ",userEnteredFormat.numberFormat"
    start = {"sheetId": sheet, "rowIndex": write["row"] - 1, "columnIndex": write["column"] - 1}
    return [{"updateCells": {"start": start, "rows": rows, "fields": fields}}]


def _cell(kind: str, value: Any, zone: str) -> Json:
    if kind == "notes":
        return {"note": value} if value else {}
    if kind == "fills":
        if not value or value.lower() == "#ffffff":
            return {}
        parts = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return {"userEnteredFormat": {"backgroundColor": dict(zip(("red", "green", "blue"), parts, strict=True))}}
    if isinstance(value, dict):
        moment = datetime.fromisoformat(value["$date"])
        if value.get("$moment"):
            moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        days = (moment - DAY_ZERO) / timedelta(days=1)
        form = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}
        return {"userEnteredValue": {"numberValue": days}, "userEnteredFormat": {"numberFormat": form}}
    if value in ("", None):
        return {}
    name = (
        "boolValue" if isinstance(value, bool) else "numberValue" if isinstance(value, int | float) else "stringValue"
    )
    return {"userEnteredValue": {name: value}}
