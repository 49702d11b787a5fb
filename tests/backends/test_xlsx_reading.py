"""A workbook is read exactly: each value as the file has it, with its type, at its true row."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from xlsx_books import build
from xlsx_handmade import MAIN, OFFICE, handmade

from addin.backends.ooxml.formulas import moved
from addin.backends.ooxml.styles import date_kind
from addin.backends.xlsx import XlsxBook
from addin.core.book import Area, CellError, Value


def read(path: Path) -> list[list[Value]]:
    return XlsxBook.open(path).read(["Data"])["Data"].values


def exact(value: Value) -> tuple[type, Value]:
    return type(value), value


RUNS = '<r><rPr><color rgb="FF00"/></rPr><t>a</t></r><r><t> b</t></r>'
# (what it shows, the cell's XML, the value)
CELLS = [
    ("a whole number", '<c r="A1"><v>7</v></c>', 7),
    ("a whole number written as a fraction", '<c r="A1"><v>7.0</v></c>', 7),
    ("a whole number with exponent", '<c r="A1"><v>1E+3</v></c>', 1000),
    ("a negative number", '<c r="A1" t="n"><v>-12</v></c>', -12),
    ("all digits of a fraction", '<c r="A1"><v>0.30000000000000004</v></c>', 0.1 + 0.2),
    ("a huge whole number", '<c r="A1"><v>12345678901234567890</v></c>', 12345678901234567890),
    ("what is no number", '<c r="A1"><v>INF</v></c>', "INF"),
    ("yes", '<c r="A1" t="b"><v>1</v></c>', True),
    ("no", '<c r="A1" t="b"><v>0</v></c>', False),
    ("an error", '<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
    ("another error", '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
    ("a shared text", '<c r="A1" t="s"><v>0</v></c>', "plain"),
    ("a text with spaces", '<c r="A1" t="s"><v>1</v></c>', "  spaced "),
    ("rich text", '<c r="A1" t="s"><v>2</v></c>', "bold and not"),
    ("Japanese without its reading aid", '<c r="A1" t="s"><v>3</v></c>', "東京"),
    ("an empty text", '<c r="A1" t="s"><v>4</v></c>', ""),
    ("an empty text, long form", '<c r="A1" t="s"><v>5</v></c>', ""),
    ("halves of characters", '<c r="A1" t="inlineStr"><is><t>a_xD801_b_xDC05_</t></is></c>', "a_xD801_b_xDC05_"),
    ("coded characters", '<c r="A1" t="s"><v>6</v></c>', "a\rb_x0041_\x01"),
    ("entities", '<c r="A1" t="s"><v>7</v></c>', "<&>\"'é€\x80"),
    ("a coded emoji", '<c r="A1" t="s"><v>8</v></c>', "😀"),
    ("line ends", '<c r="A1" t="s"><v>9</v></c>', "a\nb\nc"),
    ("an inline text", '<c r="A1" t="inlineStr"><is><t>000123</t></is></c>', "000123"),
    ("an inline rich text", f'<c r="A1" t="inlineStr"><is>{RUNS}</is></c>', "a b"),
    ("an inline text that is empty", '<c r="A1" t="inlineStr"><is><t/></is></c>', ""),
    ("a formula's text", '<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', "ab"),
    ("a formula that gives an empty text", '<c r="A1" t="str"><f>""</f><v></v></c>', ""),
    ("a formula never calculated", '<c r="A1"><f>1+1</f></c>', None),
    ("a formula never calculated, openpyxl's way", '<c r="A1"><f>1+1</f><v></v></c>', None),
    ("a formula never calculated, with <v/>", '<c r="A1"><f>1+1</f><v/></c>', None),
    ("a formula's number", '<c r="A1"><f>1+1</f><v>2</v></c>', 2),
    ("a date", '<c r="A1" s="1"><v>46000</v></c>', date(2025, 12, 9)),
    ("a date with a time under a format of days", '<c r="A1" s="1"><v>46000.5</v></c>', datetime(2025, 12, 9, 12)),
    ("midnight under a format of both", '<c r="A1" s="2"><v>46000</v></c>', datetime(2025, 12, 9)),
    ("a moment in 15 digits", '<c r="A1" s="2"><v>46000.5242592593</v></c>', datetime(2025, 12, 9, 12, 34, 56)),
    ("a time", '<c r="A1" s="3"><v>0.52425925925925931</v></c>', time(12, 34, 56)),
    ("midnight as a time", '<c r="A1" s="3"><v>0</v></c>', time(0, 0)),
    ("a length of time", '<c r="A1" s="4"><v>1.5</v></c>', timedelta(days=1, hours=12)),
    ("a number with the word days", '<c r="A1" s="5"><v>3</v></c>', 3),
    ("a text among dates", '<c r="A1" s="1" t="inlineStr"><is><t>31/02/2026</t></is></c>', "31/02/2026"),
    ("the first day", '<c r="A1" s="1"><v>1</v></c>', date(1900, 1, 1)),
    ("before Excel's missing day", '<c r="A1" s="1"><v>59</v></c>', date(1900, 2, 28)),
    ("Excel's missing day is no day", '<c r="A1" s="1"><v>60</v></c>', 60),
    ("after Excel's missing day", '<c r="A1" s="1"><v>61</v></c>', date(1900, 3, 1)),
    ("the last day", '<c r="A1" s="1"><v>2958465</v></c>', date(9999, 12, 31)),
    ("beyond the last day", '<c r="A1" s="1"><v>2958466</v></c>', 2958466),
    ("before the first day", '<c r="A1" s="1"><v>-1</v></c>', -1),
    ("a date written out", '<c r="A1" s="1" t="d"><v>2026-05-04</v></c>', date(2026, 5, 4)),
    ("a moment written out", '<c r="A1" t="d"><v>2026-05-04T03:02:01</v></c>', datetime(2026, 5, 4, 3, 2, 1)),
]
STRINGS = (
    '<si><t>plain</t></si><si><t xml:space="preserve">  spaced </t></si>'
    '<si><r><rPr><b/></rPr><t xml:space="preserve">bold </t></r><r><t>and not</t></r></si>'
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
    "<si/><si><t/></si><si><t>a_x000D_b_x005F_x0041__x0001_</t></si>"
    "<si><t>&lt;&amp;&gt;&quot;&apos;&#233;&#x20AC;&#128;</t></si>"
    "<si><t>_xD83D__xDE00_</t></si><si><t>a\r\nb\rc</t></si>"
)


@pytest.mark.parametrize(("xml", "value"), [(xml, value) for _, xml, value in CELLS], ids=[c[0] for c in CELLS])
def test_a_cell_is_read_as_what_it_is(tmp_path: Path, xml: str, value: Value) -> None:
    found = read(handmade(tmp_path / "a.xlsx", f'<row r="1">{xml}<c r="B1"><v>1</v></c></row>', strings=STRINGS))
    assert [exact(one) for one in found[0]] == [exact(value), exact(1)]


DATE = '<c r="C2" s="1"><v>46000</v></c>'
ODD = {
    "attributes in another order": '<row r="2"><c t="s" r="B2"><v>0</v></c><c s="1" r="C2"><v>46000</v></c></row>',
    "single quotes": "<row r='2'><c r='B2' t='s'><v>0</v></c><c r='C2' s='1'><v>46000</v></c></row>",
    "line breaks": f'<row\n r="2">\n <c\n r="B2"\n t="s">\n  <v>0</v>\n </c>\n {DATE}</row >',
    "no addresses": '<row/><row><c/><c t="s"><v>0</v></c><c s="1"><v>46000</v></c></row>',
    "no number of the row": f'<row><c r="B2" t="s"><v>0</v></c>{DATE}</row>',
    "some addresses": '<row r="2"><c r="B2" t="s"><v>0</v></c><c s="1"><v>46000</v></c></row>',
    "a comment": f'<!-- <row r="9"><c r="A9"/></row> --><row r="2"><c r="B2" t="s"><v>0</v></c>{DATE}</row>',
    "CDATA": f'<row r="2"><c r="B2" t="inlineStr"><is><t><![CDATA[plain]]></t></is></c>{DATE}</row>',
    "further attributes": '<row r="2" spans="2:3" x14ac:dyDescent="0.25"><c r="B2" t="s" cm="1" vm="2"><v>0</v></c>'
    '<c r="C2" s="1" ph="1"><v>46000</v></c></row>',
    "an extension": f'<row r="2"><c r="B2" t="s"><v>0</v><extLst><ext uri="x"/></extLst></c>{DATE}</row>',
}


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_unusual_xml_is_understood(tmp_path: Path, rows: str) -> None:
    sheet = (
        f'<worksheet xmlns="{MAIN}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    found = read(handmade(tmp_path / "a.xlsx", "", sheet=sheet, strings=STRINGS))
    assert found == [[], [None, "plain", date(2025, 12, 9)]]


def prefixed(path: Path) -> Path:
    """A workbook all of whose parts name the main namespace `x:`, as some programs that export from databases write."""
    sheet = (
        f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v>'
        '</x:c><x:c r="B1" s="1"><x:v>46000</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    return handmade(
        path,
        "",
        sheet=sheet,
        extra={
            "xl/sharedStrings.xml": f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>plain</x:t></x:si></x:sst>',
            "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{OFFICE}"><x:sheets>'
            '<x:sheet name="Data" sheetId="1" q:id="rId1"/></x:sheets></x:workbook>',
        },
    )


def test_prefixed_namespaces_are_understood(tmp_path: Path) -> None:
    assert read(prefixed(tmp_path / "a.xlsx")) == [["plain", date(2025, 12, 9)]]


def test_a_part_in_utf_16_is_understood(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Zoë</t></is></c></row>'
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    sheet = f'{head}<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    assert read(handmade(tmp_path / "a.xlsx", "", sheet=sheet.encode("utf-16"))) == [["Zoë"]]


def test_the_calendar_that_begins_in_1904(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>44538</v></c><c r="B1" s="1"><v>0</v></c><c r="C1" s="3"><v>0.5</v></c></row>'
    found = read(handmade(tmp_path / "a.xlsx", rows, settings='<workbookPr date1904="1"/>'))
    assert found == [[date(2025, 12, 9), date(1904, 1, 1), time(12)]]


def test_rows_keep_their_true_numbers(tmp_path: Path) -> None:
    rows = (
        '<row r="3"><c r="C3"><v>1</v></c></row><row r="4"/><row r="5" s="1"/>'
        '<row r="6"><c r="A6"/><c r="B6"><v>2</v></c><c r="D6" s="1"/></row><row r="9" s="1"/>'
    )
    assert read(handmade(tmp_path / "a.xlsx", rows)) == [[], [], [None, None, 1], [], [], [None, 2]]


def test_formulas_of_every_kind_are_told_with_their_results(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>3</v></c>'
        '<c r="D1"><f t="shared" ref="D1:E2" si="0">A1+$A$1+"A1"</f><v>6</v></c>'
        '<c r="E1"><f t="shared" si="0"/><v>7</v></c></row>'
        '<row r="2"><c r="A2" cm="1"><f t="array" ref="A2:A3">UNIQUE(B1:B9)</f><v>1</v></c>'
        '<c r="D2"><f t="shared" si="0"/></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c></row>'
    )
    grid = XlsxBook.open(handmade(tmp_path / "a.xlsx", rows)).read(["Data"])["Data"]
    assert grid.values == [[3, None, None, 6, 7], [1], [2]]
    assert grid.formulas == {
        (1, 1): "SUM(B1:C1)",
        (1, 4): 'A1+$A$1+"A1"',
        (1, 5): 'B1+$A$1+"A1"',
        (2, 1): "UNIQUE(B1:B9)",
        (2, 4): 'A2+$A$1+"A1"',
    }


@pytest.mark.parametrize(
    ("formula", "down_and_right"),
    [
        ("A1+B$2+$C3+$D$4", "B3+C$2+$C5+$D$4"),
        ("SUM(A1:B2,'It''s A1'!C3)", "SUM(B3:C4,'It''s A1'!D5)"),
        ('"A1"&A1', '"A1"&B3'),
        ("LOG10(A1)+TAX2026X", "LOG10(B3)+TAX2026X"),
        ("SUM(A:A)+SUM($1:2)", "SUM(B:B)+SUM($1:4)"),
        ("T[[#This Row],[A1]]*A1", "T[[#This Row],[A1]]*B3"),
        ("XFD1048576", "#REF!"),
        ("Sheet1!A1+name_A1", "Sheet1!B3+name_A1"),
        ("1E5+A1", "1E5+B3"),
    ],
)
def test_a_formula_filled_down_and_right(formula: str, down_and_right: str) -> None:
    assert moved(formula, 2, 1) == down_and_right


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""),
        ("0.00E+00", ""),
        ('0" days"', ""),
        ("[Red]0", ""),
        ("#,##0.00 [$€-407]", ""),
        ("@", ""),
        ("yyyy-mm-dd", "date"),
        ("[$-409]d-mmm-yy;@", "date"),
        ("mmm", "date"),
        ("dd/mm/yyyy\\ hh:mm", "datetime"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("[h]:mm", "duration"),
        ("[mm]:ss", "duration"),
        ('"Monday" 0', ""),
        ("\\d0", ""),
        ('yyyy"年"m"月"', "date"),
        ("[$-F800]dddd, mmmm dd, yyyy", "date"),
        ("_-* #,##0_-;-* #,##0_-", ""),
        ("m/d/yy h:mm", "datetime"),
        ('0.0"s"', ""),
        ("[Color10]0", ""),
    ],
)
def test_what_a_number_format_shows(code: str, kind: str) -> None:
    assert date_kind(code) == kind


def test_merged_cells_and_tables_are_told(tmp_path: Path) -> None:
    after = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B3:B4"/></mergeCells>'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    grid = XlsxBook.open(handmade(tmp_path / "a.xlsx", rows, after=after)).read(["Data"])["Data"]
    assert grid.merged == [Area(1, 1, 1, 3), Area(3, 2, 4, 2)]


def test_only_the_sheets_asked_for_are_parsed(tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx", {"One": [[1]], "Two": [[2]]}, {})
    book = XlsxBook.open(path)
    book.read(["One"])
    assert "strings" not in vars(book._open())  # no text was met, so the texts were not parsed
    assert book.read(["Two"])["Two"].values == [[2]]


def test_importing_the_backend_loads_no_other_reader() -> None:
    others = {"openpyxl", "pandas", "python_calamine", "xlsxwriter", "lxml", "numpy"}
    code = f"import sys, addin.backends.xlsx; print({others} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from Linux's /proc")
def test_a_million_empty_styled_rows_cost_little(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_048_576))
    first, last = '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="B1048576"/></row>'
    path = handmade(tmp_path / "a.xlsx", first + rows + last)
    code = (
        "import sys, time; from pathlib import Path; from addin.backends.xlsx import XlsxBook; "
        "grid = XlsxBook.open(sys.argv[1]).read(['Data'])['Data']; "
        "memory = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]; "
        "print(grid.values == [[1]], time.process_time(), memory)"
    )
    said = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True).stdout
    right, seconds, peak = said.split()
    assert right == "True"
    assert float(seconds) < 3
    assert int(peak) < 200_000  # kB; the XML itself has 48,000


def test_two_other_readers_see_the_same(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["000123", 7, 2.5, True, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, 5), time(6, 7), "=1+1", "Nan"],
        [],
        [None, "None", -1, False, date(1900, 3, 1), None, None, "😀"],
    ]
    path = build(tmp_path / "a.xlsx", {"Data": rows}, {})
    assert [[exact(v) for v in row] for row in read(path)] == [[exact(v) for v in row] for row in rows]
    witness = openpyxl.load_workbook(path)["Data"]
    messages = [witness.cell(1, column).value for column in (1, 2, 3, 4, 7, 8, 9)]
    assert messages == ["000123", 7, 2.5, True, time(6, 7), "=1+1", "Nan"]
    second = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Data").to_python(skip_empty_area=False)
    assert second[0][:5] == ["000123", 7.0, 2.5, True, date(2026, 1, 2)] and second[2][1] == "None"
