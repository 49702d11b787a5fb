"""The values and functions of the formulas that the emulator knows: arithmetic, comparison, and `FUNCTIONS`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from addin.google_emulator.number_formats import plain


class Fault(str):
    """An error that a formula gives, such as `#DIV/0!`."""

    __slots__ = ()


class Unknown(Exception):  # noqa: N818 (a reason, not an error: the formula may be right)
    """The formula uses something that the emulator cannot calculate."""


ORDER = [("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",)]
"""Operators from the loosest to the tightest."""


def single(value: Any) -> Any:
    """One value of a range of one cell."""
    if isinstance(value, list):
        if len(value) != 1 or len(value[0]) != 1:
            raise Unknown("a range where one value is meant")
        return value[0][0]
    return value


def tidy(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _as_number(value: Any) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise ValueError
        return float(value)
    return float(value)


def applied(operator: str, left: Any, right: Any) -> Any:
    for value in (left, right):
        if isinstance(value, Fault):
            return value
    if operator == "&":
        return _as_text(left) + _as_text(right)
    if operator in ORDER[0]:
        return compared(operator, left, right)
    try:
        a, b = _as_number(left), _as_number(right)
    except ValueError:
        return Fault("#VALUE!")
    if operator == "/" and b == 0:
        return Fault("#DIV/0!")
    if operator == "^" and (abs(a) > 1e6 or abs(b) > 64 or (a == 0 and b < 0) or (a < 0 and b % 1)):
        raise Unknown("such a power")
    return tidy(_ARITHMETIC[operator](a, b))


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
    """Numbers are before text before TRUE and FALSE, and text is compared without regard to case."""
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def compared(operator: str, left: Any, right: Any) -> bool:
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
    target: Any = wanted if text is None else tidy(float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text
    return sum(_meets(cell, operator, target) for cell in _all((cells,)))


def _meets(cell: Any, operator: str, target: Any) -> bool:
    if target == "":
        return (cell is None) == (operator == "=")
    alike = cell is not None and _rank(cell)[0] == _rank(target)[0]
    return (operator == "<>") if not alike else compared(operator, cell, target)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": _numeric(lambda n: tidy(float(sum(n)))),
    "AVERAGE": _numeric(lambda n: tidy(sum(n) / len(n)) if n else Fault("#DIV/0!")),
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
