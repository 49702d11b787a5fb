"""Rows that a program wrote in pieces or in another order than Excel does: put right before a sheet is changed."""

from __future__ import annotations

from addin.backends.ooxml.markup import with_attribute
from addin.backends.ooxml.scan import Row, cells, rows, sheet_data
from addin.core.a1 import cell_name
from addin.core.regex import regex

ROW_NUMBER = regex(rb"""<row(?=[\s/>])[^<>]*?\sr\s*=\s*["'](\d+)["']""")


def is_in_order(xml: bytes) -> bool:
    """Whether each row is one element that says its number, in ascending order."""
    numbers = list(map(int, ROW_NUMBER.findall(xml)))
    return len(numbers) == xml.count(b"<row") - xml.count(b"<rowBreaks") and all(map(int.__lt__, numbers, numbers[1:]))


def put_in_order(xml: bytes, where: str) -> bytes:
    """The sheet with each row as one element, in ascending order; no cell is changed."""
    start, end = sheet_data(xml, where)
    pieces: dict[int, list[Row]] = {}
    for row in rows(xml, start, end, empty=True):
        pieces.setdefault(row.number, []).append(row)
    lines = (_one_element(xml, number, pieces[number]) for number in sorted(pieces))
    return xml[:start] + b"".join(lines) + xml[end:]


def _one_element(xml: bytes, number: int, pieces: list[Row]) -> bytes:
    tag = with_attribute(xml[pieces[0].start : pieces[0].cells], "r", str(number))
    if len(pieces) == 1:
        return tag + xml[pieces[0].cells : pieces[0].end]
    made: dict[int, bytes] = {}
    for row in pieces:
        stretch = xml[row.cells : row.cells_end]
        for cell in cells(stretch):
            if cell.content or cell.column not in made:
                made[cell.column] = _with_address(stretch[cell.start : cell.end], cell_name(number, cell.column))
    tag = with_attribute(tag, "spans", None)  # only a hint to readers, and wrong now
    tag = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
    return tag + b"".join(made[column] for column in sorted(made)) + b"</row>"


def _with_address(cell: bytes, address: str) -> bytes:
    end = cell.index(b">") + 1
    return with_attribute(cell[:end], "r", address) + cell[end:]
