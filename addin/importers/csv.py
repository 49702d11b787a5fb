"""CSV of any shape: encoding and delimiter are found out; what our own export wrote comes back as it was."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from addin.core.book import Grid, Value
from addin.csv_text import from_csv
from addin.errors import Problem

SUFFIXES = [".csv", ".tsv", ".txt"]
DELIMITERS = (",", ";", "\t", "|")
AGAIN = "Save it again as CSV UTF-8, or as a workbook."
LOOK = 50
"""So many lines are looked at to find out the delimiter."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def read(path: Path) -> list[Grid]:
    """The file's one sheet, every cell text; it bears the file's name. Raises Problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Problem(f"cannot be read: {error.strerror}.", where=str(path), next="Check the name.") from None
    try:
        text = decoded(data)
        said, text = told_delimiter(text)
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=said or delimiter(text), strict=False))
    except UnicodeError:
        raise Problem("is no text in any usual encoding.", where=str(path), next=AGAIN) from None
    except csv.Error as error:
        raise Problem(f"cannot be read as CSV: {error}.", where=str(path), next=AGAIN) from None
    return [Grid(path.stem, _trimmed([[_cell(text) for text in line] for line in lines]))]


def decoded(data: bytes) -> str:
    """The text in the encoding that its bytes speak for: marked ones, UTF-8, bare UTF-16, else Western.

    Western is cp1252, or the older one of the Macintosh where lines end as they did there.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    head = data[:2000]
    if b"\0" in head:
        return data.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("mac_roman" if b"\r" in data and b"\n" not in data else "cp1252")


def told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off the text."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (first[4], rest) if first.lower().startswith("sep=") and len(first) == 5 else ("", text)


def delimiter(text: str) -> str:
    """The delimiter with which most lines have as many cells as most others, and more than one."""
    head = "".join(text.splitlines(keepends=True)[:LOOK])

    def fit(sign: str) -> tuple[int, int]:
        try:
            lengths = [len(line) for line in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if line]
        except csv.Error:
            return (0, 0)
        wide = [length for length in lengths if length > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return wide.count(usual), usual

    return max(DELIMITERS, key=fit)


def _cell(text: str) -> Value:
    return from_csv(text) if text and not text.isspace() else None


def _trimmed(lines: list[list[Value]]) -> list[list[Value]]:
    """Lines as a Grid holds them: no blank cells at the end, no blank lines at the end."""
    for line in lines:
        while line and line[-1] is None:
            line.pop()
    while lines and not lines[-1]:
        lines.pop()
    return lines
