"""Native tables made or stretched around existing cells; no cell is moved or restyled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from addin.backends.ooxml.formulas import area as bounds_of
from addin.backends.ooxml.formulas import area_text
from addin.backends.ooxml.managed_sheet import MAIN
from addin.backends.ooxml.markup import Found, attributes, element, with_attribute
from addin.backends.ooxml.order import child_of, with_child, without
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.shared_formulas import array_areas
from addin.backends.ooxml.tables import NativeTable, native_tables
from addin.backends.ooxml.values import attribute_text
from addin.backends.ooxml.workbook import OFFICE, Workbook, declare, relate
from addin.core.book import Area
from addin.core.language import phrase
from addin.errors import BookProblem

LONGEST_HEADER = 255
TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


def stretched(xml: bytes, table: NativeTable, area: Area, headers: Sequence[str]) -> bytes:
    """The table's part with the area's width; `headers` are all of its headers, left to right."""
    whole = area_text(area.top, area.left, max(area.bottom, table.area.bottom) + table.totals, area.right)
    xml = _with_ref(xml, "table", whole)
    xml = _with_ref(xml, "autoFilter", area_text(area.top, area.left, max(area.bottom, table.area.bottom), area.right))
    columns = element("tableColumns").search(xml)
    if columns is None:
        raise ValueError("a table without columns")
    there = [attributes(match[1]) for match in element("tableColumn").finditer(columns[2] or b"")]
    number = max((int(words.get("id", "0")) for words in there), default=0)
    more = _columns(headers[len(there) :], number + 1)
    inner = (columns[2] or b"") + more.encode()
    line = b'<tableColumns count="%d">%s</tableColumns>' % (len(headers), inner)
    return xml[: columns.start()] + line + xml[columns.end() :]


def _with_ref(xml: bytes, name: str, ref: str) -> bytes:
    match = element(name).search(xml)
    if match is None:
        return xml
    end = xml.index(b">", match.end(1)) + 1
    return xml[: match.start()] + with_attribute(xml[match.start() : end], "ref", ref) + xml[end:]


def _columns(headers: Sequence[str], first: int) -> str:
    return "".join(
        f'<tableColumn id="{number}" name="{attribute_text(header)}"/>' for number, header in enumerate(headers, first)
    )


def make(workbook: Workbook, sheet: str, xml: bytes, area: Area, headers: Sequence[str]) -> bytes:
    """A new table over the area: its part, and the sheet's XML that points to it. A filter of the sheet moves in."""
    package = workbook.package
    _check_makeable(xml, area, headers, f"{package.where}, {sheet}")
    xml, kept = _take_filter(workbook, sheet, xml, area)
    ref = area_text(area.top, area.left, area.bottom, area.right)
    number = max(_numbers(package, workbook), default=0) + 1
    part = package.free_name("xl/tables/table{}.xml")
    package.put(
        part,
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<table xmlns="{MAIN}" id="{number}" '
            f'name="{area.name}" displayName="{area.name}" ref="{ref}" totalsRowShown="0">'
            f'<autoFilter ref="{ref}">{kept.decode()}</autoFilter>'
            f'<tableColumns count="{len(headers)}">{_columns(headers, 1)}</tableColumns>'
            '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
        ).encode(),
    )
    declare(package, part, TABLE_TYPE)
    relation = relate(package, workbook.sheet_part(sheet), "table", part)
    old = list(element("tablePart").finditer(child_of(xml, "tableParts")))
    line = f'<tablePart xmlns:r="{OFFICE}" r:id="{relation}"/>'.encode()
    inner = child_of(xml, "tableParts")
    body = inner[inner.index(b">") + 1 : inner.rindex(b"</")] if old else b""
    return with_child(xml, "tableParts", b'<tableParts count="%d">%s%s</tableParts>' % (len(old) + 1, body, line))


def _check_makeable(xml: bytes, area: Area, headers: Sequence[str], where: str) -> None:
    """Refuse a table that Excel would repair away: over a formula that fills several cells, or with a long header."""
    for top, left, bottom, right in array_areas(xml):
        meets = top <= area.bottom and bottom >= area.top and left <= area.right and right >= area.left
        if meets and (top, left) != (bottom, right):
            raise BookProblem(
                phrase(
                    "the formula that fills {area} cannot be in a table.",
                    area=area_text(top, left, bottom, right),
                ),
                where=where,
                next=phrase("Move it out of the rows, or give each cell a formula of its own."),
            )
    if any(len(header) > LONGEST_HEADER for header in headers):
        raise BookProblem(
            phrase(
                "a header is longer than the {most} characters that a table allows.",
                most=LONGEST_HEADER,
            ),
            where=where,
            next=phrase("Shorten it."),
        )


def _numbers(package: Package, workbook: Workbook) -> list[int]:
    """The ids of all tables of the workbook: each must have its own."""
    found = []
    for part in workbook.sheets.values():
        for table in native_tables(package, part):
            root = element("table").search(package.part(table.part))
            found.append(int(attributes(root[1]).get("id", "0")) if root else 0)
    return found


def _take_filter(workbook: Workbook, sheet: str, xml: bytes, area: Area) -> tuple[bytes, bytes]:
    """The sheet without its own filter, and what that filter chose: the table's filter takes it over."""
    old = child_of(xml, "autoFilter")
    words = attributes(old[: old.index(b">")]) if old else {}
    bounds = bounds_of(words.get("ref", ""))
    if not bounds or bounds[0] > area.bottom or bounds[2] < area.top or bounds[1] > area.right or bounds[3] < area.left:
        return xml, b""
    if bounds[:2] != (area.top, area.left):
        raise BookProblem(
            phrase("a filter covers only some of the rows ({rows}).", rows=words["ref"]),
            where=f"{workbook.package.where}, {sheet}",
            next=phrase("Take the filter off (Data > Filter) and try again."),
        )
    _forget_filter_name(workbook, sheet)
    inner = (
        b"" if old.rstrip().endswith(b"/>") and old.count(b"<") == 1 else old[old.index(b">") + 1 : old.rindex(b"</")]
    )
    return without(xml, "autoFilter"), inner


def _forget_filter_name(workbook: Workbook, sheet: str) -> None:
    """Take away the hidden name that Excel keeps for a sheet's own filter."""
    xml = workbook.package.part(workbook.part)
    place = _place(xml, sheet)

    def keep(match: Found) -> bytes:
        words = attributes(match[1])
        mine = words.get("name") == "_xlnm._FilterDatabase" and words.get("localSheetId") == str(place)
        return b"" if mine else match[0]

    changed = element("definedName").sub(keep, xml)
    workbook.package.put(workbook.part, re.sub(rb"<definedNames>\s*</definedNames>", b"", changed))


def _place(xml: bytes, sheet: str) -> int:
    """The sheet's place in the workbook, chart sheets counted."""
    listed = element("sheets").search(xml)
    names = [
        attributes(match[1]).get("name") for match in element("sheet").finditer((listed[2] if listed else b"") or b"")
    ]
    return names.index(sheet)
