"""Students of two years in one workbook: the session that is answered is that of the oldest, the others' is later."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from addin.actions.adopt import adopt
from addin.cli.main import main
from addin.core.recognition.reading import Reading
from addin.workspace.workbook import opened

NAMES = ("García López, Chloé", "Smith, Jon", "Ito, Aya", "Novak, Lucy", "Weber, Max", "Okoro, Ada")


def book_of(path: Path, rows: list[list[object]], title: str = "Students") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def listed(*classes: object) -> list[list[object]]:
    rows: list[list[object]] = [["Student", "Class", "E-mail"]]
    return rows + [[name, one, f"{n}@x.example"] for n, (name, one) in enumerate(zip(NAMES, classes, strict=False))]


def sessions(path: Path) -> dict[object, object]:
    """Class -> session of its students; several where they differ."""
    with opened(str(path)) as workbook:
        columns = workbook.tables["candidates"].columns
        return dict(zip(columns["year_group"], columns["session"], strict=True))


def by_name(path: Path) -> list[tuple[object, object]]:
    with opened(str(path)) as workbook:
        columns = workbook.tables["candidates"].columns
        return sorted(zip(columns["last_name"], columns["session"], strict=True), key=str)


def asked_of(path: Path) -> str:
    """What a person is asked about the session; nobody answers."""
    texts: list[str] = []

    def ask(reading: Reading, titles: Mapping[str, str]) -> None:
        texts.extend(str(one.text) for one in reading.questions if one.name == "session")

    adopt(str(path), dry_run=True, ask=ask)
    (text,) = texts
    return text


def test_two_years_get_two_sessions_and_are_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book_of(tmp_path / "Own.xlsx", listed("IB1", "IB1", "IB2", "IB2"))
    assert main(["adopt", str(path), "--yes", "--session", "M27"]) == 0
    assert sessions(path) == {"IB1": "M28", "IB2": "M27"}
    assert "exam session = M27 (IB2), M28 (IB1)" in capsys.readouterr().out


def test_the_question_names_the_oldest(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", listed(11, "12A", "12C", "12A"))
    assert (
        asked_of(path) == "Which exam session are the oldest (12A, 12C) in? Each year below is a year later. (4 rows)"
    )
    one = book_of(tmp_path / "One.xlsx", listed("12A", "12C", "12A"))
    assert asked_of(one) == "Which exam session? (3 rows)"


def test_a_class_without_a_year_gets_no_session_and_is_listed(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", listed("IB1", "IB2", "Blue"))
    result = adopt(str(path), answers={"session": "M27"}, take_defaults=True)
    assert sessions(path) == {"IB1": "M28", "IB2": "M27", "Blue": None}
    assert [(one.text, one.placed) for one in result.reading.listed] == [("Ito, Aya", True)]


def test_a_student_who_moves_up_keeps_the_session_until_another_is_given(tmp_path: Path) -> None:
    path = book_of(tmp_path / "Own.xlsx", listed("IB1", "IB1", "IB2"))
    assert adopt(str(path), answers={"session": "M27"}, take_defaults=True).written
    book = openpyxl.load_workbook(path)
    for row in (2, 3):
        book["Students"].cell(row, 2).value = "IB2"
    book["Students"].delete_rows(4)
    book.save(path)
    adopt(str(path), take_defaults=True)
    assert by_name(path) == [("García López", "M28"), ("Ito", "M27"), ("Smith", "M28")]
    adopt(str(path), answers={"session": "N28"}, take_defaults=True)
    assert by_name(path) == [("García López", "N28"), ("Ito", "M27"), ("Smith", "N28")]


def test_a_list_that_stays_where_it_is_gets_the_session_of_each_row(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Student ID", "Last name", "First names", "Date of birth", "Year group", "Category"]]
    rows += [
        ["1001", "Okafor", "Ada", "25/03/2009", "DP1", "D"],
        ["1002", "Lindqvist", "Nils", "04/05/2008", "DP2", "D"],
    ]
    rows += [["1003", "Berg", "Ole", "04/05/2008", "left", "D"]]
    path = book_of(tmp_path / "Own.xlsx", rows)
    before = path.read_bytes()
    assert asked_of(path) == "Which exam session are the oldest (DP2) in? Each year below is a year later. (3 rows)"
    assert main(["adopt", str(path), "--session", "M27"]) == 0
    assert sessions(path) == {"DP1": "M28", "DP2": "M27", "left": None}
    assert main(["undo", str(path)]) == 0 and path.read_bytes() == before


def test_names_in_a_few_of_the_last_classes_are_students(tmp_path: Path) -> None:
    rows = [["ID", "Name", "Grade", "E-mail"]]
    rows += [[f"W{n}", f"Last{'abcde'[n]}, First ( Nick )", str(11 + n % 2), f"{n}@x.example"] for n in range(5)]
    path = book_of(tmp_path / "Own.xlsx", [*rows], "List")
    assert adopt(str(path), answers={"session": "M27"}, take_defaults=True).written
    assert sessions(path) == {"11": "M28", "12": "M27"}


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [[*row[:3], str(n % 9), row[4]] if n else row for n, row in enumerate(rows)],  # a whole school
        lambda rows: [[*row, "Maths" if n else "Subject"] for n, row in enumerate(rows)],  # teachers and their classes
        lambda rows: rows[:4],  # too few to say
    ],
)
def test_names_in_other_classes_may_be_anybody(tmp_path: Path, change: object) -> None:
    rows = [["ID", "Name", "x", "Grade", "E-mail"]]
    rows += [[f"W{n}", f"Last{'abcde'[n]}, First", "", str(11 + n % 2), f"{n}@x.example"] for n in range(5)]
    changed = change(rows)  # type: ignore[operator]
    path = book_of(tmp_path / "Own.xlsx", [[*row[:2], *row[3:]] for row in changed], "List")
    made = adopt(str(path), dry_run=True, answers={"session": "M27"}, take_defaults=True).reading.made
    assert not [one for one in made if one.tracker == "candidates"]


def test_an_imported_list_of_two_years_gets_two_sessions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, source = tmp_path / "School.xlsx", tmp_path / "list.csv"
    assert main(["-q", "new", str(path), "--session", "M27"]) == 0
    lines = ["Student Code,Surname,Forename,Grade", "1001,Garcia,Ana,11", "1002,Smith,Jon,12", "1003,Low,Kim,left", ""]
    source.write_text("\n".join(lines))
    assert main(["import", str(source), "--into", str(path), "--session", "M27"]) == 0
    assert sessions(path) == {"11": "M28", "12": "M27", "left": None}
    assert "Session: M27 (12), M28 (11) for all new rows" in capsys.readouterr().out
    source.write_text("Student Code,Surname,Forename,Grade\n1005,Poe,Ana,11\n1006,Roy,Jon,11\n")
    assert main(["import", str(source), "--into", str(path), "--session", "M28"]) == 0
    assert "Session: M28 for all new rows" in capsys.readouterr().out
