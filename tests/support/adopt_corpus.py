# ruff: noqa: E501 - the rows of these workbooks are read best as rows
"""Workbooks as coordinators really build them, made by different programs; each says what adopt must make of it.

A `Case` names the sheets that are trackers (and how many rows they have), those that are none, and the cells that
Validate must find wrong. Everything else of the workbook must stay as it is.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from xlsx_books import parts, with_parts
from xlsx_handmade import handmade


@dataclass(frozen=True)
class Case:
    """One person's workbook and what is true of it."""

    name: str
    build: Callable[[Path], Path]
    trackers: Mapping[str, tuple[str, int, int]]
    """sheet -> (tracker, header row, rows)"""
    left_alone: Mapping[str, str] = field(default_factory=dict)
    """sheet -> a part of the reason that is given"""
    wrong: frozenset[tuple[str, str]] = frozenset()
    """(sheet, cell) of level error that stand wrong in it: no more and no fewer"""
    says: tuple[str, ...] = ()
    """Parts of what `adopt` prints."""
    findings: str = "Findings"
    added: Mapping[str, str] = field(default_factory=dict)
    """Header -> value of the columns that adopt adds, as the title says what is in them."""


PEOPLE = [
    ("0012", "Ito", "Aya", date(2009, 1, 2), "M27", "D"),
    ("0013", "Bø", "Ann Marie", date(2009, 3, 4), "M27", "D"),
    ("0014", "Díaz", "José", date(2009, 5, 6), "M27", "C"),
    ("0015", "O'Neill", "Seán", date(2008, 11, 30), "M27", "A"),
    ("0016", "王", "芳", date(2009, 8, 9), "M27", "D"),
]


def classes(path: Path) -> Path:
    """openpyxl: a tab per class, merged school banner, other column order, own columns, notes and totals below."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, part in (("12A", PEOPLE[:3]), ("12B", PEOPLE[3:])):
        sheet = book.create_sheet(name)
        sheet["A1"] = "Riverside International School"
        sheet.merge_cells("A1:H1")
        sheet["A1"].font = Font(bold=True, size=16, color="FFFFFF")
        sheet["A1"].fill = PatternFill("solid", fgColor="1F4E78")
        sheet["A1"].alignment = Alignment(horizontal="center")
        sheet["A2"] = f"IB DP class {name}"
        sheet.append([])
        sheet.append(["No.", "Surname", "First name", "Locker", "D.O.B.", "Exam session", "Cat", "Student ID"])
        for cell in sheet[4]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")
        for number, (code, last, first, born, session, category) in enumerate(part, 1):
            sheet.append([number, last, first, 40 + number, born, session, category, code])
        sheet.append([])
        sheet.append([None, "Total students", None, None, None, None, None, len(part)])
        sheet.append([])
        sheet.append([None, "Updated 12 September by JS"])
        sheet.freeze_panes = "D5"
        sheet.column_dimensions["B"].width = 23.5
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[1].height = 30
        sheet.print_title_rows = "4:4"
    book["12A"]["G7"] = "X"  # no such category
    book["12B"]["E5"] = "31/02/2009"
    budget = book.create_sheet("Budget")
    for row in (["Item", "Quantity", "Unit cost", "Total"], ["Paper", 12, 4.5, "=B2*C2"], ["Ink", 2, 30, "=B3*C3"]):
        budget.append(row)
    book.save(path)
    return path


def cas_log(path: Path) -> Path:
    """XlsxWriter: an autofilter, text dates, blank rows between, conditional format, comment, a chart, a hidden column."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("CAS log")
    bold, day = book.add_format({"bold": True, "bg_color": "#FFD966"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "CAS log 2025-27", bold)
    head = ["Student ID", "Activity", "Type of CAS", "From", "To", "Hrs", "LOs", "Status", "Kind", "Reflection?"]
    for column, header in enumerate(head):
        sheet.write(2, column, header, bold)
    rows: list[list[object]] = [
        [
            "0012",
            "Choir",
            "Creativity",
            datetime(2025, 9, 1),
            datetime(2026, 5, 1),
            30,
            "LO1; LO2",
            "Complete",
            "Series",
        ],
        ["0013", "Beach clean", "Service", datetime(2025, 10, 3), None, -4, "LO3", "Approved", "Experience"],
        [],
        ["0014", "Hockey", "Sport", datetime(2025, 9, 5), None, 12, "LO1", "Approved", "Series"],
        ["0012", "Fundraising run", "Activity, Service", "03/04/2026", None, 3, "LO4", "Draft", "Experience"],
        [],
        ["0013", "First interview", None, datetime(2025, 9, 30), None, None, None, "Done", "Interview"],
    ]
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            sheet.write(number, column, value, day if isinstance(value, datetime) else None)
    sheet.autofilter(2, 0, 9, 9)
    sheet.set_column("G:G", 12, None, {"hidden": True})
    sheet.conditional_format("F4:F10", {"type": "data_bar"})
    sheet.write_comment("B5", "ask Ms Ito")
    sheet.freeze_panes(3, 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='CAS log'!$F$4:$F$10"})
    sheet.insert_chart("L3", chart)
    lists = book.add_worksheet("Lists")
    lists.write_column(0, 0, ["Rooms", "B12", "B13"])
    book.close()
    return path


def registrations(path: Path) -> Path:
    """openpyxl, then LibreOffice: group headings above the headers, cells merged downwards, codes as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Subject choices"
    sheet["A1"] = "May 2027 subject choices"
    sheet.append([])
    sheet.append(["Student no", "Registration", None, None, "Teaching", None])
    sheet.append([None, "Course", "HL/SL", "Language", "Teacher", "Block"])
    for area in ("A3:A4", "B3:D3", "E3:F3"):
        sheet.merge_cells(area)
    rows = [
        [12, "Biology", "HL", "English", "Ms Ray", "A"],
        [12, "Physics", "HL", "English", "Mr Lee", "B"],
        [13, "Bilogy", "HL", "English", "Ms Ray", "A"],
        [14, "Chemistry", "XL", "English", "Ms Fox", "C"],
    ]
    for row in rows:
        sheet.append(row)
    sheet.cell(10, 1, "D = decided, T = to be talked about")
    book.save(path.with_name("by hand.xlsx"))
    return converted(path.with_name("by hand.xlsx"), path)


def converted(source: Path, path: Path) -> Path:
    """The workbook as LibreOffice writes it."""
    out = path.with_name("converted")
    as_libreoffice_has_it([source], out)
    source.unlink()
    return (out / source.name).replace(path)


def as_libreoffice_has_it(books: Sequence[Path], out: Path) -> None:
    """Opens the workbooks in LibreOffice, in one start of the program, and saves them anew in `out`."""
    profile = out.with_name("profile").resolve().as_uri()
    to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", *to, *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)


def numbers_app(path: Path) -> Path:
    """By hand: inline strings only, no shared strings, no cell styles on text: as Numbers and web tools write."""

    def line(number: int, *values: object) -> str:
        cells = ""
        for letter, value in zip("ABCDEFGH", values, strict=False):
            if isinstance(value, str):
                cells += f'<c r="{letter}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
            elif value is not None:
                cells += f'<c r="{letter}{number}" s="{int(value > 40_000)}"><v>{value}</v></c>'
        return f'<row r="{number}">{cells}</row>'

    rows = line(1, "Table 1") + line(
        2, "Teacher", "Position", "IB program", "Workshop title", "Cat.", "Date", "Status", "Room mate"
    )
    rows += line(3, "Ray, Ann", "DP coordinator", "DP", "Biology", 1, 45_931, "Attended", "no")
    rows += line(4, "Lee, Bo", "Subject teacher", "DP", "History", 7, 45_932, "Attended")
    rows += line(5, "Fox, Cy", "Astronaut", "DP", "Chemistry", 2, 45_933, "Booked")
    path = handmade(path, rows, settings="")
    workbook = parts(path)["xl/workbook.xml"].replace(b'name="Data"', b'name="Staff training"')
    return with_parts(path, {"xl/workbook.xml": workbook})


def own_table(path: Path) -> Path:
    """openpyxl: a native table in the person's own style with a drop-down, beside it a key; a sheet called Findings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Book list"
    sheet["B2"] = "Library of the IB office"
    sheet.append([])
    head = ["Barcode", "Book title", "Qty", "Room", "Borrower", "Due back", "Tracked by", "Shelf colour"]
    rows = [
        ["000123", "Biology companion", 1, "B12", "0012", date(2027, 5, 1), "Copy", "red"],
        ["000124", "History", 30, "B13", None, None, "Quantity", "blue"],
        ["000124", "Chemistry", -2, "B13", None, None, "Quantity", "blue"],
    ]
    for number, row in enumerate([head, *rows], 4):
        for column, value in enumerate(row, 2):
            sheet.cell(number, column, value)
    table = Table(displayName="Books", ref="B4:I7")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleDark3", showRowStripes=True)
    sheet.add_table(table)
    choice = DataValidation(type="list", formula1='"red,blue"', allow_blank=True)
    choice.add("I5:I7")
    sheet.add_data_validation(choice)
    sheet["L4"], sheet["L5"] = "Key", "red: fiction"
    own = book.create_sheet("Findings")
    own["A1"], own["A2"], own["B2"] = "Findings of the science department", "Lab 2", "too cold"
    home = book.create_sheet("Home")
    home["A1"] = "Welcome"
    book.save(path)
    return path


def macro_book(path: Path) -> Path:
    """XlsxWriter, .xlsm: macros, a protected sheet, an overview tab."""
    macros = path.with_name("vbaProject.bin")
    macros.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    book = xlsxwriter.Workbook(path)
    book.add_vba_project(str(macros))
    sheet = book.add_worksheet("Students")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    head = ["Student ID", "Last name", "First name", "Homeroom", "E-mail", "DOB", "Session", "Category", "House"]
    sheet.write_row(0, 0, head)
    for number, (code, last, first, born, session, category) in enumerate(PEOPLE, 1):
        sheet.write_row(number, 0, [code, last, first, "12A", f"s{code}@school.example"])
        sheet.write_datetime(number, 5, datetime(born.year, born.month, born.day), day)
        sheet.write_row(number, 6, [session, category, "red"])
    sheet.write(5, 4, "not an address")
    sheet.protect("secret")
    seen = book.add_worksheet("All")
    seen.write_row(0, 0, ["Student ID", "Homeroom", "E-mail", "DOB", "Session"])
    for number in range(5):
        for column, letter in enumerate("ADEFG"):
            seen.write_formula(number + 1, column, f"=Students!{letter}{number + 2}", None, "x")
    book.close()
    macros.unlink()
    return path


def managebac(path: Path) -> Path:
    """As a school information system exports: terse headers, everything text, ids as numbers in text, one sheet."""
    head = [
        "uniq_student_id",
        "Student",
        "Experience name",
        "Strands",
        "Learning outcomes",
        "startDate",
        "endDate",
        "Hours logged",
        "Approval status",
        "Experience type",
        "Experience ID",
    ]
    rows = [
        ["10021", "Ito, Aya", "Choir", "Creativity", "LO1, LO2", "2025-09-01", "2026-05-01", "30", "Complete", "Series", "9001"],
        ["10022", "Bø, Ann", "Run", "Activity", "LO1", "2025-10-01", "2025-09-01", "3", "Complete", "Experience", "9002"],
        ["10023", "Díaz, José", "Tutoring", "Service", "LO9", "2025-10-01", "", "x", "Approved", "Series", "9003"],
    ]  # fmt: skip
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("export_20261101")
    for row in (head, *rows):
        sheet.append(row)
    book.save(path)
    return path


def google_download(path: Path) -> Path:
    """As Google writes its download: 1,000 formatted empty rows, a banner merged across between the rows, headers twice."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Candidate list"
    head = [
        "Candidate no",
        "Student code",
        "Family name",
        "Given names",
        "Date of birth",
        "Exam session",
        "Pathway",
        "Advisor",
    ]
    sheet.append(head)
    number = 2
    for title, part in (("Year 12", PEOPLE[:2]), ("Year 13", PEOPLE[2:])):
        sheet.cell(number, 1, title)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=8)
        for column, header in enumerate(head, 1):
            sheet.cell(number + 1, column, header)
        number += 2
        for code, last, first, born, session, category in part:
            for column, value in enumerate([f"{number:04d}", code, last, first, born, session, category, "Ms Ray"], 1):
                sheet.cell(number, column, value)
            number += 1
    for row in range(number, 1000):
        sheet.cell(row, 1).number_format = "@"
    sheet.cell(5, 1, "12")
    book.save(path)
    return path


CASES = [
    Case(
        "classes", classes,
        {"12A": ("candidates", 4, 3), "12B": ("candidates", 4, 2)}, {"Budget": "too little"},
        frozenset({("12A", "G7"), ("12B", "E5")}), ("12A: 3 rows, 3 new row ids",),
    ),
    Case(
        "cas log", cas_log,
        {"CAS log": ("cas", 3, 5)}, {"Lists": ""},
        frozenset({("CAS log", "F5"), ("CAS log", "D8"), ("CAS log", "A3"), ("CAS log", "H10")}),
        ("still needed: Entry",),
    ),
    Case(
        "registrations", registrations,
        {"Subject choices": ("registrations", 4, 4)}, {},
        frozenset({("Subject choices", "B6"), ("Subject choices", "B7"), ("Subject choices", "C8")}),
        ("no native table, as cells in it are merged", "a new column Session holds M27 in each row"), added={"Session": "M27"},
    ),
    Case(
        "numbers", numbers_app,
        {"Staff training": ("pd", 2, 3)}, {},
        frozenset({("Staff training", "E4"), ("Staff training", "B5")}),
    ),
    Case(
        "own table", own_table,
        {"Book list": ("inventory", 4, 3)}, {"Findings": ""},
        frozenset({("Book list", "D7"), ("Book list", "B6"), ("Book list", "B7")}), (), "Findings (IB Trackers)",
    ),
    Case(
        "macros", macro_book,
        {"Students": ("candidates", 1, 5)},
        {"All": "formulas"}, frozenset({("Students", "E6")}),
    ),
    Case(
        "managebac", managebac,
        {"export_20261101": ("cas", 1, 3)}, {},
        frozenset({("export_20261101", "G3"), ("export_20261101", "E4"), ("export_20261101", "H4")}),
    ),
    Case(
        "google", google_download,
        {"Candidate list": ("candidates", 1, 5)}, {}, frozenset({("Candidate list", "A5")}),
    ),
]  # fmt: skip
