"""OneRoster's enrollments become registrations, with users and classes beside them; what is left out is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.actions.adopt import adopt
from addin.actions.new import new
from addin.cli.main import main
from addin.core.tables.values import show
from addin.workspace.workbook import opened

USERS = """sourcedId,status,dateLastModified,enabledUser,orgs,role,username,givenName,familyName,identifier,email
u1,,,true,s1,student,aito,Aya,Ito,0012,aito@x.org
u2,,,true,s1,student,bkim,Bo,Kim,,bkim@x.org
t1,,,true,s1,teacher,tan,Mei,Tan,T1,tan@x.org
t2,,,true,s1,teacher,lee,Jo,Lee,T2,lee@x.org
u9,,,true,s1,student,zz,Zed,New,0099,zz@x.org
"""
CLASSES = """sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType
c1,,,IB Biology HL 1,11,co1,BIO-1,scheduled
c2,,,History SL,11,co2,HIS-2,scheduled
c3,,,Homeroom 11A,11,co3,HR,homeroom
c4,,,Chemistry,11,co4,CH,scheduled
"""
ENROLLMENTS = """sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary
e1,,,c1,s1,u1,student,false
e2,,,c1,s1,t2,teacher,false
e3,,,c1,s1,t1,teacher,true
e4,,,c2,s1,u1,student,false
e5,,,c1,s1,u2,student,false
e6,,,c3,s1,u1,student,false
e7,,,c4,s1,u2,student,false
e8,tobedeleted,,c2,s1,u2,student,false
e9,,,c2,s1,u9,student,false
"""
STUDENTS = """Code,Last name,First names,Session,Category,Email
0012,Ito,Aya,M27,D,aito@x.org
0013,Kim,Bo,M27,D,bkim@x.org
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("users", USERS), ("classes", CLASSES), ("enrollments", ENROLLMENTS), ("students", STUDENTS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    new(str(tmp_path / "School.xlsx"), trackers=("candidates", "registrations"))
    main(["import", str(tmp_path / "students.csv"), "--into", str(tmp_path / "School.xlsx"), "--yes"])
    return tmp_path


def test_enrollments_are_registrations_and_the_others_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(folder / "School.xlsx")
    capsys.readouterr()
    main(["import", str(folder / "enrollments.csv"), "--into", book, "--yes"])
    said = capsys.readouterr().out
    with opened(book) as workbook:
        table = workbook.tables["registrations"]
        names = ("candidate", "session", "subject", "level", "teacher", "class_group")
        rows = [[show(table.row(index)[name]) for name in names] for index in range(len(table))]
    assert rows == [
        ["0012", "M27", "Biology", "HL", "Mei Tan, Jo Lee", "BIO-1"],
        ["0012", "M27", "History", "SL", "", "HIS-2"],
        ["0013", "M27", "Biology", "HL", "Mei Tan, Jo Lee", "BIO-1"],
    ]
    for text in (
        "row 3: its role is teacher", "row 7: Homeroom 11A names no subject of the IB",
        "row 8: Chemistry says neither HL nor SL", "row 9: its status is tobedeleted",
        "row 10: Zed New is no candidate of the workbook",
    ):  # fmt: skip
        assert text in said
    before = Path(book).read_bytes()
    main(["import", str(folder / "enrollments.csv"), "--into", book, "--yes"])
    assert Path(book).read_bytes() == before


def test_a_file_that_is_missing_beside_them_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "users.csv").unlink()
    assert main(["import", str(folder / "enrollments.csv"), "--into", str(folder / "School.xlsx")]) == 2
    assert "users.csv is not beside them. Put users.csv, classes.csv and enrollments.csv" in capsys.readouterr().err
    assert main(["import", str(folder / "classes.csv"), "--into", str(folder / "School.xlsx")]) == 2
    assert "who takes them is in enrollments.csv" in capsys.readouterr().err


def test_a_matrix_of_workshops_says_what_its_columns_are(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "PD.xlsx")) as book:
        sheet = book.add_worksheet("PD")
        rows = [
            ["Teacher", "Department", "Room", "Cat 1", "Cat 2", "Cat 3"],
            ["Brown, Peter", "Physics", "B12", "March 2022", "x", ""],
            ["Ito, Kana", "History", "B13", "12/03/2021", "", "x"],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    (one,) = adopt(str(tmp_path / "PD.xlsx"), dry_run=True).reading.sheets
    assert one.kept == ["Room"], one.kept
    assert any("Teacher -> Staff" in remark for remark in one.remarks)
