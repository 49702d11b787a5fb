"""New workbooks: what Excel finds in them, read back by openpyxl and by our own reader."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from make import tracker

from addin.actions.new import choose
from addin.core.a1 import quoted
from addin.core.checks import marks
from addin.core.checks.context import WorkbookContext
from addin.core.checks.rules import check
from addin.core.checks.summary import summarise
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.tables.layout import find
from addin.core.trackers import ID_HEADER
from addin.errors import BookProblem
from addin.templates import build, patterns
from addin.templates.arrangement import arranged
from addin.templates.book import tables
from addin.templates.columns import marks as marks_of
from addin.templates.plan import CALCULATIONS, FIRST_ROW, LISTS, MOST_COMPARED, own_sheets, plan, table_name
from addin.templates.rules_native import Native
from addin.workspace.lists_sheet import lists_of
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads, load, load_all
from addin.workspace.workbook import opened

TODAY = date(2026, 11, 22)
TRACKERS = load_all()
SETTINGS = Settings({"session": "M27"}, load_lists(), TODAY)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "empty.xlsx"
    build(path, TRACKERS, SETTINGS)
    return path


def test_each_tracker_is_a_native_table_with_all_its_columns_and_the_id_last(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    for name, one in TRACKERS.items():
        table = book[one.sheet].tables[table_name(name)]
        headers = [column.name for column in table.tableColumns]
        assert headers == [*(column.header for column in arranged(one).columns.values()), ID_HEADER]
        assert sorted(headers) == sorted([*(column.header for column in one.columns.values()), ID_HEADER])


def test_every_validation_keeps_the_limits_of_excel(empty: Path) -> None:
    """Excel refuses to open a workbook with a longer list, formula or message."""
    for sheet in openpyxl.load_workbook(empty).worksheets:
        for found in sheet.data_validations.dataValidation:
            assert len(found.formula1 or "") <= 257  # 255 and the quotes of a list
            assert len(found.promptTitle or "") <= 32
            assert len(found.prompt or "") <= 255
            assert len(found.error or "") <= 255
        for ranges in sheet.conditional_formatting:
            for rule in ranges.rules:
                assert all(len(formula) <= 8192 and "{" not in formula for formula in rule.formula)


def test_typed_columns_are_checked_while_typing_and_texts_stay_texts(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    cas = TRACKERS["cas"]
    sheet = book["CAS"]
    validations = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    letters = {name: openpyxl.utils.get_column_letter(n) for n, name in enumerate(cas.columns, 1)}
    assert validations[f"{letters['kind']}{FIRST_ROW}"].formula1 == '"Experience,Series,Project,Interview,Hours"'
    assert validations[f"{letters['candidate']}{FIRST_ROW}"].formula1 == "candidates_code"
    assert validations[f"{letters['candidate']}{FIRST_ROW}"].errorStyle == "warning"
    assert "ISNUMBER" in validations[f"{letters['start']}{FIRST_ROW}"].formula1
    assert sheet.column_dimensions[letters["entry"]].width > 5
    assert "1=2" in validations[f"{openpyxl.utils.get_column_letter(len(cas.columns) + 1)}{FIRST_ROW}"].formula1


def test_every_name_in_a_formula_is_defined(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    for sheet in book.worksheets:
        for found in sheet.data_validations.dataValidation:
            name = found.formula1 or ""
            if found.type == "list" and not name.startswith('"'):
                assert name in book.defined_names


@pytest.mark.parametrize(("rows", "compared"), [(MOST_COMPARED, True), (MOST_COMPARED + 1, False)])
def test_duplicates_are_marked_while_typing_but_in_a_very_long_tracker(rows: int, compared: bool) -> None:
    """Each row is compared with all above it: LibreOffice works that out for every row when it saves."""
    made = plan(TRACKERS, SETTINGS, {"cas": [{}] * rows})
    cas, pd = ([mark.formula for mark in marks_of(Native(made, TRACKERS[name]))] for name in ("cas", "pd"))
    assert any("<ROW()" in formula for formula in cas) == compared == bool(made.joined(TRACKERS["cas"]))
    assert any("<ROW()" in formula for formula in pd)


def test_the_reader_finds_every_tracker_and_no_tracker_on_our_own_sheets(empty: Path) -> None:
    with opened(str(empty), today=TODAY) as workbook:
        assert set(workbook.tables) == set(TRACKERS)
        assert all(len(table) == 0 for table in workbook.tables.values())
        assert all(not t.layouts[s].extra for t in workbook.tables.values() for s in t.layouts)
        assert own_sheets(TRACKERS) <= {*workbook.book.sheets()}


def test_the_lists_sheet_gives_back_the_lists(empty: Path) -> None:
    with opened(str(empty), today=TODAY) as workbook:
        read = lists_of(workbook.grids["Lists"])
    assert read == {name: dict(columns) for name, columns in SETTINGS.lists.items()}


def test_findings_sheet_has_the_headers_that_marks_writes(empty: Path) -> None:
    sheet = openpyxl.load_workbook(empty)[marks.SHEET]
    assert tuple(cell.value for cell in sheet[1])[: len(marks.HEADERS)] == marks.HEADERS


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_the_same_trackers_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    build(one, TRACKERS, SETTINGS)
    build(two, TRACKERS, SETTINGS)
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o077 == 0  # student data is coming


def test_values_come_back_as_they_were_given(tmp_path: Path) -> None:
    one = tracker(
        'key = ["code"]\n[columns.code]\n[columns.day]\ntype = "date"\n[columns.many]\ntype = "number"\n'
        '[columns.sure]\ntype = "yes_no"'
    )
    row = {"code": "=1+1", "day": date(2026, 2, 28), "many": 0.1, "sure": False}
    rows = [row, {**row, "code": "000123"}, {**row, "code": "1e5"}]
    path = tmp_path / "values.xlsx"
    build(path, {"things": one}, Settings(), {"things": rows}, {"things": ["bcdfgh", "bcdfgj", "bcdfgk"]})
    sheet = openpyxl.load_workbook(path)["Things"]
    assert [sheet.cell(r, 1).value for r in (5, 6, 7)] == ["=1+1", "000123", "1e5"]
    assert {sheet.cell(r, 1).data_type for r in (5, 6, 7)} == {"s"}
    assert [cell.value for cell in sheet[5]][2:] == [0.1, "No", "bcdfgh"]


def test_another_ending_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BookProblem, match=r"\.xlsx or, with buttons, an \.xlsm"):
        build(tmp_path / "book.xls", TRACKERS, SETTINGS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r"[MN]\d{2}", ["MN", "0123456789", "0123456789"]),
        (r"[A-C]-x", ["ABC", "-", "x"]),
        (r"\d+", None),
        (r"(a|b)c", None),
        (r"[^@]+", None),
    ],
)
def test_patterns_of_fixed_length_are_read_sign_by_sign(pattern: str, signs: list[str] | None) -> None:
    assert patterns.signs(pattern) == signs


def test_a_part_that_may_be_missing_gives_two_patterns() -> None:
    assert patterns.without_options(r"(\d{6}-)?\d{4}") == [r"\d{4}", r"\d{6}-\d{4}"]


SIXTH = """
title = "Essays"
sheet = "Essays"
key = ["candidate"]
[columns.candidate]
exists_in = "candidates.code"
[columns.supervisor]
required = true
[columns.words]
type = "integer"
at_most = 4000
[columns.handed_in]
type = "date"
[[rules]]
id = "words-are-counted"
when = { handed_in = { required = true } }
then = { words = { required = true } }
say = "The essay of {candidate} is here, but nobody has counted its words."
[[views]]
name = "essays"
per = "candidates.code"
match = "candidate"
[views.columns.handed_in]
measure = "count"
of = "handed_in"
[views.columns.there]
needs = { handed_in = 1 }
"""


def test_a_sixth_tracker_is_one_toml_file(tmp_path: Path) -> None:
    """Template, checks and views follow from the file; no Python is changed."""
    folder = tmp_path / "trackers"
    folder.mkdir()
    (folder / "essays.toml").write_text(SIXTH)
    trackers = load_all(folder)
    essays = load(folder / "essays.toml")
    rows = {
        "candidates": [{"code": "1", "last_name": "Berg", "first_names": "Ida", "session": "M27", "category": "D",
                        "birth_date": date(2009, 5, 5)}],
        "essays": [{"candidate": "1", "supervisor": "R. Field", "words": 5000, "handed_in": date(2026, 11, 2)},
                   {"candidate": "7", "handed_in": date(2026, 11, 3)}],
    }  # fmt: skip
    path = tmp_path / "book.xlsx"
    build(path, trackers, SETTINGS, rows)
    with opened(str(path), today=TODAY) as workbook:
        found = {
            (f.row, f.rule) for f in check(workbook.present, workbook.tables, workbook.settings) if f.sheet == "Essays"
        }
        assert find(workbook.grids["Essays"], essays)
    assert found == {
        (5, "words-at-most"),
        (6, "candidate-exists-in"),
        (6, "supervisor-required"),
        (6, "words-are-counted"),
    }
    context = WorkbookContext(trackers, tables(trackers, rows), SETTINGS)
    assert [dict(line.measures) for line in summarise(essays, essays.views[0], context)] == [
        {"handed_in": 1, "there": True}
    ]
    sheet = openpyxl.load_workbook(path)["Essays 2"]  # the name of the view is taken by the tracker's own sheet
    assert "FREQUENCY" in sheet["B5"].value.text


LONG = "A header that goes on and on, " * 8
CHOICES = ", ".join(f"\"Choice {n}, one of many; 'quoted'\"" for n in range(400))
THIRTY = "\n".join(f'[columns.c{n}]\ntype = "{kind}"' for n, kind in enumerate(("text", "date", "yes_no") * 10))
ODD = {
    "one column": "[columns.a]",
    "thirty columns": f'key = ["c0"]\n{THIRTY}',
    "a long header": f'key = ["a"]\n[columns.a]\nheader = "{LONG}"',
    "a very long list": f'key = ["a"]\n[columns.a]\n[columns.b]\none_of = [{CHOICES}]',
    "signs in names": """
key = ["a"]
[columns.a]
header = "The \\"big\\" one's [#1] @home"
[columns.b]
header = "It's"
[columns.c]
look_up = "things.b"
by = "a"
[[views]]
name = "v"
title = "O'Neil's: \\"x\\" [1]/2"
per = "things.b"
match = "b"
[views.columns.n]
measure = "count"
""",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_tracker_of_a_school_is_built_and_read(tmp_path: Path, text: str) -> None:
    one = tracker(text, sheet="Odd's sheet")
    path = tmp_path / "odd.xlsx"
    first = next(name for name, column in one.columns.items() if not column.calculated)
    build(path, {"things": one}, SETTINGS, {"things": [{first: "=1+1"}, {first: "2"}]})
    sheet = openpyxl.load_workbook(path)["Odd's sheet"]
    headers = [column.header for column in one.columns.values()]
    assert [cell.value for cell in sheet[4]][: len(headers) + 1] == [*headers, ID_HEADER]
    assert [sheet.cell(row, 1).value for row in (5, 6)] == ["=1+1", "2"]


def test_what_views_work_out_is_out_of_sight_and_no_tracker(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    assert book[CALCULATIONS].sheet_state == "hidden"
    views = {*plan(TRACKERS, SETTINGS, {}).views.values()}
    assert {sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"} == {CALCULATIONS, LISTS, *views}


def test_a_new_workbook_shows_at_most_twelve_tabs_each_with_the_strip(tmp_path: Path) -> None:
    for programme in ("dp", "cp", "myp", "pyp"):
        path = tmp_path / f"{programme}.xlsx"
        build(
            path, choose(heads(), programme, ()), replace(SETTINGS, values={**SETTINGS.values, "programme": programme})
        )
        shown = [one for one in openpyxl.load_workbook(path).worksheets if one.sheet_state == "visible"]
        assert len(shown) <= 12
        for sheet in shown[1:]:
            width = len(marks.HEADERS)
            cells = sheet[1][width : width + 4] if sheet.title == marks.SHEET else sheet[2][:4]
            assert [cell.value for cell in cells] == ["Home", "‹ Prev", "Next ›", "Findings"], sheet.title
            titles = [one.title for one in shown]
            at = titles.index(sheet.title)
            to = ["Home", titles[at - 1], titles[(at + 1) % len(titles)], "Findings"]
            assert [cell.hyperlink.location for cell in cells] == [f"{quoted(name)}!A1" for name in to]


@pytest.mark.slow
def test_the_built_workbooks_are_what_the_trackers_make_of_them() -> None:
    script = Path(__file__).resolve().parents[2] / "scripts" / "build_templates.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
