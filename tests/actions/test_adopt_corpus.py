"""Adopt and then Validate on workbooks as people build them: the right cells are found, and nothing else changes."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from adopt_corpus import CASES, Case, as_libreoffice_has_it
from openpyxl.styles import Font
from xlsx_books import build, parts

from addin.cli.main import main
from addin.core.checks.marks import FILLS, HEADERS
from addin.core.trackers import ID_HEADER
from addin.workspace.workbook import opened

NEEDS_OFFICE = {"registrations"}


@dataclass
class Worked:
    """One workbook, taken through every step, with what stood in it and what was said after each."""

    case: Case
    path: Path
    files: dict[str, bytes] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    wrong: set[tuple[str, str]] = field(default_factory=set)

    def at(self, step: str) -> Path:
        """The workbook as it was after a step."""
        path = self.path.with_name(f"{step}{self.path.suffix}")
        path.write_bytes(self.files[step])
        return path


@pytest.fixture(
    scope="module",
    params=[pytest.param(c, id=c.name, marks=[pytest.mark.libreoffice] * (c.name in NEEDS_OFFICE)) for c in CASES],
)
def worked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    if request.param.name in NEEDS_OFFICE and shutil.which("soffice") is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp(re.sub(r"\W", "", request.param.name))
    made = Worked(request.param, folder / f"School.xls{'m' if request.param.name == 'macros' else 'x'}")
    made.case.build(made.path)
    made.files["before"] = made.path.read_bytes()
    book, found = str(made.path), folder / "findings.json"
    steps = {
        "dry": ["adopt", book, "--dry-run"],
        "adopted": ["adopt", book],
        "again": ["adopt", book],
        "validated": ["validate", book, "--json", str(found)],
        "validated again": ["validate", book],
    }
    with pytest.MonkeyPatch.context() as patch:
        for step, argv in steps.items():
            said: list[str] = []
            patch.setattr("addin.cli.terminal.print", lambda *text, said=said, **_: said.extend(text), raising=False)
            made.codes[step] = main(argv)
            made.said[step] = "\n".join(said)
            made.files[step] = made.path.read_bytes()
    made.wrong = {(f["sheet"], f["cell"]) for f in json.loads(found.read_text()) if f["level"] == "error"}
    yield made


def test_a_dry_run_says_what_was_understood_and_writes_nothing(worked: Worked) -> None:
    assert worked.files["dry"] == worked.files["before"]
    assert not worked.path.with_name("ib-trackers.toml").exists() or worked.files["adopted"]
    assert worked.codes["dry"] == 0
    said = worked.said["dry"]
    for sheet, (_, row, rows) in worked.case.trackers.items():
        assert re.search(rf"^{re.escape(sheet)}: .*headers in row {row}\.$", said, re.M), said
        assert f"{sheet}: {rows} rows" in said
    for sheet, why in worked.case.left_alone.items():
        assert re.search(rf"^{re.escape(sheet)}: left alone, .*{re.escape(why)}", said, re.M) or not why, said
    for part in worked.case.says:
        assert part in said


def test_the_sheets_are_the_right_trackers_and_it_is_written_down(worked: Worked) -> None:
    messages = tomllib.loads(worked.path.with_name("ib-trackers.toml").read_text())["layout"]
    found = {one["sheet"]: (tracker, one["header_row"]) for tracker, all_ in messages.items() for one in all_}
    assert found == {sheet: (name, row) for sheet, (name, row, _) in worked.case.trackers.items()}
    assert {one["book"] for all_ in messages.values() for one in all_} == {worked.path.name}


def test_the_wrong_cells_are_found_and_no_others(worked: Worked) -> None:
    assert worked.wrong == worked.case.wrong
    assert worked.codes["validated"] == 1


def test_a_second_adopt_and_a_second_validate_change_nothing(worked: Worked) -> None:
    assert worked.files["again"] == worked.files["adopted"]
    assert worked.files["validated again"] == worked.files["validated"]


def test_row_ids_and_what_the_title_says_are_all_that_adopt_writes(worked: Worked) -> None:
    before, after = open_both(worked, "before", "adopted")
    assert after.sheetnames == before.sheetnames
    for name in before.sheetnames:
        new = differences(before[name], after[name])
        if name not in worked.case.trackers:
            assert not new
            continue
        _, header_row, rows = worked.case.trackers[name]
        added = worked.case.added
        columns = sorted({column for _, column in new})
        headers = [after[name].cell(header_row, column).value for column in columns]
        assert headers == [*added, ID_HEADER]
        assert len(new) == (rows + 1) * len(columns)
        ids = {value for (_, column), value in new.items() if column == columns[-1]}
        assert len(ids) == rows + 1
        assert set(new.values()) - ids == {*added, *added.values()}
        assert looks(before[name], set(new)) == looks(after[name], set(new))


def test_marks_and_the_findings_sheet_are_all_that_validate_adds(worked: Worked) -> None:
    before, after = open_both(worked, "adopted", "validated")
    assert after.sheetnames == [*before.sheetnames, worked.case.findings]
    head = [cell.value for cell in after[worked.case.findings][1]]
    assert head == list(HEADERS)
    for name in before.sheetnames:
        assert not differences(before[name], after[name])
        filled = {
            (name, cell.coordinate)
            for row in after[name].iter_rows()
            for cell in row
            if cell.fill.fgColor.rgb[-6:] == FILLS["error"] and cell.fill.fill_type
        }
        assert filled == {place for place in worked.case.wrong if place[0] == name}


def test_every_part_that_is_not_ours_is_byte_for_byte_the_same(worked: Worked) -> None:
    before, after = parts(worked.at("before")), parts(worked.at("validated"))
    changed = {name for name, data in before.items() if after.get(name) != data}
    book = openpyxl.load_workbook(worked.at("before"))
    sheets = {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(book.sheetnames, 1)}
    assert not [sheets[part] for part in changed if part in sheets and sheets[part] not in worked.case.trackers]
    shared = r"\[Content_Types\].xml|xl/(workbook|styles|sharedStrings|calcChain)\.xml|xl/_rels/workbook\.xml\.rels"
    ours = r"xl/(worksheets/(_rels/)?sheet\d+\.xml(\.rels)?|tables/table\d+\.xml|comments\d*\.xml|drawings/vml.*\.vml)"
    assert not [name for name in changed if not re.fullmatch(rf"{shared}|{ours}", name)]
    assert not set(before) - set(after) - {"xl/calcChain.xml"}


def test_each_workbook_of_a_folder_keeps_its_own_layouts(tmp_path: Path) -> None:
    head = ["Student code", "Family name", "Given names", "DOB"]
    one = build(tmp_path / "One.xlsx", {"12A": [head, ["1", "Ito", "Aya", date(2009, 1, 2)]]}, {})
    other = build(tmp_path / "Two.xlsx", {"12A": [[], head, ["2", "Bø", "Ann", None]]}, {})
    assert main(["adopt", str(one)]) == main(["adopt", str(other)]) == 0
    messages = (tmp_path / "ib-trackers.toml").read_text()
    assert main(["adopt", str(one)]) == main(["adopt", str(other)]) == 0
    assert (tmp_path / "ib-trackers.toml").read_text() == messages
    rows = {one["book"]: one["header_row"] for one in tomllib.loads(messages)["layout"]["candidates"]}
    assert rows == {"One.xlsx": 1, "Two.xlsx": 2}
    for path, code in ((one, "1"), (other, "2")):
        with opened(str(path)) as workbook:
            assert workbook.tables["candidates"].columns["code"] == [code]
    renamed = one.replace(tmp_path / "Renamed.xlsx")
    with opened(str(renamed)) as workbook:
        assert workbook.tables["candidates"].columns["code"] == ["1"]


def test_what_a_person_writes_into_the_settings_stays_and_counts(tmp_path: Path) -> None:
    head = ["Student code", "Family name", "Given names", "DOB", "Type"]
    path = build(tmp_path / "One.xlsx", {"12A": [head, ["1", "Ito", "Aya", date(2009, 1, 2), "Z"]]}, {})
    assert main(["adopt", str(path)]) == 0
    messages = tmp_path / "ib-trackers.toml"
    messages.write_text("# mine\n" + messages.read_text() + 'Type = "category"\n')
    assert main(["adopt", str(path)]) == 0
    assert messages.read_text().startswith("# mine\n")
    with opened(str(path)) as workbook:
        assert workbook.tables["candidates"].columns["category"] == ["Z"]


def test_names_where_codes_belong_are_said_once_not_marked_in_every_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [["Student code", "Family name", "Given names", "DOB"], *[[str(n), "Ito", "A", None] for n in range(5)]]
    cas = [["Student", "Activity", "Strand", "LOs", "Hrs"], *[["Ito, Aya", "Choir", "Creativity", "LO1", 3]] * 4]
    path = build(tmp_path / "One.xlsx", {"12A": people, "CAS log": cas}, {})
    main(["adopt", str(path)])
    said = capsys.readouterr().out
    assert "it is called like Candidate, but none of its cells is a Code in Candidates" in said
    main(["validate", str(path), "--tracker", "cas", "--json", "-"])
    assert not [one for one in json.loads(capsys.readouterr().out) if one["column"] == "Candidate"]


def test_a_lists_sheet_of_a_persons_own_changes_no_list_of_ours(tmp_path: Path) -> None:
    people = [["Code", "Last name", "First names", "Category"], ["1", "Ito", "Aya", "D"]]
    lists = [["categories", None], ["code", "colour"], ["X", "red"]]
    path = build(tmp_path / "One.xlsx", {"Candidates": people, "Lists": lists}, {})  # type: ignore[dict-item]
    with opened(str(path)) as workbook:
        assert "D" in workbook.settings.lists["categories"]["code"]


@pytest.mark.parametrize("name", ["Findings", "findings"])
def test_a_findings_sheet_of_a_persons_own_stays_as_it_is(tmp_path: Path, name: str) -> None:
    people = [["Code", "Last name", "First names", "Category"], ["1", "Ito", "Aya", "Z"]]
    path = build(tmp_path / "One.xlsx", {"Candidates": people, name: [["Level", "Sheet"], ["mine", 1]]}, {})
    assert main(["validate", str(path)]) == main(["validate", str(path)]) == 1
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Candidates", name, "Findings (IB Trackers)"]
    assert [[cell.value for cell in row] for row in book[name]] == [["Level", "Sheet"], ["mine", 1]]


@pytest.mark.libreoffice
@pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")  # openpyxl: what LibreOffice adds
def test_libreoffice_opens_every_one_of_them(tmp_path: Path) -> None:
    books = []
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = case.build(folder / f"book{number}.xls{'m' if case.name == 'macros' else 'x'}")
        assert main(["adopt", str(path)]) == 0
        assert main(["validate", str(path)]) == 1
        books.append(path)
    out = tmp_path / "out"
    as_libreoffice_has_it(books, out)
    for path, case in zip(books, CASES, strict=True):
        ours = openpyxl.load_workbook(path)
        theirs = openpyxl.load_workbook(out / f"{path.stem}.xlsx")
        assert theirs.sheetnames == ours.sheetnames
        for name in case.trackers:
            assert [t.ref for t in theirs[name].tables.values()] == [t.ref for t in ours[name].tables.values()]
            row = case.trackers[name][1]
            assert [c.value for c in theirs[name][row] if c.value] == [c.value for c in ours[name][row] if c.value]


def open_both(worked: Worked, one: str, other: str) -> tuple[Any, Any]:
    first, second = worked.at(one), worked.at(other)
    return openpyxl.load_workbook(first), openpyxl.load_workbook(second)


def differences(one: Any, other: Any) -> dict[tuple[int, int], Any]:
    """The cells whose content differs, with what now stands there."""
    rows, columns = max(one.max_row, other.max_row), max(one.max_column, other.max_column)
    return {
        (row, column): other.cell(row, column).value
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
        if one.cell(row, column).value != other.cell(row, column).value
    }


def looks(sheet: Any, but: set[tuple[int, int]]) -> dict[str, Any]:
    """What a person sees of a sheet besides its contents, but for some cells."""
    return {
        "cells": {
            cell.coordinate: (cell.number_format, cell.font.b, cell.font.sz, cell.fill.fgColor.rgb, cell.has_style)
            for row in sheet.iter_rows()
            for cell in row
            if (cell.row, cell.column) not in but
        },
        "widths": {letter: (d.width, d.hidden) for letter, d in sheet.column_dimensions.items()},
        "heights": {number: d.height for number, d in sheet.row_dimensions.items() if d.height},
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "frozen": sheet.freeze_panes,
        "protected": sheet.protection.sheet,
        "choices": [(v.sqref, v.formula1) for v in sheet.data_validations.dataValidation],
        "formats": [str(r.sqref) for r in sheet.conditional_formatting],
        "print": sheet.print_title_rows,
        "notes": {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment},
    }


def test_a_sheet_in_place_is_told_with_headers_and_what_is_struck_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Students"
    head = ["Student ID", "Last name", "First name", "Class of", "Parent name"]
    for row in (head, ["0001", "Ito", "Aya", "M27", "Ken"], ["0002", "Li", "Kim", "M27", "Bo"]):
        book.active.append(row)
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    book.save(tmp_path / "Own.xlsx")
    assert main(["adopt", str(tmp_path / "Own.xlsx"), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "Parent name -> Guardian," in said or "Parent name -> Guardian\n" in said
    assert "struck out, and still counted: rows 3; delete them, or enter Left on" in said
