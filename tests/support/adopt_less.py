"""What a person is told about each workbook of the corpus with one column or one of the first rows less.

Kept in less/: only what is another reading than that of the whole workbook, so it shows what each column and row
is needed for. Each is read a dozen times, so there are texts for some of the corpus only.
`python tests/support/adopt_less.py --write CASE` writes one for a case whose sheets are nothing but cells; read it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from adopt_rows import CORPUS, answers_of, build_book, load
from adopt_told import TRACKERS, Today, compared

from addin.actions.adopt import adopt
from addin.actions.adopt_words import place_lines, reading_lines
from addin.core.a1 import letters

LESS = CORPUS / "less"
ROWS, COLUMNS = 4, 10


def plain_cases() -> list[str]:
    """The cases that have a text here: their sheets are nothing but cells."""
    return sorted(path.stem for path in LESS.iterdir())


def variants(case: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The case without each column, and without each of the first rows, of its first sheet."""
    rows = case["sheet"][0]["rows"]
    for column in range(min(COLUMNS, max(map(len, rows)))):
        less = deepcopy(case)
        less["sheet"][0]["rows"] = [row[:column] + row[column + 1 :] for row in rows]
        yield f"column {letters(column + 1)}", less
    for row in range(min(ROWS, len(rows) - 1)):
        less = deepcopy(case)
        del less["sheet"][0]["rows"][row]
        yield f"row {row + 1}", less


def reading_of(case: dict[str, Any], path: Path) -> list[str]:
    """In lines: what each sheet is, what is asked, and what is to be checked."""
    path.unlink(missing_ok=True)
    build_book(case, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.actions.adopt_source.date", Today)
        patch.setattr("addin.actions.adopt_source.load_all", lambda _: TRACKERS)
        found = adopt(str(path), answers=answers_of(case), dry_run=True)
    lines = [line for one in found.understood for line in place_lines(one, found)]
    lines += reading_lines(found.reading, found.titles)
    lines += [f"asks: {one.text}" for one in found.reading.questions]
    return lines + sorted({f"to check: {one.why}" for one in found.reading.listed})


def less(name: str, folder: Path) -> str:
    """For each column and row less, the lines that the whole workbook does not have."""
    case, path = load(name), folder / f"{name}.xlsx"
    whole, text = reading_of(case, path), ""
    for called, one in variants(case):
        lines = [line for line in reading_of(one, path) if line not in whole]
        text += "".join(f"{line}\n" for line in (f"# Without {called}", *(lines or ["the same"])))
    return text


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--write"]
    sys.exit(compared(LESS, asked or plain_cases(), less))
