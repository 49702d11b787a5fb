"""CSV of any shape: encoding and delimiter are found out; what our own export wrote comes back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from addin.core.book import Grid, Value
from addin.core.tables.csv_text import decoded, delimiter, from_csv, told_delimiter
from addin.errors import Problem

SUFFIXES = [".csv", ".tsv", ".txt"]
AGAIN = "Save it again as CSV UTF-8, or as a workbook."


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
