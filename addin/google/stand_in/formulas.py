"""A tiny, declared part of Google's formulas; everything else is refused (501), never guessed.

Known: numbers, text, TRUE and FALSE; + - * / ^ & % and comparisons; brackets; cells and ranges, also of other sheets;
the functions in `FUNCTIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from addin.google.stand_in.a1 import box_of, column_number, locate
from addin.google.stand_in.answers import ApiError, unimplemented
from addin.google.stand_in.model import Formula, Sheet, Spreadsheet
from addin.google.stand_in.number_formats import plain, serial


class Fault(str):
    """An error that a formula gives, such as `#DIV/0!`."""

    __slots__ = ()


class Unknown(Exception):  # noqa: N818 (a reason, not an error: the formula may be right)
    """The formula uses something that the stand-in cannot calculate."""


Grid = list[list[Any]]
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d*)?(?![\w(])"
    r"|(?:(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w(]))"
    r"|(?P<name>[A-Za-z_][\w.]*)|(?P<op><>|<=|>=|[-+*/^&%=<>(),;]))"
)
_ORDER = [("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",)]


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
            result = _Reader(self, sheet, text).result()
            return 0 if result is None else result
        except Unknown as reason:
            if self.strict:
                raise unimplemented(f"the formula {text!r} is not calculated here ({reason})") from None
            return Fault("#STAND-IN! not calculated")
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
        if level == len(_ORDER):
            return self._unary()
        left = self._level(level + 1)
        while operator := self._next(*_ORDER[level]):
            left = _applied(operator, single(left), single(self._level(level + 1)))
        return left

    def _unary(self) -> Any:
        if self._next("-"):
            return _applied("-", 0, single(self._unary()))
        if self._next("+"):
            return self._unary()
        value = self._atom()
        while self._next("%"):
            value = _applied("/", single(value), 100)
        return value

    def _atom(self) -> Any:
        if not self.tokens:
            raise Unknown("the end")
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return _tidy(float(text))
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
            raise Unknown(name)
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


def single(value: Any) -> Any:
    """One value of a range of one cell."""
    if isinstance(value, list):
        if len(value) != 1 or len(value[0]) != 1:
            raise Unknown("a range where one value is meant")
        return value[0][0]
    return value


def _tidy(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _as_number(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise ValueError
        return float(value)
    return float(value)


def _applied(operator: str, left: Any, right: Any) -> Any:
    for value in (left, right):
        if isinstance(value, Fault):
            return value
    if operator == "&":
        return _as_text(left) + _as_text(right)
    if operator in _ORDER[0]:
        return _compared(operator, left, right)
    try:
        a, b = _as_number(left), _as_number(right)
    except ValueError:
        return Fault("#VALUE!")
    if operator == "/" and b == 0:
        return Fault("#DIV/0!")
    if operator == "^" and (abs(a) > 1e6 or abs(b) > 64 or (a == 0 and b < 0) or (a < 0 and b % 1)):
        raise Unknown("such a power")
    return _tidy(_ARITHMETIC[operator](a, b))


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": float.__add__,
    "-": float.__sub__,
    "*": float.__mul__,
    "/": float.__truediv__,
    "^": lambda a, b: float(a**b),
}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain(value)
    return "" if value is None else str(value)


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers stand before text before TRUE and FALSE, and text is compared without regard to case."""
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def _compared(operator: str, left: Any, right: Any) -> bool:
    blank = {str: "", bool: False}
    a, b = (blank.get(type(other), 0) if one is None else one for one, other in ((left, right), (right, left)))
    x, y = _rank(a), _rank(b)
    outcome = {"=": x == y, "<>": x != y}
    return outcome[operator] if operator in outcome else {"<": x < y, ">": x > y, "<=": x <= y, ">=": x >= y}[operator]


def _all(values: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        found.extend(cell for row in value for cell in row) if isinstance(value, list) else found.append(value)
    return found


def _numeric(action: Callable[[list[float]], Any]) -> Callable[..., Any]:
    """A function over the numbers of its arguments; an error among them is the result."""

    def calculate(*arguments: Any) -> Any:
        cells = _all(arguments)
        fault = next((cell for cell in cells if isinstance(cell, Fault)), None)
        numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
        return fault or action(numbers)

    return calculate


def _if(condition: Any, then: Any, otherwise: Any = False) -> Any:
    condition = single(condition)
    if isinstance(condition, Fault):
        return condition
    return then if condition else otherwise


def _countif(cells: Any, wanted: Any) -> int:
    wanted = single(wanted)
    found = re.fullmatch(r"(<>|<=|>=|=|<|>)?(.*)", wanted, re.DOTALL) if isinstance(wanted, str) else None
    operator, text = (found[1] or "=", found[2]) if found else ("=", None)
    if text is not None and re.search(r"[*?~]", text):
        raise Unknown("wildcards")
    target: Any = wanted if text is None else _tidy(float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text
    return sum(_meets(cell, operator, target) for cell in _all((cells,)))


def _meets(cell: Any, operator: str, target: Any) -> bool:
    if target == "":
        return (cell is None) == (operator == "=")
    alike = cell is not None and _rank(cell)[0] == _rank(target)[0]
    return (operator == "<>") if not alike else _compared(operator, cell, target)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": _numeric(lambda n: _tidy(float(sum(n)))),
    "AVERAGE": _numeric(lambda n: _tidy(sum(n) / len(n)) if n else Fault("#DIV/0!")),
    "MIN": _numeric(lambda n: min(n, default=0)),
    "MAX": _numeric(lambda n: max(n, default=0)),
    "COUNT": lambda *a: sum(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in _all(a)),
    "COUNTA": lambda *a: sum(cell is not None for cell in _all(a)),
    "COUNTBLANK": lambda *a: sum(cell in (None, "") for cell in _all(a)),
    "COUNTIF": _countif,
    "IF": _if,
    "IFERROR": lambda v, other="": other if isinstance(single(v), Fault) else v,
    "AND": lambda *a: all(_all(a)),
    "OR": lambda *a: any(_all(a)),
    "NOT": lambda v: not single(v),
    "ISBLANK": lambda v: single(v) is None,
    "LEN": lambda v: len(_as_text(single(v))),
    "HYPERLINK": lambda address, label=None: single(address) if label is None else single(label),
}
"""Arguments are worked out before the call, so `IF` does not spare the branch that is not taken."""
