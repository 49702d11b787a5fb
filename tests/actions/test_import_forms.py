"""The answers of forms, as Google and Microsoft write them: rows of whoever sent them, in the tracker they are for."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from addin.cli.main import main
from addin.core.recognition.form_questions import plain_questions
from addin.core.tables.values import show
from addin.workspace.workbook import opened


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with two students and a colleague."""
    folder = tmp_path_factory.mktemp("forms")
    path = folder / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--trackers", "candidates,cas,pd,staff,core"]) == 0
    people = "Code,Last name,First names,Session,Category,Email\n"
    people += "0091,Ito,Aya,M27,D,Ito@x.org\n0092,Lie,Per,M27,D,lie@x.org\n"
    staff = "Name,Email,Roles,Subjects\nA. Kamau,a.kamau@x.org,Teacher,Biology\n"
    for name, text in {"people": people, "staff": staff}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        assert main(["import", str(folder / f"{name}.csv"), "--into", str(path), "--tracker", NAMED[name]]) == 0
    return path


NAMED = {"people": "candidates", "staff": "staff"}


@pytest.fixture
def book(school: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(school, tmp_path / "School.xlsx"))


def rows(book: Path, tracker: str) -> list[dict[str, str]]:
    with opened(str(book)) as workbook:
        table = workbook.tables[tracker]
        return [
            {name: show(value) for name, value in table.row(i).items() if value is not None} for i in range(len(table))
        ]


def imported(text: str, book: Path, encoding: str = "utf-8") -> int:
    source = book.parent / "answers.csv"
    source.write_text(text, encoding=encoding)
    return main(["import", str(source), "--into", str(book)])


ENGLISH = (
    "ID,Start time,Completion time,Email,Name,What is the title of the workshop?,Which category?,Dates attended,"
    "Where was it held?,Was it an IB workshop?,Please upload your certificate\r\n"
    '1,10/1/26 8:02:11,10/1/26 8:05:40,a.kamau@x.org,"Kamau, Alice",Approaches to teaching,Category 2,12-14 March 2026,'
    "Nairobi,Yes,https://x.example/1\r\n"
    "2,10/1/26 9:02:11,10/13/26 8:05:40,p.salcedo@x.org,P. Salcedo,Leading CAS,Category 1,3/4/2026,,No,\r\n"
    "3,10/1/26 9:02:11,10/13/26 8:06:40,anonymous,,Sandtray,1,5 May 2026,,No,\r\n"
)
FRENCH = (
    "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom;Quel est le titre de l'atelier ?;Quelle catégorie ?;"
    "Dates de l'atelier;Où a-t-il eu lieu ?\r\n"
    "1;01/10/2026 08:02:11;01/10/2026 08:05:40;a.kamau@x.org;Alice Kamau;Approches;Catégorie 2;12-14 mars 2026;"
    "Nairobi\r\n"
)
SPANISH = (
    "Id;Hora de inicio;Hora de finalización;Correo electrónico;Nombre;¿Cuál es el título del taller?;¿Qué categoría?;"
    "Fecha del taller;¿Dónde se celebró?\r\n"
    "1;1/10/2026 8:02;1/10/2026 8:05;a.kamau@x.org;Alice Kamau;Enfoques;Categoría 2;12-14 de marzo de 2026;Nairobi\r\n"
)


def test_workshops_of_colleagues_who_answered_a_form_of_microsoft(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(ENGLISH, book, "utf-8-sig") == 1
    out = capsys.readouterr().out
    assert "Known as a list of Microsoft Forms." in out
    assert "not taken, row 3 of answers: Start: “3/4/2026” can mean" in out
    assert "left out, row 4: it says neither a name nor the e-mail address of a colleague" in out
    assert rows(book, "pd") == [
        {
            "staff": "A. Kamau", "email": "a.kamau@x.org", "workshop": "Approaches to teaching", "category": "2",
            "start": "2026-03-12", "end": "2026-03-14", "place": "Nairobi", "ib_recognised": "yes",
            "certificate": "https://x.example/1",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), [(FRENCH, "utf-8-sig"), (SPANISH, "utf-16")])
def test_a_form_of_microsoft_in_other_languages(book: Path, text: str, encoding: str) -> None:
    assert imported(text, book, encoding) == 0
    (row,) = rows(book, "pd")
    wanted = {"staff": "A. Kamau", "category": "2", "start": "2026-03-12", "end": "2026-03-14", "place": "Nairobi"}
    assert {name: row[name] for name in wanted} == wanted


QUESTIONS = [
    "Timestamp", "Email Address", "What is the name of your CAS activity?", "Which strand(s) does it cover?",
    "Which learning outcomes did you meet?", "When did it start?", "How many hours did you spend?", "Supervisor's name",
]  # fmt: skip
GOOGLE = (
    ",".join(QUESTIONS) + "\r\n"
    '9/4/2026 14:12:33,ito@x.org,Choir,"Creativity, Service","LO1, LO3",4 Sep 2026,3,Z. Rautio\r\n'
    '9/13/2026 9:00:01,lie@x.org,Clean,Service;Activity,"Demonstrate that challenges have been undertaken, developing '
    'new skills in the process, Demonstrate engagement with issues of global significance",13 Sep 2026,2.5,\r\n'
)
CHOIR = {
    "candidate": "0091", "title": "Choir", "strand": "Creativity; Service", "outcomes": "LO1; LO3",
    "start": "2026-09-04", "hours": "3", "supervisor": "Z. Rautio", "entry": "F20260904141233",
}  # fmt: skip


def test_several_ticks_in_an_answer_are_several_choices(book: Path) -> None:
    assert imported(GOOGLE, book) == 0
    choir, clean = rows(book, "cas")
    assert {name: choir[name] for name in CHOIR} == CHOIR
    assert (clean["strand"], clean["outcomes"], clean["hours"]) == ("Service; Activity", "LO2; LO6", "2.5")
    before = book.read_bytes()
    assert imported(GOOGLE, book) == 0
    assert book.read_bytes() == before


def test_the_same_answers_as_a_workbook_and_with_a_time_zone_are_the_same_entries(book: Path) -> None:
    assert imported(GOOGLE, book) == 0
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(QUESTIONS)
    sheet.append([datetime(2026, 9, 4, 14, 12, 33), "ito@x.org", "Choir", "Creativity, Service", "LO1, LO3", None, 3])
    made.save(book.parent / "answers.xlsx")
    before = rows(book, "cas")
    assert main(["import", str(book.parent / "answers.xlsx"), "--into", str(book)]) == 0
    assert imported(GOOGLE.replace("9/4/2026 14:12:33", "2026/09/04 2:12:33 PM UTC+2"), book) == 0
    assert imported(GOOGLE.splitlines()[0] + "\n9/4/2026 14:12:33,ito@x.org,Choir,,,,,\n", book) == 0
    assert rows(book, "cas") == before


def test_workshops_of_a_form_of_google_are_no_experiences(book: Path) -> None:
    text = (
        'Timestamp,Email Address,Your name,Title of workshop attended,"Category (1, 2 or 3)",Start date,End date\n'
        "9/4/2026 14:12:33,b.lee@x.org,B. Lee,Approaches to learning,2,14 Mar 2026,16 Mar 2026\n"
    )
    assert imported(text, book) == 0
    (row,) = rows(book, "pd")
    assert (row["staff"], row["workshop"], row["category"]) == ("B. Lee", "Approaches to learning", "2")
    assert rows(book, "cas") == []


def test_a_code_that_is_asked_for_must_not_contradict_the_address(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Timestamp,Email Address,Student ID,Activity,Strand,Hours\n9/4/2026 14:12:33,,0092,Choir,Creativity,3\n"
        "9/4/2026 14:12:34,ito@x.org,0092,Run,Activity,3\n"
    )
    assert imported(text, book) == 0
    assert [(row["candidate"], row["title"]) for row in rows(book, "cas")] == [("0092", "Choir")]
    assert "left out, row 3: the e-mail address is of 0091, the code 0092" in capsys.readouterr().out


def test_answers_about_essays_are_of_the_students_session(book: Path) -> None:
    text = (
        "Timestamp,Email Address,In which subject will you write your extended essay?,What is your research question?,"
        "Preferred supervisor\n9/14/2026 14:12:33,ito@x.org,Psychology,How does sleep affect memory?,A. Kamau\n"
    )
    assert imported(text, book) == 0
    (row,) = rows(book, "core")
    found = {name: row.get(name) for name in ("candidate", "session", "component", "subject", "title", "supervisor")}
    assert found == {
        "candidate": "0091", "session": "M27", "component": "Extended essay", "subject": "Psychology",
        "title": "How does sleep affect memory?", "supervisor": None,
    }  # fmt: skip


HR = (
    "Employee ID,Employee Name,Work Email,Course Title,Provider,Start Date,End Date,Completion Status\n"
    'E1,"Kamau, Alice",a.kamau@x.org,DP Biology,IB,2026-03-12,2026-03-14,Completed\n'
    'E2,"Lee, Bo",b.lee@x.org,CAS,IB,2027-02-01,2027-02-03,Registered\n'
)


def test_colleagues_of_another_system_are_known_by_their_address(book: Path) -> None:
    assert imported(HR, book) == 0
    found = [(row["staff"], row["workshop"], row["status"]) for row in rows(book, "pd")]
    assert found == [("A. Kamau", "DP Biology", "Attended"), ("Lee, Bo", "CAS", "Booked")]
    before = book.read_bytes()
    assert imported(HR, book) == 0
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "First Name*,Last Name*,Email*,Display Title*\nAlice,Kamau,a.kamau@x.org,Ms\nNia,Moe,moe@x.org,Ms\n",
        (
            "First Name,Last Name,E-mail,Job Title,Department,Start Date\n"
            "Alice,Kamau,a.kamau@x.org,Teacher,Art,2019-08-01\nNia,Moe,moe@x.org,Teacher,Art,2026-08-01\n"
        ),
    ],
)
def test_first_and_last_name_are_the_name_of_a_colleague(book: Path, text: str) -> None:
    assert imported(text, book) == 0
    assert [(row["name"], row["email"]) for row in rows(book, "staff")] == [
        ("A. Kamau", "a.kamau@x.org"),
        ("Nia Moe", "moe@x.org"),
    ]


def test_a_name_that_the_workbook_has_stays_whatever_the_address(book: Path) -> None:
    assert imported("Name,Email,Roles,Subjects\nB. Lee,b@x.org,Teacher,Art\n", book) == 0
    assert imported("Name,Email,Roles,Subjects\nB. Lee,a.kamau@x.org,Teacher,Art\n", book) == 0
    assert [(row["name"], row["email"]) for row in rows(book, "staff")] == [
        ("A. Kamau", "a.kamau@x.org"),
        ("B. Lee", "a.kamau@x.org"),
    ]


def test_questions_that_fit_no_tracker_are_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Timestamp,Email Address,What did you like?,What could be better?\n9/4/2026 14:12:33,ito@x.org,All,None\n"
    assert imported(text, book) == 2
    assert "the answers of a form, whose questions fit no tracker" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Which strand(s) does it cover?", "strand"),
        ("How many hours did you spend?", "hours"),
        ("When did it start?", "start date"),
        ("Supervisor's name", "supervisor name"),
        ("Please upload your certificate", "certificate"),
        ("Quel est le titre de l'atelier ?", "atelier"),
        ("¿Qué categoría?", "categoría"),
    ],
)
def test_what_a_question_asks_for(question: str, asked: str) -> None:
    assert asked in plain_questions(question)
