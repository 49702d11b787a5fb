"""A sheet that was renamed or copied by hand is not checked in silence: a remark says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsx_books import build

from addin.actions.new import new
from addin.actions.validate import validate
from addin.core.book import Value
from addin.workspace.tracker_files import load_all


def rows(tracker: str, *values: Value) -> list[list[Value]]:
    columns = list(load_all()[tracker].columns.values())
    return [
        [*(column.header for column in columns), "IBT id"],
        [*values, *[None] * (len(columns) - len(values)), "a00001"],
    ]


@pytest.mark.parametrize(
    ("sheet", "remark"),
    [
        ("My kids", "Sheet My kids has the columns of Candidates and is not checked. Name it Candidates again"),
        ("CAS (2)", "Sheet CAS (2) is a copy of CAS and is not checked. Put rows that count on CAS."),
        ("Copy of CAS", "Sheet Copy of CAS is a copy of CAS and is not checked."),
        ("Budget (2)", ""),
    ],
)
def test_a_sheet_under_another_name_is_said(tmp_path: Path, sheet: str, remark: str) -> None:
    path = build(
        tmp_path / "School.xlsx",
        {"Home": [["Tracker"], ["Candidates"], ["CAS experiences"]], "CAS": rows("cas", "0001"),
         sheet: rows("candidates" if sheet == "My kids" else "cas", "000123")},
        {},
    )  # fmt: skip
    said = " ".join(validate(str(path), write=False).remarks)
    assert remark in said
    assert bool(remark) == ("is not checked" in said)


def test_a_sheet_that_was_deleted_is_said(tmp_path: Path) -> None:
    home = [["Tracker"], ["Candidates"], ["CAS experiences"], [], ["What"], ["Moderation samples"], ["Staff"]]
    path = build(tmp_path / "School.xlsx", {"Home": home, "CAS": rows("cas", "0001")}, {})
    assert validate(str(path), write=False).remarks == [
        "Sheet Candidates is missing: Home lists it. Put it back (ib-trackers restore), or delete its line on Home."
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_workbook_lacks_nothing_until_a_sheet_is_deleted(tmp_path: Path, language: str) -> None:
    new(str(tmp_path / "School.xlsx"), session="M27", language=language)
    assert validate(str(tmp_path / "School.xlsx"), write=False).remarks == []
    (tmp_path / "now").mkdir()
    book = load_workbook(tmp_path / "School.xlsx")
    book.remove(book[{"en": "Candidates", "fr": "Candidats"}[language]])
    book.save(tmp_path / "now" / "School.xlsx")
    assert len(validate(str(tmp_path / "now" / "School.xlsx"), write=False).remarks) == 1
