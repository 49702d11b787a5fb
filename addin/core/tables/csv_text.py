"""CSV text: values that no spreadsheet takes for a formula, and rows that are what the writer meant.

Text that begins like a formula (`= + - @`, their full-width forms, tab, line break, also behind blanks) gets an
apostrophe in front, as OWASP advises (CSV injection); reading takes exactly that apostrophe away again. Numbers stay
numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from addin.core.book import Value
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.trackers import ID_HEADER

DELIMITERS = (",", ";", "\t", "|", "^")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", "^": "carets"}
SAMPLE = 50
"""The number of lines that are looked at to find the delimiter."""
_FORMULA = r"(?:[\t\r\n]|[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫])"
_LINE_END = regex(r"\r\n|\r|\n")
_GUARD = regex(rf"'*{_FORMULA}")
_GUARDED = regex(rf"'+{_FORMULA}")


class CsvError(ValueError):
    """A file whose rows cannot be told apart: `line` is where it begins, counted from 1."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def to_csv(value: Value) -> str:
    """The value as it stands in a CSV file."""
    text = show(value)
    return "'" + text if isinstance(value, str) and _GUARD.match(text) else text


def from_csv(text: str) -> str:
    """What `to_csv` was given, as text."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def declared_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off the text."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (first[4], rest) if first.lower().startswith("sep=") and len(first) == 5 else ("", text)


def delimiter(text: str) -> str:
    """The delimiter with which most lines have as many cells as most others, and more than one."""
    head = "".join(text.splitlines(keepends=True)[:SAMPLE])

    def fit(sign: str) -> tuple[int, int]:
        try:
            lengths = [len(line) for line in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if line]
        except csv.Error:
            return (0, 0)
        wide = [length for length in lengths if length > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return wide.count(usual), usual

    return max(DELIMITERS, key=fit)


def parse(text: str, sign: str) -> list[list[str]]:
    """The cells row by row. Raises CsvError where a quotation mark is missing, rather than swallow other rows.

    Our own exports, known by their row ids, are quoted right: whatever their cells look like is text.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        raise _locate(text, sign) from None
    if rows and ID_HEADER not in rows[0][-1:] and len(rows) < text.count("\n") + text.count("\r") - text.count("\r\n"):
        _refuse_swallowed(rows, sign)
    return rows


def _locate(text: str, sign: str) -> CsvError:
    """The error, with the line in which the row at fault begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        if "expected after" in str(error):
            return CsvError(line, "a quotation mark is in the middle of a cell, or missing")
        if "field larger" not in str(error) and "end of data" not in str(error):
            return CsvError(line, str(error))
    return CsvError(line, "a quotation mark is opened and never closed")


def _refuse_swallowed(rows: Sequence[Sequence[str]], sign: str) -> None:
    """Raise CsvError for a row whose lines look like rows of their own: two marks that lost their partners."""
    widths = [len(row) for row in rows if len(row) > 1]
    usual = max(set(widths), key=widths.count) if widths else 0
    line = 1
    for row in rows:
        lines = _LINE_END.split(sign.join(row))
        whole = usual > 2 and lines[0].count(sign) == usual - 1
        if whole and any(_looks_like_row(one, sign, usual) for one in lines[1:]):
            raise CsvError(line, "a cell runs over lines that look like rows: a quotation mark is missing")
        line += len(lines)


def _looks_like_row(line: str, sign: str, usual: int) -> bool:
    """True for a line with as many cells as a row; in prose a blank follows the commas."""
    return line.count(sign) == usual - 1 and 2 * line.count(f"{sign} ") < line.count(sign)
