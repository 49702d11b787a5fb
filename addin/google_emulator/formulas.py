"""A tiny, declared part of Google's formulas; everything else is refused (501), never guessed.

Known: numbers, text, TRUE and FALSE; + - * / ^ & % and comparisons; brackets; cells and ranges, also of other sheets;
the functions in formula_functions.py, and TODAY.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from addin.google_emulator import locales
from addin.google_emulator.a1 import box_of, column_number, locate
from addin.google_emulator.answers import ApiError, unimplemented
from addin.google_emulator.formula_functions import FUNCTIONS, ORDER, Fault, Unknown, applied, single, tidy
from addin.google_emulator.model import Formula, Sheet, Spreadsheet
from addin.google_emulator.number_formats import serial

Grid = list[list[Any]]
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d*)?(?![\w(])"
    r"|(?:(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(]))"
    r"|(?P<name>[A-Za-z_][\w.]*)|(?P<op><>|<=|>=|[-+*/^&%=<>(),;]))"
)


class Calculator:
    """Calculates the formulas of one spreadsheet as it is now; a result is worked out once."""

    def __init__(self, book: Spreadsheet, now: datetime, strict: bool) -> None:
        self.book, self.now, self.strict = book, now, strict
        self._known: dict[tuple[int, int, int], Any] = {}
        self._busy: set[tuple[int, int, int]] = set()

    def value(self, sheet: Sheet, row: int, column: int) -> Any:
        """The effective value of a cell: None where it is blank."""
        entered = sheet.cell(row, column).value
        if not isinstance(entered, Formula):
            return entered
        key = (sheet.id, row, column)
        if key not in self._known:
            self._known[key] = self._calculated(key, sheet, entered)
        return self._known[key]

    def _calculated(self, key: tuple[int, int, int], sheet: Sheet, text: str) -> Any:
        if key in self._busy:
            return Fault("#REF!")  # a circle
        self._busy.add(key)
        try:
            result = _Reader(self, sheet, locales.plain_formula(text, self.book.locale)).result()
            return 0 if result is None else result
        except locales.WrongSeparatorError:
            return Fault("#ERROR!")
        except Unknown as reason:
            if self.strict:
                raise unimplemented(f"the formula {text!r} is not calculated here ({reason})") from None
            return Fault("#EMULATOR! not calculated")
        finally:
            self._busy.discard(key)

    def grid(self, sheet: Sheet, text: str) -> Grid:
        """The values of a range, without the blank rows below the last filled one."""
        try:
            target, box = locate(self.book, text.replace("$", "")) if "!" in text else (sheet, None)
        except ApiError:
            return [[Fault("#REF!")]]
        if box is None:
            box = box_of(sheet, _grid_range(text))
        last = max((row + 1 for row in target.rows if row < box.bottom), default=box.top)
        bottom = box.bottom if box.bottom - box.top <= 1 else max(min(box.bottom, last), box.top + 1)
        return [[self.value(target, r, c) for c in range(box.left, box.right)] for r in range(box.top, bottom)]


def _grid_range(text: str) -> dict[str, int]:
    parts = [re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d*)", part) for part in text.split(":")]
    first, last = parts[0], parts[-1]
    if not first or not last:
        raise Unknown(text)
    box = {"startColumnIndex": column_number(first[1]) - 1, "endColumnIndex": column_number(last[1])}
    if first[2]:
        box["startRowIndex"] = int(first[2]) - 1
    if last[2]:
        box["endRowIndex"] = int(last[2])
    return box


class _Reader:
    """Reads one formula from left to right and works it out on the way."""

    def __init__(self, calculator: Calculator, sheet: Sheet, text: str) -> None:
        self.calculator, self.sheet = calculator, sheet
        self.tokens: list[tuple[str, str]] = []
        at = 1
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if not found or not found.lastgroup:
                raise Unknown(text[at:])
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def result(self) -> Any:
        value = single(self._level(0))
        if self.tokens:
            raise Unknown(self.tokens[0][1])
        return value

    def _next(self, *wanted: str) -> str | None:
        if self.tokens and self.tokens[0][0] == "op" and self.tokens[0][1] in wanted:
            return self.tokens.pop(0)[1]
        return None

    def _level(self, level: int) -> Any:
        if level == len(ORDER):
            return self._unary()
        left = self._level(level + 1)
        while operator := self._next(*ORDER[level]):
            left = applied(operator, single(left), single(self._level(level + 1)))
        return left

    def _unary(self) -> Any:
        if self._next("-"):
            return applied("-", 0, single(self._unary()))
        if self._next("+"):
            return self._unary()
        value = self._atom()
        while self._next("%"):
            value = applied("/", single(value), 100)
        return value

    def _atom(self) -> Any:
        if not self.tokens:
            raise Unknown("the end")
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return tidy(float(text))
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "ref":
            return self.calculator.grid(self.sheet, text)
        if kind == "name":
            return self._name(text.upper())
        if text == "(":
            value = self._level(0)
            if not self._next(")"):
                raise Unknown("a bracket")
            return value
        raise Unknown(text)

    def _name(self, name: str) -> Any:
        if name in ("TRUE", "FALSE") and not (self.tokens and self.tokens[0][1] == "("):
            return name == "TRUE"
        if not self._next("("):
            if any(one["name"].upper() == name for one in self.calculator.book.named):
                raise Unknown(name)
            return Fault("#NAME?")  # google-spreadsheet's tests against the service, 2026-04
        arguments: list[Any] = []
        while not self._next(")"):
            arguments.append(self._level(0))
            self._next(",", ";")
            if not self.tokens:
                raise Unknown("a bracket")
        if name == "TODAY":
            return int(serial(self.calculator.now.replace(hour=0, minute=0, second=0, microsecond=0)))
        if name not in FUNCTIONS:
            raise Unknown(name)
        try:
            return FUNCTIONS[name](*arguments)
        except TypeError:
            raise Unknown(f"{name} with these arguments") from None
