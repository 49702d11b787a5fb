"""The parts of a redacted copy, put together again: workbook, styles, sheets and native tables."""

from __future__ import annotations

import zipfile
from io import BytesIO

from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.managed_sheet import MAIN
from addin.backends.ooxml.markup import attributes, element, escape
from addin.backends.ooxml.styles import MINIMAL
from addin.backends.ooxml.tables import NativeTable
from addin.backends.ooxml.values import attribute_text
from addin.core.regex import regex
from addin.exporters.redacted.sheets import CopiedSheet, sheet_xml, table_area
from addin.exporters.redacted.styles import redacted_styles

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NO_DATE = (1980, 1, 1, 0, 0, 0)
BUILT_IN_TABLE = regex(r"TableStyle(?:Light|Medium|Dark)\d{1,2}")


def packed(file: OpenFile, sheets: list[CopiedSheet]) -> bytes:
    """The bytes of the copy."""
    parts: dict[str, bytes] = {}
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    number = 0
    for place, sheet in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{place}.xml"
        targets = []
        for table in sheet.tables:
            number += 1
            part = f"xl/tables/table{number}.xml"
            parts[part] = _table(file, sheet, table, number)
            kinds[part] = "table"
            targets.append(("table", f"/{part}"))
        kinds[name] = "worksheet"
        parts[name] = sheet_xml(file, sheet, [f"rId{n}" for n in range(1, len(targets) + 1)])
        if targets:
            parts[f"xl/worksheets/_rels/sheet{place}.xml.rels"] = _relations(targets)
    parts["xl/styles.xml"] = _styles(file)
    parts["xl/workbook.xml"] = _workbook(file, sheets)
    links = [("worksheet", f"/xl/worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)]
    parts["xl/_rels/workbook.xml.rels"] = _relations([*links, ("styles", "/xl/styles.xml")])
    parts["_rels/.rels"] = _relations([("officeDocument", "/xl/workbook.xml")])
    return _zipped({"[Content_Types].xml": _types(kinds), **parts})


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The archive; it does not say when it was made, or by which program."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return data.getvalue()


def _types(kinds: dict[str, str]) -> bytes:
    lines = "".join(f'<Override PartName="/{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in kinds.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    ).encode()


def _relations(targets: list[tuple[str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def _workbook(file: OpenFile, sheets: list[CopiedSheet]) -> bytes:
    lines = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    calendar = '<workbookPr date1904="1"/>' if file.workbook.since_1904 else ""
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{calendar}<sheets>{lines}</sheets></workbook>'.encode()


def _table(file: OpenFile, sheet: CopiedSheet, table: NativeTable, number: int) -> bytes:
    """A native table without filters, formulas and totals."""
    top, left, _, right, _ = table.area
    ref = table_area(table)
    columns = "".join(
        f'<tableColumn id="{place}" name="{attribute_text(str(sheet.values[top, column]))}"/>'
        for place, column in enumerate(range(left, right + 1), 1)
    )
    style = element("tableStyleInfo").search(file.package.part(table.part))
    name = attributes(style[1]).get("name", "") if style else ""
    look = f'<tableStyleInfo name="{name}" showRowStripes="1"/>' if BUILT_IN_TABLE.fullmatch(name) else ""
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="{number}" name="Table{number}" displayName="Table{number}" ref="{ref}" '
        f'totalsRowShown="0"><autoFilter ref="{ref}"/><tableColumns count="{right - left + 1}">{columns}</tableColumns>'
        f"{look}</table>"
    ).encode()


def _styles(file: OpenFile) -> bytes:
    part = file.workbook.one("styles")
    return redacted_styles(file.package.part(part)) if part else MINIMAL
