"""IBIS templates, built in different ways: filled cells right, every other part byte for byte, problems said."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from xlsx_books import build, parts, with_parts

from addin.cli.main import main

BORN = date(2009, 3, 14)
HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date", "Left on", "Session number"]
ANNA = ["000123", "Novák", "Anna", "M27", "D", BORN, None, "0001"]
PEOPLE = [
    HEAD,
    ANNA,
    ["000124", "Gone", "Gil", "M27", "D", BORN, date(2026, 1, 31), "0002"],
    ["000125", "Later", "Lou", "M28", "D", BORN, None, "0003"],
    ["000126", "O'Brien", "Bø", "M27", "C", date(2008, 12, 1), None, "0004"],
]
LINES = [
    ["Candidate", "Session", "Category", "Subject", "Level", "Response language", "Contributing", "Status"],
    ["000123", "M27", "D", "Biology", "HL", "English", True, None],
    ["000123", "M27", "D", "French B", "SL", "French", True, "Withdrawn"],
    ["000126", "M27", "C", "Physics", "SL", "English", False, None],
]
GRADES = [
    ["Candidate", "Session", "Subject", "Level", "Predicted grade"],
    ["000123", "M27", "Biology", "HL", "6"],
    ["000126", "M27", "Theory of Knowledge", "TK", "B"],
]
Fill = Callable[..., int]


def school(folder: Path, people: list = PEOPLE, lines: list = LINES, grades: list = GRADES) -> Path:
    (folder / "ib-trackers.toml").write_text('session = "M27"\n', encoding="utf-8")
    return build(folder / "School.xlsx", {"Candidates": people, "Registrations": lines, "Predicted grades": grades}, {})


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    school(tmp_path)

    def run(*more: str) -> int:
        names = [str(tmp_path / name) for name in ("School.xlsx", "Template.xlsx", "Filled.xlsx")]
        return main(["export", names[0], "--to", "ibis", "--template", names[1], "--out", names[2], *more])

    return run


def filled(folder: Path, sheet: str, area: str) -> list[list[object]]:
    """The filled cells; and all parts but that of the sheet are those of the template."""
    before, after = parts(folder / "Template.xlsx"), parts(folder / "Filled.xlsx")
    assert list(before) == list(after)
    different = [name for name in before if before[name] != after[name]]
    assert len(different) == 1
    assert different[0].startswith("xl/worksheets/")
    assert stat.S_IMODE((folder / "Filled.xlsx").stat().st_mode) == 0o600
    cells = openpyxl.load_workbook(folder / "Filled.xlsx")[sheet][area]
    return [[cell.value for cell in row] for row in cells]


def simple(folder: Path, headers: list, format_: str = "General", rows: list | None = None) -> None:
    """A template with one row of headers; its column of birth dates has this number format."""
    book = xlsxwriter.Workbook(folder / "Template.xlsx")
    sheet = book.add_worksheet("Upload")
    sheet.write_row(0, 0, headers)
    for number, line in enumerate(rows or [], 1):
        sheet.write_row(number, 0, line)
    for number, header in enumerate(headers):
        if "birth" in header.lower():
            sheet.set_column(number, number, 12, book.add_format({"num_format": format_}))
    book.close()


def test_two_header_rows_protected_with_drop_downs(tmp_path: Path, fill: Fill) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Candidates upload"
    sheet.append(["Candidate registration, May 2027"])
    sheet.append(["Candidate", None, None, "Registration"])
    sheet.merge_cells("A2:C2")
    sheet.append(["Surname*", "Given names*", "Date of birth", "Category", "Examination session"])
    sheet.append(["Mandatory", "Mandatory", "DD/MM/YYYY", "Optional", "Mandatory"])
    for row in range(5, 40):
        for column in range(1, 6):
            sheet.cell(row, column).protection = Protection(locked=False)
        sheet.cell(row, 3).number_format = "dd/mm/yyyy"
    kinds = DataValidation(type="list", formula1='"Diploma,Course,Retake"')
    sessions = DataValidation(type="list", formula1="Words!$A$1:$A$2")
    sheet.add_data_validation(kinds)
    sheet.add_data_validation(sessions)
    kinds.add("D5:D39")
    sessions.add("E5:E39")
    sheet.protection.sheet = True
    words = book.create_sheet("Words")
    words.append(["May 2027"])
    words.append(["November 2027"])
    words.sheet_state = "hidden"
    book.save(tmp_path / "Template.xlsx")
    assert fill() == 0
    rows = filled(tmp_path, "Candidates upload", "A5:E7")
    assert [row[:2] + row[3:] for row in rows] == [
        ["Novák", "Anna", "Diploma", "May 2027"], ["O'Brien", "Bø", "Course", "May 2027"], [None] * 4,
    ]  # fmt: skip
    made = openpyxl.load_workbook(tmp_path / "Filled.xlsx")["Candidates upload"]
    assert made["C5"].value.date() == BORN
    assert made["C5"].number_format == "dd/mm/yyyy"
    assert made.protection.sheet
    assert not made["A5"].protection.locked
    assert len(made.data_validations.dataValidation) == 2


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Date of birth (DDMMYY)", "140309"),
        ("Birth date MM/DD/YYYY", "03/14/2009"),
        ("DOB [YYYY-MM-DD]", "2009-03-14"),
        ("DOB (day/month/year)", "14/03/2009"),
        ("Birth date DD-MMM-YY", "14-Mar-09"),
        ("Geburtsdatum (TT.MM.JJ)", "14.03.09"),
    ],
)
def test_text_dates_in_the_order_of_the_header(tmp_path: Path, fill: Fill, header: str, text: str, capsys) -> None:
    simple(tmp_path, ["Candidate number", "Family name", "Shoe size", header], "@")
    assert fill() == 1  # one column is not known, which is said
    assert "Left blank, as no column has this name or alias: Shoe size" in capsys.readouterr().out
    assert filled(tmp_path, "Upload", "A2:D2") == [["0001", "Novák", None, text]]


def test_french_headers_on_another_sheet(tmp_path: Path, fill: Fill, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Mode d'emploi"
    sheet = book.create_sheet("Candidats")
    for column, header in enumerate(["Nom de famille", "Prénom (obligatoire)", "Date de naissance JJ/MM/AAAA"], 2):
        sheet.cell(6, column, header)
    book.save(tmp_path / "Template.xlsx")
    assert fill() == 0
    assert filled(tmp_path, "Candidats", "B7:D8") == [["Novák", "Anna", "14/03/2009"], ["O'Brien", "Bø", "01/12/2008"]]
    assert "Date de naissance JJ/MM/AAAA: Birth date (Candidates), DMY" in capsys.readouterr().out


def test_registrations_by_name_code_and_named_range(tmp_path: Path, fill: Fill) -> None:
    book = openpyxl.Workbook()
    lists = book.active
    lists.title = "Lists"
    for word in ("BIOLOGY", "PHYSICS"):
        lists.append([word])
    sheet = book.create_sheet("Subjects")
    sheet.append(["Session number", "Surname", "Subject", "Subject code", "Level", "Contributes"])
    book.defined_names["Taught"] = DefinedName("Taught", attr_text="Lists!$A$1:$A$9")
    for formula, area in (("Taught", "C2:C99"), ('"Higher level,Standard level"', "E2:E99"), ('"Y,N"', "F2:F99")):
        rule = DataValidation(type="list", formula1=formula)
        sheet.add_data_validation(rule)
        rule.add(area)
    book.save(tmp_path / "Template.xlsx")
    assert fill("--tracker", "registrations") == 0
    rows = filled(tmp_path, "Subjects", "A2:F4")
    assert [row[:3] + row[4:] for row in rows] == [
        ["0001", "Novák", "BIOLOGY", "Higher level", "Y"], ["0004", "O'Brien", "PHYSICS", "Standard level", "N"],
        [None] * 5,
    ]  # fmt: skip
    assert str(rows[0][3]).isdigit()


def test_a_native_table_grows_and_headers_say_things_twice(tmp_path: Path, fill: Fill, capsys) -> None:
    book = xlsxwriter.Workbook(tmp_path / "Template.xlsx")
    sheet = book.add_worksheet("Grades")
    headers = ["Candidate session number", "Family name / Surname", "Student's first name(s)", "Predicted grade (1-7)"]
    sheet.add_table(2, 1, 3, 4, {"name": "Upload", "columns": [{"header": header} for header in headers]})
    sheet.data_validation(3, 4, 99, 4, {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 7})
    book.close()
    assert fill("--tracker", "predicted") == 2
    assert "B is not a number, which the template asks for" in capsys.readouterr().err
    school(tmp_path, grades=[*GRADES[:2], ["000126", "M27", "Physics", "SL", "5"]])
    assert fill("--tracker", "predicted") == 0
    made = openpyxl.load_workbook(tmp_path / "Filled.xlsx")["Grades"]
    assert [[cell.value for cell in row] for row in made["B4:E5"]] == [
        ["0001", "Novák", "Anna", 6],
        ["0004", "O'Brien", "Bø", 5],
    ]
    assert made.tables["Upload"].ref == "B3:E5"
    before, after = parts(tmp_path / "Template.xlsx"), parts(tmp_path / "Filled.xlsx")
    assert [name for name in before if before[name] != after[name]] == [
        "xl/worksheets/sheet1.xml",
        "xl/tables/table1.xml",
    ]


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_predicted_grades_with_a_list_in_the_extension(tmp_path: Path, fill: Fill, capsys) -> None:
    simple(tmp_path, ["Candidate code", "Subject", "Level", "Predicted grade"])
    extension = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        b'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1" '
        b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
        b'<x14:formula1><xm:f>"7,6,5,4,3,2,1,A"</xm:f></x14:formula1><xm:sqref>D2:D99</xm:sqref></x14:dataValidation>'
        b"</x14:dataValidations></ext></extLst></worksheet>"
    )
    name = "xl/worksheets/sheet1.xml"
    xml = parts(tmp_path / "Template.xlsx")[name]
    with_parts(tmp_path / "Template.xlsx", {name: xml.replace(b"</worksheet>", extension)})
    assert fill("--tracker", "predicted") == 2
    assert "(000126): Predicted grade: B is not in the template's list" in capsys.readouterr().err
    with_parts(tmp_path / "Template.xlsx", {name: xml.replace(b"</worksheet>", extension.replace(b",A", b",A,B"))})
    assert fill("--tracker", "predicted") == 0
    assert [row[3] for row in filled(tmp_path, "Upload", "A2:D3")] == ["6", "B"]


@pytest.mark.parametrize(
    ("header", "format_", "given", "sentence"),
    [
        ("Birth date", "General", "", "does not say in which order Birth date has day and month"),
        ("Birth date", "mm/dd/yyyy", "dmy", "has dates in the order mdy (Birth date), not dmy"),
        ("Birth date DDMMYY", "General", "MMDDYY", "not mdy"),
        ("Birth date DDMMYY", "mm/dd/yy", "", "dmy"),
        ("Birth date", "General", "dym", "is not known"),
    ],
)
def test_a_date_order_that_is_wrong_or_unknown_stops(
    tmp_path: Path, fill: Fill, header: str, format_: str, given: str, sentence: str, capsys
) -> None:
    simple(tmp_path, ["Surname", header], format_)
    assert fill(*(["--date-order", given] if given else [])) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "Filled.xlsx").exists()


def test_a_given_date_order_is_used(tmp_path: Path, fill: Fill) -> None:
    simple(tmp_path, ["Surname", "Birth date"])
    assert fill("--date-order", "MMDDYY") == 0
    assert filled(tmp_path, "Upload", "B2:B2") == [["03/14/2009"]]


def test_everything_that_is_missing_is_listed_first(tmp_path: Path, fill: Fill, capsys) -> None:
    school(
        tmp_path, [*PEOPLE[:1], [*ANNA[:5], None, None, "0001"], ["000127", None, "Ed", "M27", "D", BORN, None, None]]
    )
    simple(tmp_path, ["Surname", "First name", "Birth date*", "Passport photo (required)"], "dd.mm.yyyy")
    assert fill() == 2
    said = capsys.readouterr().err
    assert "3 things" in said
    assert "Passport photo (required) is required, and no column" in said
    assert "Candidates row 2 (000123): Birth date*: Birth date is missing" in said
    assert "Candidates row 3 (000127): Surname: Last name is missing" in said
    assert not (tmp_path / "Filled.xlsx").exists()


def test_an_unknown_subject_or_candidate_stops(tmp_path: Path, fill: Fill, capsys) -> None:
    unknown = [["000123", "M27", "D", "Herbology", "HL", "English", True, None], ["9", "M27", "D", "Biology", "HL"]]
    school(tmp_path, lines=[LINES[0], *unknown])
    simple(tmp_path, ["Surname", "Subject", "Level"])
    assert fill("--tracker", "registrations") == 2
    said = capsys.readouterr().err
    assert "Herbology" in said
    assert "is not in the list of subjects" in said
    assert "no candidate has the code 9" in said


def test_nothing_is_overwritten(tmp_path: Path, fill: Fill, capsys) -> None:
    simple(tmp_path, ["Surname", "First name"], rows=[["Somebody", None]])
    assert fill() == 2
    assert "A2 of the template is filled already" in capsys.readouterr().err
    simple(tmp_path, ["Surname", "First name"])
    (tmp_path / "Filled.xlsx").write_bytes(b"hers")
    assert fill() == 2
    assert (tmp_path / "Filled.xlsx").read_bytes() == b"hers"


@pytest.mark.parametrize("headers", [["Alpha", "Beta"], ["Surname", "Beta"]])
def test_a_template_of_something_else_stops(tmp_path: Path, fill: Fill, headers: list[str], capsys) -> None:
    simple(tmp_path, headers)
    assert fill() == 2
    assert "No sheet has headers that match" in capsys.readouterr().err


MARKS = [
    ["Candidate", "Session", "Subject", "Level", "Task", "Due", "Criteria", "Mark", "State"],
    ["000123", "M27", "Biology", "HL", "Investigation", date(2027, 2, 1), None, 20, "Marked"],
    ["000126", "M27", "Physics", "SL", "Investigation", date(2027, 2, 1), None, -1, "Marked"],
]


def more_sheets(folder: Path, sheets: dict[str, list]) -> None:
    (folder / "ib-trackers.toml").write_text('session = "M27"\n', encoding="utf-8")
    build(folder / "School.xlsx", {"Candidates": PEOPLE, **sheets}, {})


def test_component_marks_with_an_error_stop_and_right_ones_are_filled(tmp_path: Path, fill: Fill, capsys) -> None:
    more_sheets(tmp_path, {"Coursework": MARKS})
    simple(tmp_path, ["Candidate code", "Subject", "Level", "Mark"])
    assert fill("--tracker", "coursework") == 2
    said = capsys.readouterr().err
    assert "row 3 (000126): Mark:" in said
    assert "1 thing" in said
    more_sheets(tmp_path, {"Coursework": MARKS[:2]})
    assert fill("--tracker", "coursework") == 0
    assert filled(tmp_path, "Upload", "A2:D2") == [["000123", "Biology", "HL", 20]]


TRANSCRIPTS = [
    [
        "Candidate",
        "Session",
        "Institution",
        "Country",
        "Centre",
        "Application number",
        "Consent",
        "State",
        "In IBIS on",
    ],
    ["000123", "M27", "Leeds", "UK", "UCAS", "1234567890", True, "Asked", None],
    ["000124", "M27", "Bonn", "Germany", None, None, None, "Asked", None],
    ["000126", "M27", "Oslo", "Norway", None, None, False, "Asked", None],
    ["000126", "M27", "Kiel", "Germany", None, None, True, "Entered", date(2026, 10, 1)],
]


def test_transcripts_are_the_open_ones_with_consent_and_leavers_are_among_them(
    tmp_path: Path, fill: Fill, capsys
) -> None:
    more_sheets(tmp_path, {"Transcripts": TRANSCRIPTS})
    simple(tmp_path, ["Candidate code", "Institution", "Country"])
    assert fill("--tracker", "transcripts") == 2
    said = capsys.readouterr().err
    assert "Transcripts row 3 (000124): consent is missing" in said
    assert "Transcripts row 4 (000126): consent is refused" in said
    assert "2 things" in said
    agreed = [[*line[:6], True, *line[7:]] for line in TRANSCRIPTS[1:]]
    more_sheets(tmp_path, {"Transcripts": [TRANSCRIPTS[0], *agreed]})
    assert fill("--tracker", "transcripts") == 0
    assert [row[1] for row in filled(tmp_path, "Upload", "A2:C5")] == ["Leeds", "Bonn", "Oslo", None]


ENQUIRIES = [
    ["Request no", "Candidate", "Session", "Subject", "Level", "Kind", "State", "Consent on", "Requested on"],
    ["1", "000123", "M27", "Biology", "HL", "1 re-mark", "Wanted", None, None],
    ["2", None, "M27", "Physics", "SL", "3 re-moderation", "Wanted", None, None],
    ["3", "000126", "M27", "Physics", "SL", "2B", "Requested", None, date(2026, 10, 1)],
]


def test_enquiries_need_consent_where_their_kind_asks_for_it(tmp_path: Path, fill: Fill, capsys) -> None:
    more_sheets(tmp_path, {"Enquiries": ENQUIRIES})
    simple(tmp_path, ["Candidate code", "Subject", "Kind"])
    assert fill("--tracker", "eur") == 2
    said = capsys.readouterr().err
    assert "Enquiries row 2 (000123): consent is missing" in said
    assert "1 thing" in said
    agreed = [*ENQUIRIES[1][:7], date(2026, 9, 30), None]
    more_sheets(tmp_path, {"Enquiries": [ENQUIRIES[0], agreed, *ENQUIRIES[2:]]})
    assert fill("--tracker", "eur") == 0
    assert filled(tmp_path, "Upload", "A2:C4") == [
        ["000123", "Biology", "1 re-mark"],
        [None, "Physics", "3 re-moderation"],
        [None, None, None],
    ]
