"""What a person is told about a workbook of the corpus before anything is written: its text is kept in told/.

python tests/support/adopt_told.py            names the cases whose text is missing or another one
python tests/support/adopt_told.py --write    writes the missing texts (and never overwrites one); read them
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from adopt_rows import CORPUS, answers_of, build_book, cases, load

from addin.actions.adopt import AdoptedBook, adopt
from addin.actions.adopt_words import as_json, place_lines, reading_lines
from addin.core.a1 import cell_name
from addin.workspace.tracker_files import load_all

TOLD, TRACKERS = CORPUS / "told", load_all()


class Today(date):
    """The day on which all of them are read."""

    @classmethod
    def today(cls) -> Today:
        return cls(2026, 11, 30)


def told(name: str, folder: Path) -> str:
    """The questions of a case before they are answered; then its sheets, its rows and what is to be checked."""
    case = load(name)
    path = build_book(case, folder / f"{name}.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.actions.adopt_source.date", Today)
        patch.setattr("addin.actions.adopt_source.load_all", lambda _: TRACKERS)
        asked = adopt(str(path), dry_run=True)
        result = asked
        if asked.reading.questions or case["flags"]:
            result = adopt(str(path), answers=answers_of(case), take_defaults=True, dry_run=True)
    sections = {
        "Asked": list(_questions(as_json(asked))),
        "Sheets": list(_sheets(result)),
        "Rows": [_row(row) for row in as_json(result)["rows"]],
        "To check": [_listed(one) for one in as_json(result)["to_check"]],
    }
    return "\n".join(line for title, lines in sections.items() if lines for line in (f"# {title}", *lines, ""))


def _questions(found: dict[str, Any]) -> Iterator[str]:
    for one in found["questions"]:
        options = " | ".join(": ".join(filter(None, option)) for option in one["options"])
        yield f"{one['name']}. {one['text']} {options} [{one['default']}]"


def _sheets(result: AdoptedBook) -> Iterator[str]:
    for found in result.understood:
        yield from place_lines(found, result)
    yield from reading_lines(result.reading, result.titles)
    for one in result.reading.sheets:
        yield from (f"{one.sheet}, kept: {header}" for header in one.kept)
        yield from (f"{one.sheet}, left alone: {header}" for header in one.alone)
        yield from (f"{one.sheet}: {remark}" for remark in one.remarks[4:])


def _row(row: dict[str, Any]) -> str:
    sheet, line, column = row["from"]
    values = "; ".join(f"{name}={value}" for name, value in sorted(row["values"].items()))
    own = "; ".join(f"{header}={value}" for header, value in sorted(row["own"].items()))
    return f"{row['tracker']} {sheet}!{cell_name(line, column)}: {values}" + (f" | {own}" if own else "")


def _listed(one: dict[str, Any]) -> str:
    kept = ", kept" if one["placed"] else ""
    return f"{one['sheet']}!{cell_name(one['row'], one['column'])} {one['text']}: {one['why']}{kept}"


def compared(texts: Path, names: Iterable[str], text_of: Callable[[str, Path], str]) -> int:
    """Compare each case with its kept text, or write those that are missing; 1 where one differs."""
    differing = 0
    for name in names:
        golden = texts / f"{name}.txt"
        with tempfile.TemporaryDirectory() as folder:
            text = text_of(name, Path(folder))
        if not golden.exists() and "--write" in sys.argv[1:]:
            golden.write_text(text, "utf-8")
        elif not golden.exists() or golden.read_text("utf-8") != text:
            differing += 1
            sys.stdout.write(f"{name}\n")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(compared(TOLD, cases(), told))
