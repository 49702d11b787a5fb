"""Lists from IBIS and from school systems as people have them: session in two columns, titles above, parents beside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from addin.cli.main import main
from addin.core.tables.values import show
from addin.workspace.workbook import opened

PEOPLE = (
    "Code,Last name,First names,Session,Category,IB school code,Candidate session number,IB personal code\n"
    "S-71,Bergqvist,Goran,M27,C,000999,0001,vrq000\nS-72,Pereira,Lamia,M27,D,000999,0002,dmf001\n"
    "S-73,Ito,Aya,M26,D,000999,0001,abc003\n"
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ibis")
    path = folder / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--trackers", "candidates,results,predicted"]) == 0
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert main(["import", str(folder / "people.csv"), "--into", str(path), "--tracker", "candidates"]) == 0
    return path


@pytest.fixture
def book(school: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(school, tmp_path / "School.xlsx"))


def rows(book: Path, tracker: str) -> list[dict[str, str]]:
    with opened(str(book)) as workbook:
        table = workbook.tables[tracker]
        every = map(table.row, range(len(table)))
        return [{name: show(value) for name, value in row.items() if value is not None} for row in every]


def imported(text: str, book: Path, encoding: str = "utf-8") -> int:
    source = book.parent / "list.csv"
    source.write_text(text, encoding=encoding)
    return main(["import", str(source), "--into", str(book)])


def results(book: Path) -> list[tuple[str, ...]]:
    return [
        tuple(row.get(name, "") for name in ("candidate", "session", "level", "grade")) for row in rows(book, "results")
    ]


RESULTS = (
    "Year,Month,School,Registration code,Personal code,Name,Category,Subject,Level,Language,Predicted grade,Grade,"
    "Total points,Result\r\n"
    '2027,MAY,000999,0001,vrq000,"BERGQVIST, Goran",COURSE,PHYSICS,SL,ENGLISH,5,6,,\r\n'
    '2027,MAY,000999,0002,dmf001,"PEREIRA, Lamia",DIPLOMA,PHYSICS,HL,ENGLISH,6,5,38,DIPLOMA AWARDED\r\n'
)


def test_results_of_ibis_are_of_the_session_that_two_columns_say(book: Path) -> None:
    assert imported(RESULTS, book) == 0
    assert results(book) == [("S-71", "M27", "SL", "6"), ("S-72", "M27", "HL", "5")]
    before = book.read_bytes()
    assert imported(RESULTS, book) == 0
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        (
            "Année;Mois;Candidat;Nom;Matière;Niveau;Note\r\n2027;MAI;0001;BERGQVIST, Goran;PHYSICS;SL;6\r\n"
            "2027;MAI;0002;PEREIRA, Lamia;PHYSICS;HL;5\r\n"
        ),
        (
            "Año;Mes;Alumno;Nombre;Asignatura;Nivel;Calificación\r\n"
            "2027;MAYO;000999-0001;BERGQVIST, Goran;PHYSICS;NM;6\r\n"
            "2027;MAYO;000999-0002;PEREIRA, Lamia;PHYSICS;NS;5\r\n"
        ),
        (
            "Year;Month;Candidate code;Subject;Level;Scaled total;Grade\r\n2027;MAY;000999-0001;PHYSICS;SL;71;6\r\n"
            "2027;MAY;000999-0002;PHYSICS;HL;63;5\r\n"
        ),
        (
            "Year;Month;Candidate;Subject;Level;Component;Mark;Grade;Scaled total;Subject grade\r\n"
            "2027;MAY;0001;PHYSICS;SL;PAPER ONE;31;7;;\r\n2027;MAY;0001;PHYSICS;SL;PAPER TWO;21;5;70;6\r\n"
            "2027;MAY;0002;PHYSICS;HL;PAPER TWO;21;4;63;5\r\n"
        ),
    ],
)
def test_results_in_other_forms(book: Path, text: str) -> None:
    assert imported(text, book, "utf-16") == 0
    assert results(book) == [("S-71", "M27", "SL", "6"), ("S-72", "M27", "HL", "5")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('2027,MAY,,0001,,"PEREIRA, Lamia",,PHYSICS,SL,,,6,,', "0001 is Goran Bergqvist here, and PEREIRA, Lamia in"),
        ('2027,MAY,,0001,dmf001,,,PHYSICS,SL,,,6,,', "0001 and dmf001 are two candidates"),
        ('2027,MAY,,0077,,,,PHYSICS,SL,,,6,,', "no candidate of M27 has the session number 0077"),
        ('2025,NOVEMBER,,0001,,,,PHYSICS,SL,,,6,,', "no candidate of N25 has the session number 0001"),
    ],
)  # fmt: skip
def test_a_candidate_who_is_not_certain_is_listed(
    book: Path, row: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(f"{RESULTS.splitlines()[0]}\n{row}\n", book) == 1
    assert why in capsys.readouterr().out
    assert results(book) == []


def test_rows_of_components_alone_are_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Year,Month,Candidate,Subject,Level,Component,Mark\n2027,MAY,0001,PHYSICS,SL,PAPER ONE,31\n"
    assert imported(text, book) == 2
    assert "it has a row for each component" in capsys.readouterr().err


def test_predicted_grades_of_ibis(book: Path) -> None:
    text = "Year,Month,Candidate,Name,Subject,Level,Predicted grade\n2027,MAY,0001,Goran Bergqvist,PHYSICS,SL,5\n"
    assert imported(text, book) == 0
    (row,) = rows(book, "predicted")
    assert (row["candidate"], row["session"], row["predicted"]) == ("S-71", "M27", "5")


def test_candidates_of_ibis_without_the_number_of_the_school(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Year,Month,Candidate,Personal code,Name,Category,Date of birth\n"
        '2027,MAY,0001,vrq000,"BERGQVIST, Goran",Course,20-Sep-2009\n2027,MAY,0099,zzz999,"NEWMAN, Nora",Diploma,\n'
    )
    assert imported(text, book) == 1
    out = capsys.readouterr().out
    assert "not taken, row 3 of list: Code is missing" in out
    (one,) = (row for row in rows(book, "candidates") if row["code"] == "S-71")
    assert (one["birth_date"], one["category"], one["session"]) == ("2009-09-20", "C", "M27")
    assert "Category" not in [
        line.split(":")[0].split()[-1] for line in out.splitlines() if " -> " in line and "!" in line
    ]


TITLED = {
    "SIMS": (
        ("SIMS Report: Contact List\nRiverside School\nPrinted on 14/09/2026\n\n"
        "Adno,Legal Surname,Legal Forename,Preferred Forename,Year,DOB,Gender,Primary Email\n"
        "004501,Ashe,Nina,,12,05/11/2009,F,ashe@x.org\nPage 1 of 2\n"
        "Adno,Legal Surname,Legal Forename,Preferred Forename,Year,DOB,Gender,Primary Email\n"
        "004503,Cole,Pia,,12,13/02/2010,F,cole@x.org\nTotal number of students: 2\n"),
        [("004501", "Ashe", "Nina", ""), ("004503", "Cole", "Pia", "")],
        "",
    ),
    "PowerSchool": (
        ("Riverside School\nStudent List - Grade 11\n"
        "Student_Number,LastFirst,Last_Name,First_Name,Middle_Name,Grade_Level,Enroll_Status\n"
        '5501,"Kim, Min",Kim,Min,Ji,11,0\n5502,"Old, Boy",Old,Boy,,11,2\nPage 1\n'),
        [("5501", "Kim", "Min Ji", "")],
        "left out, row 5: its status is 2",
    ),
    "Toddle": (
        ("Student ID,First Name*,Last Name*,Email*,Year Group*,Curriculum Program*\n"
        "T61,Eva,Dahl,dahl@x.org,Grade 11,IB DP\nT63,Mia,Vik,vik@x.org,Grade 9,IB MYP\n"),
        [("T61", "Dahl", "Eva", "D")],
        "left out, row 3: its program is IB MYP",
    ),
    "ManageBac": (
        ("Student ID,First Name,Last Name,E-mail,Grade,Program,IB Group,Parent 1 First Name,Parent 1 Last Name,"
        "Parent 1 E-mail\nB71,Per,Lie,lie@x.org,Grade 11,IB CP,Class of 2027,Ola,Lie,ola@mail.org\n"
        "B73,Tom,Sol,sol@x.org,Grade 10,IB MYP,Class of 2029,Bea,Sol,bea@mail.org\n"),
        [("B71", "Lie", "Per", "CP")],
        "left out, row 3: its program is IB MYP",
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", TITLED)
def test_students_below_titles_and_beside_parents(book: Path, program: str, capsys: pytest.CaptureFixture[str]) -> None:
    text, expected, left = TITLED[program]
    assert imported(text, book) == 0
    out = capsys.readouterr().out
    assert f"Known as a list of {program}." in out
    assert left in out
    made = [row for row in rows(book, "candidates") if not row["code"].startswith("S-")]
    names = ("code", "last_name", "first_names", "category")
    assert [tuple(row.get(name, "") for name in names) for row in made] == expected
    if program == "ManageBac":
        assert (made[0]["guardian_name"], made[0]["guardian_email"]) == ("Ola Lie", "ola@mail.org")


def test_the_programme_changes_no_category_that_is_entered(book: Path) -> None:
    text = "Student ID,First Name,Last Name,E-mail,Grade,Program,IB Group\nS-71,Goran,Bergqvist,b@x.org,12,IB DP,2027\n"
    assert imported(text, book) == 0
    (one,) = (row for row in rows(book, "candidates") if row["code"] == "S-71")
    assert (one["category"], one["email"]) == ("C", "b@x.org")


def test_rows_of_other_sessions_are_no_difference(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("Candidate,Session,Subject,Level,Grade,Scaled total\nS-73,M26,Physics,HL,7,80\n", book) == 0
    (book.parent / "ibis.csv").write_text(RESULTS, encoding="utf-8")
    capsys.readouterr()
    assert main(["compare", str(book), "--with", str(book.parent / "ibis.csv")]) == 1
    out = capsys.readouterr().out
    assert "S-73" not in out
    assert "S-71 · M27 · Physics · SL  (row is only in the list)" in out
