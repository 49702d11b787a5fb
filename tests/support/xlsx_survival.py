"""A workbook with everything a school's workbook may hold: built by XlsxWriter, completed by hand part by part."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import xlsxwriter
from xlsx_books import parts, with_parts

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
VBA = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 8  # what is in it does not matter: it must stay


def png() -> bytes:
    """A picture of one red point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixel + chunk(b"IEND", b"")


def survival_book(path: Path) -> Path:
    """The workbook: sheets CAS (a table and all that can stand around it), Lists, Home."""
    (path.parent / "point.png").write_bytes(png())
    (path.parent / "vbaProject.bin").write_bytes(VBA)
    book = xlsxwriter.Workbook(path)
    book.add_vba_project(str(path.parent / "vbaProject.bin"))
    book.set_custom_property("School", "Example")
    book.set_properties({"title": "Trackers"})
    cas, lists, home = (book.add_worksheet(name) for name in ("CAS", "Lists", "Home"))
    _fill_cas(book, cas, str(path.parent / "point.png"))
    lists.write_column("A1", ["strand", "Creativity", "Activity", "Service"])
    book.define_name("Strands", "=Lists!$A$2:$A$4")
    _fill_home(book, home, str(path.parent / "point.png"))
    book.close()
    return with_parts(path, _surgery(parts(path)))


def _fill_cas(book, cas, picture: str) -> None:
    dates = book.add_format({"num_format": "dd.mm.yyyy", "bg_color": "#EEEEEE", "border": 1})
    cas.add_table(
        "A1:F6",
        {"name": "Entries", "columns": [{"header": h} for h in ("entry", "strand", "start", "hours", "done")]
         + [{"header": "double", "formula": "=[@hours]*2"}]},
    )  # fmt: skip
    for row in range(1, 6):
        cas.write_row(row, 0, [f"E{row}", "Service"])
        cas.write_number(row, 2, 46000 + row, dates)
        cas.write_number(row, 3, row)
        cas.write_boolean(row, 4, row % 2 == 0)
        cas.write_formula(row, 5, "=Entries[[#This Row],[hours]]*2", None, row * 2)
    cas.data_validation("B2:B6", {"validate": "list", "source": "=Strands"})
    cas.data_validation("D2:D6", {"validate": "decimal", "criteria": ">=", "value": 0})
    cas.conditional_format("D2:D6", {"type": "data_bar", "data_bar_2010": True})
    bold = book.add_format({"bold": 1})
    cas.conditional_format("E2:E6", {"type": "cell", "criteria": "==", "value": "FALSE", "format": bold})
    cas.write_comment("A2", "a person's note", {"author": "Ms Kim", "visible": True})
    cas.insert_button("I2", {"macro": "validate", "caption": "Validate"})
    cas.insert_textbox("I6", "how to use this sheet")
    cas.insert_checkbox("J2", True)
    cas.insert_image("K2", picture)
    cas.embed_image("L2", picture)
    cas.write_rich_string("M2", "half ", bold, "bold", " text")
    cas.write_dynamic_array_formula("N2", "=UNIQUE(B2:B6)", None, "Service")
    cas.add_sparkline("O2", {"range": "CAS!D2:D6"})
    cas.set_header("&C&G", {"image_center": picture})
    cas.set_background(picture)
    cas.protect("", {"format_cells": True})
    cas.unprotect_range("A2:E6", "entries")
    cas.ignore_errors({"number_stored_as_text": "A1:A6"})
    cas.freeze_panes(1, 0)


def _fill_home(book, home, picture: str) -> None:
    home.write_formula("A1", "=COUNTA(Entries[entry])", None, 5)
    home.write_formula("A2", "=SUM(CAS!D2:D6)", None, 15)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=CAS!$D$2:$D$6"})
    home.insert_chart("C3", chart)
    home.write_url("A4", "https://example.org/")
    home.insert_button("I2", {"macro": "report", "caption": "Report"})
    book.add_chartsheet("Chart").set_chart(chart2 := book.add_chart({"type": "pie"}))
    chart2.add_series({"values": "=CAS!$D$2:$D$6"})


THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="B3" dT="2026-01-02T03:04:05.00" personId="{1}" id="{2}"><text>Is this Service?</text>'
    '</threadedComment><threadedComment ref="B3" dT="2026-01-02T03:05:05.00" personId="{1}" id="{3}" parentId="{2}">'
    "<text>Yes.</text></threadedComment></ThreadedComments>"
)
CHAIN = (
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<c r="F2" i="1"/><c r="A1" i="3"/></calcChain>'
)
SHEET1, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
EXCEL, X14 = "application/vnd.ms-excel", f"{MS}/spreadsheetml/2009/9/main"
PERSONS = '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXTRA: dict[str, tuple[str, str, str, str]] = {
    # part: (pointed to by, kind of relationship, content type or "", content)
    "customUI/customUI14.xml": ("", f"{MS}/2007/relationships/ui/extensibility", "", '<customUI xmlns="urn:x"/>'),
    "xl/threadedComments/threadedComment1.xml": (
        (SHEET1, f"{MS}/2017/10/relationships/threadedComment", f"{EXCEL}.threadedcomments+xml", THREADS)
    ),
    "xl/persons/person.xml": (BOOK, f"{MS}/2017/10/relationships/person", f"{EXCEL}.person+xml", PERSONS),
    "xl/slicerCaches/slicerCache1.xml": (
        (BOOK, f"{MS}/2007/relationships/slicerCache", f"{EXCEL}.slicerCache+xml", f'<c xmlns="{X14}" name="S"/>')
    ),
    "xl/slicers/slicer1.xml": (
        (SHEET1, f"{MS}/2007/relationships/slicer", f"{EXCEL}.slicer+xml", f'<slicers xmlns="{X14}"/>')
    ),
    "xl/ctrlProps/ctrlProp1.xml": (
        (SHEET1, f"{OFFICE}/ctrlProp", f"{EXCEL}.controlproperties+xml", f'<formControlPr xmlns="{X14}"/>')
    ),
    "xl/printerSettings/printerSettings1.bin": (
        (SHEET1, f"{OFFICE}/printerSettings", f"{SPREADSHEET}.printerSettings", "\0\1")
    ),
    "xl/pivotCache/pivotCacheDefinition9.xml": (
        (BOOK, f"{OFFICE}/pivotCacheDefinition", f"{SPREADSHEET}.pivotCacheDefinition+xml", "<pivotCacheDefinition/>")
    ),
    "customXml/item1.xml": (BOOK, f"{OFFICE}/customXml", "", "<labels/>"),
    "xl/calcChain.xml": (BOOK, f"{OFFICE}/calcChain", f"{SPREADSHEET}.calcChain+xml", CHAIN),
}

X14_LIST = (
    '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>Lists!$A$2:$A$4</xm:f></x14:formula1><xm:sqref>A2:A6</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


def _surgery(old: dict[str, bytes]) -> dict[str, bytes]:
    """What XlsxWriter does not write: ribbon, threads, slicers, control properties, printer settings, labels."""
    new: dict[str, bytes] = {}
    types = old["[Content_Types].xml"].decode()
    for number, (name, (owner, kind, content_type, content)) in enumerate(EXTRA.items(), 900):
        new[name] = content.encode()
        folder, _, leaf = owner.rpartition("/")
        rels = f"{folder}/_rels/{leaf}.rels".lstrip("/") if owner else "_rels/.rels"
        xml = new.get(rels, old.get(rels, b"")).decode()
        line = f'<Relationship Id="rId{number}" Type="{kind}" Target="/{name}"/></Relationships>'
        new[rels] = xml.replace("</Relationships>", line).encode()
        if content_type:
            types = types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>')
    new["[Content_Types].xml"] = types.encode()
    sheet = old["xl/worksheets/sheet1.xml"].decode()
    new["xl/worksheets/sheet1.xml"] = sheet.replace("</extLst>", X14_LIST).encode()
    return new
