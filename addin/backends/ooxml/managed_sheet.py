"""The tool's own sheets (Findings, Conflicts …): made where they are missing, else only their contents replaced."""

from __future__ import annotations

import re
from collections.abc import Callable

from addin.backends.ooxml.formulas import area_text, letters
from addin.backends.ooxml.markup import attributes, element, escape
from addin.backends.ooxml.order import child_of, with_child, without
from addin.backends.ooxml.scan import sheet_data
from addin.backends.ooxml.styles import Styles
from addin.backends.ooxml.values import content, kind_of, same, storable
from addin.core.book import OwnSheet, Value, trimmed
from addin.core.regex import regex

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINE = 15
"""Points that one line of text takes."""
SIMPLE_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*")
NEW_SHEET = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><sheetData></sheetData>'
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
).encode()


_FROM_THE_RIGHT = regex(rb"<(?:\w+:)?sheetView\b[^>]*\srightToLeft=[\"'](?:1|true)[\"']")


def is_right_to_left(xml: bytes) -> bool:
    """Whether a sheet begins at the right, as in Arabic and Hebrew workbooks."""
    return bool(_FROM_THE_RIGHT.search(xml[: xml.find(b"sheetData")]))


def new_sheet(*, is_right_to_left: bool) -> bytes:
    """A blank sheet with a frozen header; it begins at the right where the workbook's first sheet does."""
    if not is_right_to_left:
        return NEW_SHEET
    return NEW_SHEET.replace(b"<sheetView ", b'<sheetView rightToLeft="1" ')


def sheet_with(xml: bytes, own: OwnSheet, styles: Styles, since_1904: bool) -> bytes:
    """The sheet with this content; its views, formats, print settings and everything else stay."""
    data = b"<sheetData>" + _rows(own, styles, since_1904) + b"</sheetData>"
    end = sheet_data(xml, "")[1]
    begin = xml.index(b"<sheetData")
    close = xml.find(b">", end) + 1 if xml.startswith(b"</sheetData", end) else end
    xml = xml[:begin] + data + xml[close:]
    xml = with_child(xml, "dimension", f'<dimension ref="{_everything(own)}"/>'.encode())
    xml = with_child(xml, "cols", _columns(own)) if own.widths else xml
    xml = with_child(xml, "autoFilter", f'<autoFilter ref="{whole(own)}"/>'.encode()) if own.rows else xml
    xml = with_child(xml, "dataValidations", _choices(own)) if own.drop_downs() else without(xml, "dataValidations")
    links = _links(own)
    return with_child(xml, "hyperlinks", links) if links else without(xml, "hyperlinks")


def _everything(own: OwnSheet) -> str:
    """The area of all cells, with those beside the table."""
    return area_text(1, 1, max(len(own.rows), 1), max([1, *map(len, own.rows)]))


def whole(own: OwnSheet) -> str:
    """The area that the sheet's table takes, such as `A1:D9`."""
    return area_text(1, 1, max(len(own.rows), 1), max(1, own.width))


def holds(xml: bytes, values: list[list[Value]], own: OwnSheet, since_1904: bool) -> bool:
    """Whether the sheet already says what it should, whoever saved it last."""
    wanted = [[storable(value, since_1904) for value in row] for row in own.rows]
    wanted = trimmed(wanted)
    if len(wanted) != len(values) or any(len(one) != len(two) for one, two in zip(wanted, values, strict=True)):
        return False
    cells = (pair for one, two in zip(wanted, values, strict=True) for pair in zip(one, two, strict=True))
    return all(same(one, two) for one, two in cells) and _links_of(xml) == _link_map(own) and _hidden(xml) >= _hide(own)


def _rows(own: OwnSheet, styles: Styles, since_1904: bool) -> bytes:
    style = _styler(own, styles)
    made: tuple[dict[object, str], dict[object, str]] = ({}, {})  # most cells of a column hold what others hold, too
    width = max((len(row) for row in own.rows), default=0)
    columns = [(column, letters(column), made[column in own.wrapped]) for column in range(1, width + 1)]
    linked = {row for row, _ in own.links}
    pieces = []
    for number, row in enumerate(own.rows, 1):
        line = []
        links = own.links if number in linked else ()
        for (column, name, known), given in zip(columns, row, strict=False):
            if given is None:
                continue
            kind = type(given)
            key = given if kind is str else (kind, given)
            is_usual = number > 1 and kind is not float and (number, column) not in links  # 0.0 is -0.0
            rest = known.get(key) if is_usual else None
            if rest is None:
                value = storable(given, since_1904)
                attribute, inner = content(value, since_1904)
                index = style(number, column, value)
                mark = f' s="{index}"' if index else ""
                rest = f"{mark}{attribute}>{inner}</c>"
                if is_usual:
                    known[key] = rest
            line.append(f'<c r="{name}{number}"{rest}')
        if line:
            lines = own.lines_of(number) if own.wrapped and number > 1 else 1
            height = f' ht="{LINE * lines:g}" customHeight="1"' if lines > 1 else ""
            pieces.append(f'<row r="{number}"{height}>{"".join(line)}</row>')
    return "".join(pieces).encode()


def _styler(own: OwnSheet, styles: Styles) -> Callable[[int, int, Value], int]:
    """Which style a cell of the sheet takes: bold header, blue links, dates that show as dates."""
    known: dict[str, int] = {}
    aligned: dict[tuple[str, bool], int] = {}

    def style(row: int, column: int, value: Value) -> int:
        if (row, column) in own.links:
            name = "link"
        elif row == 1:
            name = "header"
        else:
            name = _kind_name(value)
        if name not in known:
            makers = {"header": styles.bold, "link": styles.link}
            known[name] = makers[name]() if name in makers else styles.with_kind(0, name)
        if not own.wrapped or row == 1:
            return known[name]
        wrap = column in own.wrapped
        if (name, wrap) not in aligned:
            aligned[name, wrap] = styles.from_the_top(known[name], wrap=wrap)
        return aligned[name, wrap]

    return style


def _kind_name(value: Value) -> str:
    return "" if value is None or isinstance(value, bool | int | float | str) else kind_of(value)


def _columns(own: OwnSheet) -> bytes:
    lines = []
    for number, width in enumerate(own.widths, 1):
        hidden = ' hidden="1"' if width == 0 else ""
        lines.append(f'<col min="{number}" max="{number}" width="{width or 9:g}" customWidth="1"{hidden}/>')
    return f"<cols>{''.join(lines)}</cols>".encode()


def _choices(own: OwnSheet) -> bytes:
    """The drop-downs, with a message for whoever types something else."""
    lines = [
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        f'sqref="{area_text(place.top, place.left, place.bottom, place.right)}">'
        f"<formula1>{escape(chr(34) + ','.join(words) + chr(34))}</formula1></dataValidation>"
        for place, words in own.drop_downs()
    ]
    return f'<dataValidations count="{len(lines)}">{"".join(lines)}</dataValidations>'.encode()


def _hide(own: OwnSheet) -> set[int]:
    return {number for number, width in enumerate(own.widths, 1) if width == 0}


def _hidden(xml: bytes) -> set[int]:
    found = set()
    for match in element("col").finditer(child_of(xml, "cols")):
        words = attributes(match[1])
        if words.get("hidden") in ("1", "true"):
            found |= set(range(int(words["min"]), min(int(words["max"]), 1000) + 1))
    return found


def _link_map(own: OwnSheet) -> dict[str, str]:
    return {area_text(row, column, row, column): _location(target) for (row, column), target in own.links.items()}


def _links(own: OwnSheet) -> bytes:
    lines = [f'<hyperlink ref="{ref}" location="{escape(target)}"/>' for ref, target in sorted(_link_map(own).items())]
    return f"<hyperlinks>{''.join(lines)}</hyperlinks>".encode() if lines else b""


def _links_of(xml: bytes) -> dict[str, str]:
    found = {}
    for match in element("hyperlink").finditer(child_of(xml, "hyperlinks")):
        words = attributes(match[1])
        found[words.get("ref", "")] = words.get("location", "")
    return found


def _location(target: str) -> str:
    """`CAS!D17` as a link needs it: a sheet's name that is not one plain word is quoted."""
    sheet, mark, cell = target.rpartition("!")
    if not mark or sheet.startswith("'"):
        return target
    plain = SIMPLE_NAME.fullmatch(sheet) and not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", sheet)
    return target if plain else "'" + sheet.replace("'", "''") + f"'!{cell}"
