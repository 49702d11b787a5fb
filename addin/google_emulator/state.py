"""The state file: all that the emulator holds, in one JSON file, written atomically, readable by its owner only."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

from addin.errors import ServiceProblem
from addin.files import parsed_json
from addin.google_emulator.accounts import Accounts
from addin.google_emulator.answers import Json
from addin.google_emulator.model import Cell, Formula, Sheet, Spreadsheet

VERSION = 1
_MARK = "local emulator, not Google"


class Store:
    """Writes the state after each change. A spreadsheet that did not change is not encoded again."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._encoded: dict[str, tuple[int, str]] = {}

    def load(self, books: dict[str, Spreadsheet], accounts: Accounts) -> None:
        if self.path is None or not self.path.exists():
            return
        try:
            content = parsed_json(self.path.read_bytes())
            if content["what"] != _MARK or content["version"] != VERSION:
                raise ValueError(content["version"])
            books.update({one["id"]: _spreadsheet(one) for one in content["spreadsheets"]})
            accounts.public_keys.update(content["public_keys"])
            accounts.refresh_tokens.update(content["refresh_tokens"])
        except (ValueError, LookupError, TypeError, AttributeError, OSError) as error:
            raise ServiceProblem(
                "this is not a state file of the local emulator, or it is damaged.",
                where=str(self.path),
                next="Name another file with --state, or remove this one to begin anew.",
            ) from error

    def save(self, books: dict[str, Spreadsheet], accounts: Accounts) -> None:
        if self.path is None:
            return
        parts = [self._text(book) for book in books.values()]
        self._encoded = {book.id: self._encoded[book.id] for book in books.values()}
        head = json.dumps(
            {
                "what": _MARK,
                "version": VERSION,
                "public_keys": accounts.public_keys,
                "refresh_tokens": accounts.refresh_tokens,
            }
        )
        write_atomically(self.path, f'{head[:-1]}, "spreadsheets": [{", ".join(parts)}]}}')

    def _text(self, book: Spreadsheet) -> str:
        known = self._encoded.get(book.id)
        if known is None or known[0] != book.version:
            known = book.version, json.dumps(_plain(book), ensure_ascii=False, separators=(",", ":"))
            self._encoded[book.id] = known
        return known[1]


def write_atomically(path: Path, text: str) -> None:
    """All of it, or the old file stays: a file beside it, then a rename. `mkstemp` makes it 0600."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _plain(book: Spreadsheet) -> Json:
    own = {f.name: getattr(book, f.name) for f in fields(book) if f.name != "sheets"}
    return {**own, "sheets": [_plain_sheet(sheet) for sheet in book.sheets]}


def _plain_sheet(sheet: Sheet) -> Json:
    own = {f.name: getattr(sheet, f.name) for f in fields(sheet) if f.name != "rows"}
    rows = {row: {column: _plain_cell(cell) for column, cell in line.items()} for row, line in sheet.rows.items()}
    return {**own, "rows": rows}


_BARE = (None,) * 4


def _plain_cell(cell: Cell) -> Any:
    """A bare value, or a list of the parts; a formula is marked."""
    if cell[1:] == _BARE and type(cell[0]) is not Formula:
        return cell[0]
    value = {"f": str(cell.value)} if isinstance(cell.value, Formula) else cell.value
    rest = list(cell[1:])
    while rest and rest[-1] is None:
        rest.pop()
    return [value, *rest] if rest else value


def _spreadsheet(content: Json) -> Spreadsheet:
    return Spreadsheet(**{**content, "sheets": [_sheet(one) for one in content["sheets"]]})


def _sheet(content: Json) -> Sheet:
    rows = {int(row): {int(c): _cell(cell) for c, cell in line.items()} for row, line in content["rows"].items()}
    sizes = {
        name: {int(index): one for index, one in content[name].items()}
        for name in ("row_properties", "column_properties")
    }
    return Sheet(**{**content, **sizes, "rows": rows})


def _cell(content: Any) -> Cell:
    if not isinstance(content, list | dict):
        return Cell(content)
    value, *rest = content if isinstance(content, list) else [content]
    return Cell(Formula(value["f"]) if isinstance(value, dict) else value, *rest)
