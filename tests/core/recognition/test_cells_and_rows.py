"""What cells mean in a column, which rows of a program's export count, and which columns name rows of other sheets."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from make import table, tracker

from addin.core.book import Grid, Value
from addin.core.recognition.cells import CellReader
from addin.core.recognition.import_plan import plan_import
from addin.core.recognition.matching import Match
from addin.core.recognition.parts import _has_hours
from addin.core.recognition.programs import translate
from addin.core.recognition.recognise import Understood, recognise_all
from addin.core.recognition.source import Source
from addin.core.recognition.subject_names import SubjectNames
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

LISTS, TRACKERS = load_lists(), load_all()
CELLS = CellReader(LISTS, SubjectNames(LISTS), {})


@pytest.mark.parametrize(
    ("name", "column", "raw", "value", "kept"),
    [
        ("cas", "strand", "creativity", "Creativity", ""), ("cas", "strand", "creat", "Creativity", ""),
        ("cas", "strand", "C", "Creativity", ""), ("cas", "strand", "cre", "cre", ""),
        ("cas", "status", "Comp", "Complete", ""),
        ("cas", "status", "done", "done", ""), ("candidates", "category", "diploma", "D", ""),
        ("pd", "mode", "online", "Online", ""),
        ("cas", "hours", "3h", 3, ""), ("cas", "hours", "ill", None, "ill"), ("cas", "hours", "c. 3", 3, "c. 3"),
        ("cas", "hours", True, None, "yes"), ("pd", "category", "Cat 3", 3, ""), ("pd", "category", 9, None, "9"),
        ("pd", "category", 2, 2, ""), ("pd", "cost", "€ 20", 20, ""), ("pd", "cost", "free", 0, ""),
        ("pd", "cost", "x", None, "x"), ("inventory", "quantity", "12", 12, ""),
        ("inventory", "quantity", "x", None, "x"),
        ("inventory", "quantity", "1.5", None, "1.5"), ("inventory", "quantity", "about 12", 12, "about 12"),
        ("inventory", "quantity", date(2026, 9, 1), None, "2026-09-01"), ("candidates", "payment", "Yes", True, ""),
        ("candidates", "payment", "unpaid", False, ""), ("candidates", "payment", True, True, ""),
        ("candidates", "payment", "half", None, "half"), ("cas", "hours", "?", None, ""),
        ("cas", "start", "12 March", None, "12 March"), ("cas", "start", "May 2026", None, "May 2026"),
        ("cas", "start", "spring 2026", None, "spring 2026"), ("cas", "start", "soon", None, "soon"),
        ("cas", "start", "3 May 2026", date(2026, 5, 3), ""), ("registrations", "level", "higher", "HL", ""),
        ("registrations", "level", "x", "x", ""), ("registrations", "subject", "Bio", "Biology", ""),
        ("registrations", "subject", "Magic", "Magic", ""), ("candidates", "session", "May 2027", "M27", ""),
        ("candidates", "session", "2027", "M27", ""), ("candidates", "email", " a@x.org ", "a@x.org", ""),
        ("candidates", "notes", " two  words ", "two  words", ""),
        ("cas", "outcomes", "LO1-LO3", "LO1; LO2; LO3", ""), ("cas", "outcomes", "1,2", "LO1; LO2", ""),
        ("cas", "outcomes", "x", "x", ""), ("communications", "audience", "staff; ib schools", "Staff; IB schools", ""),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_its_column_wants_it(name: str, column: str, raw: Value, value: Value, kept: str) -> None:
    found = CELLS.read(TRACKERS[name].columns[column], raw)
    assert (found.value, found.kept) == (value, kept)
    assert bool(found.why) is (value is None)


@pytest.mark.parametrize(
    ("kinds", "are"),
    [
        (["month"] * 2, False), (["month"] * 3, True), (["month", "week", "week"], True), (["week"] * 2, False),
        (["strand"], False), (["strand"] * 2, True), (["interview"], False), (["interview"] * 2, True),
        (["term"], False),
        (["term"] * 2, True), (["strand", "interview", "month", "week", "term"], False), ([], False),
    ],
)  # fmt: skip
def test_hours_are_in_so_many_columns_of_one_kind(kinds: list[str], are: bool) -> None:
    assert _has_hours(kinds) is are


def test_two_months_are_hours_where_the_sheet_says_cas() -> None:
    assert _has_hours(["month"] * 2, "CAS hours 12A") and not _has_hours(["month"] * 2, "Cash")


@pytest.mark.parametrize(
    ("status", "taken"),
    [
        ("0", True),
        ("Active", True),
        ("", True),
        ("2", False),
        ("3", False),
        ("Withdrawn", False),
        ("LEFT", False),
        ("1", True),
    ],
)
def test_students_who_have_gone_are_left_out_of_a_programs_export(status: str, taken: bool) -> None:
    head: list[Value] = ["Student_Number", "Last_Name", "First_Name", "Grade_Level", "Enroll_Status"]
    found = translate(Source(Grid("students", [head, ["1001", "Ito", "Aya", "12", status]])))
    assert found is not None
    assert (2 not in found[0].excluded) is taken


PEOPLE: list[list[Value]] = [
    ["Code", "Last name", "First names", "Session", "Category"],
    *([f"000{n}", "Ito", f"Aya {n}", "M27", "D"] for n in range(101, 109)),
]


@pytest.mark.parametrize(
    ("codes", "is_code"),
    [
        (["000101", "000102", "000103", "000104", "000105", "000106"], True),
        (["000101", "900102", "900103", "900104", "900105", "900106"], True),
        (["Ito Aya", "Ito Bo", "Ito Cy", "Ito Di", "Ito Ed", "Ito Flo"], False), (["Ito Aya"], True),
        (["Ito Aya", "Ito Bo", "Ito Cy"], False), (["Ito Aya", "Ito Bo"], True),
    ],
)  # fmt: skip
def test_a_column_names_candidates_where_one_of_its_cells_does(codes: list[str], is_code: bool) -> None:
    log: list[list[Value]] = [["Candidate", "Title", "Strand", "Start", "Status", "Hours"]]
    log += [[code, f"Choir {n}", "Creativity", "2026-09-01", "Approved", 3] for n, code in enumerate(codes)]
    found = recognise_all({"People": Grid("People", PEOPLE), "CAS": Grid("CAS", log)}, TRACKERS, LISTS)
    (one,) = [one for one in found if isinstance(one, Understood) and one.tracker == "cas"]
    assert ("candidate" in [match.column for match in one.matches]) is is_code
    assert any(str(u.why).startswith("it is called like Candidate") for u in one.unknown) is not is_code


LINES = tracker('key = ["code", "part"]\n[columns.code]\n[columns.part]\n[columns.note]', name="lines", sheet="Lines")


@pytest.mark.parametrize(
    ("line", "changed", "doubt"),
    [
        (["a", "x"], ["Note"], ""), (["b", "x"], [], "Part is missing, and Lines has 2 rows for it."),
        (["c", "x"], [], "Part is missing."), ([None, "x"], [], "missing"),
    ],
)  # fmt: skip
def test_a_part_of_the_key_finds_the_only_row_that_has_it(line: list[Value], changed: list[str], doubt: str) -> None:
    stored = [{"code": code, "part": part} for code, part in (("a", "1"), ("b", "1"), ("b", "2"))]
    found = Understood("list", "lines", 1, [Match("Code", 1, "code"), Match("Note", 2, "note")])
    plan = plan_import(
        found,
        Source(Grid("list", [["Code", "Note"], line])),
        LINES,
        table(LINES, stored),
        {"Lines": Grid("Lines", [[None] * 4] * 4)},
        allowed=lambda _: (),
        keep_ids=True,
        random=Random(1),
        defaults={},
    )
    assert [one.header for one in plan.changes] == changed and not plan.added
    assert bool(plan.doubts) is bool(doubt) and all(doubt in one.why for one in plan.doubts)
