"""What a sheet that is adopted as it stands is: `recognised.txt` has a workbook in a line, and below it what it is.

In the workbook `||` parts rows, `;` parts cells, `&&` parts sheets, and `NAME ##` is the name of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sheets_read import LISTS, TRACKERS, grid_of

from addin.core.book import Grid
from addin.core.recognition.recognise import NotUnderstood, Understood, recognise_all

LINES = Path(__file__).with_name("recognised.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("given", "sheets"), [*zip(LINES[::2], LINES[1::2], strict=True)])
def test_what_a_sheet_is(given: str, sheets: str) -> None:
    assert read(given) == sheets.strip()


def read(text: str) -> str:
    """What the sheets in a line of the file are."""
    grids = dict(_sheet(number, sheet) for number, sheet in enumerate(text.split(" && "), 1))
    return " // ".join("; ".join(_said(one)) for one in recognise_all(grids, TRACKERS, LISTS))


def _sheet(number: int, text: str) -> tuple[str, Grid]:
    name, _, rows = text.rpartition(" ## ")
    name = name or f"Sheet{number}"
    return name, grid_of(name, "\n".join(row.replace(";", "|") for row in rows.split(" || ")))


def _said(one: Understood | NotUnderstood) -> Iterator[str]:
    if isinstance(one, NotUnderstood):
        yield f"left: {one.why}"
        return
    yield f"{one.tracker}, headers {one.header_row}"
    yield from (f"{match.header} is {match.column}{'' if match.sure else '?'}" for match in one.matches)
    yield from (f"{other.header} may be {other.perhaps or 'nothing'} {other.why}".rstrip() for other in one.unknown)
    yield from (f"lacks {header}" for header in one.missing)
    yield from map(str, one.remarks)
