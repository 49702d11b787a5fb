"""Fills of many cells at once, where an address of several rectangles is understood, and where it is not."""

import random

import pytest
import xlwings as xw

from addin.backends.excel import fills
from addin.libreoffice import sheets

pytest_plugins = ("office",)
pytestmark = pytest.mark.libreoffice

PLACES = sorted({(row, column) for row in range(2, 40, 3) for column in (1, 2, 4)} | {(5, 3), (6, 3), (6, 4)})
REAL = sheets.Sheet._part


def first_alone(self, what):
    """As an older Excel for Mac may do: of several rectangles the first is taken, without a word."""
    return REAL(self, what.split(",")[0] if isinstance(what, str) else what)


def short_alone(self, what):
    """As Excel for Windows: an address may have 255 characters."""
    if isinstance(what, str) and len(what) > 255:
        raise ValueError("Exception occurred: 1004")
    return REAL(self, what)


@pytest.mark.parametrize("understands", [REAL, first_alone, short_alone])
def test_each_cell_gets_its_fill_and_no_other(open_book, monkeypatch, understands) -> None:
    monkeypatch.setattr(sheets.Sheet, "_part", understands)
    sheet: xw.Sheet = open_book({"S": [["h"]]}).sheets["S"]
    meant = {place: random.Random(repr(place)).choice(["F8CBAD", "FFE699", "000000"]) for place in PLACES}
    for fill in set(meant.values()):
        fills.paint(sheet, [place for place in PLACES if meant[place] == fill], fill)
    beside = [(row, column) for row in range(1, 45) for column in range(1, 6)]
    expected = {place: meant.get(place, "") for place in beside}
    assert fills.fills(sheet, beside) == expected
    assert fills.fills(sheet, PLACES) == meant
    assert all(as_hex(sheet.range(place).color) == fill for place, fill in meant.items())
    fills.paint(sheet, PLACES, "")
    assert sheet["A1:E45"].color is None


def as_hex(colour: tuple[int, int, int] | None) -> str:
    return bytes(colour).hex().upper() if colour else ""
