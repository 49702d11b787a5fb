"""Lists of other programs are known by their structure: the right columns, the right rows, again and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.cli.main import main
from addin.core.tables.values import show
from addin.workspace.workbook import opened

LISTS = {
    "OneRoster": (
        (
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
            "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,pronouns\n"
            "u1,active,,true,aito,,Aya,Ito,Mei,0012,aito@x.org,,,,11,,,Ayu,\n"
            "u2,active,,true,jlee,,Jo,Lee,,T1,jlee@x.org,,,,,,,,\n"
            "u3,tobedeleted,,true,gone,,Al,Gone,,0013,gone@x.org,,,,11,,,,\n"
            "u4,active,,false,off,,Ed,Off,,0014,off@x.org,,,,11,,,,\n"
        ),
        {"code": "0012", "last_name": "Ito", "first_names": "Aya Mei", "preferred_name": "Ayu", "year_group": "11"},
        ["row 3: it has neither a role nor a grade", "row 4: its status is tobedeleted", "row 5: it is switched off"],
    ),
    "PowerSchool": (
        (
            "Student_Number,Last_Name,First_Name,Middle_Name,Grade_Level,DOB,Gender,Enroll_Status\n"
            "0055,Kim,Min,Ji,11,3/25/2009,M,0\n0056,Old,Boy,,11,3/26/2009,M,2\n"
        ),
        {"code": "0055", "last_name": "Kim", "first_names": "Min Ji", "birth_date": "2009-03-25", "gender": "M"},
        ["row 3: its status is 2"],
    ),
    "iSAMS": (
        (
            "School ID,Surname,Forename,Preferred Name,Gender,DOB,Form,Tutor,Email Address\n"
            "0044,Berg,Ann,Annie,F,25/03/2009,12A,Ms Lee,berg@x.org\n"
        ),
        {"code": "0044", "last_name": "Berg", "first_names": "Ann", "adviser": "Ms Lee", "year_group": "12A"},
        [],
    ),
    "ManageBac": (
        (
            "Student ID,First Name,Last Name,Preferred Name,Other Name,E-mail,Grade,Program,IB Group\n"
            "0071,Per,Lie,,,lie@x.org,Grade 11,IB DP,Class of 2027\n"
        ),
        {"code": "0071", "last_name": "Lie", "first_names": "Per", "email": "lie@x.org", "year_group": "Grade 11"},
        [],
    ),
    "Toddle": (
        "Student ID,First Name,Last Name,Email,Grade,Curriculum Program\n0061,Eva,Dahl,dahl@x.org,11,IB DP\n",
        {"code": "0061", "last_name": "Dahl", "first_names": "Eva", "email": "dahl@x.org"},
        [],
    ),
    "IBIS": (
        (
            "Session,Category,Candidate code,Personal code,Family name,Given names,Date of birth,School student ID\n"
            "M27,D,0001,abc123,Novák,Anna,14 Mar 2009,0081\n"
        ),
        {"code": "0081", "session_number": "0001", "personal_code": "abc123", "last_name": "Novák", "category": "D"},
        [],
    ),
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("programs") / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--trackers", "candidates,cas"]) == 0
    return path


def rows(book: Path, tracker: str) -> list[dict[str, str]]:
    with opened(str(book)) as workbook:
        table = workbook.tables[tracker]
        return [{name: show(value) for name, value in table.row(index).items()} for index in range(len(table))]


@pytest.mark.parametrize("program", LISTS)
def test_a_student_list_is_known_by_its_structure(
    school: Path, tmp_path: Path, program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, expected, left = LISTS[program]
    source = tmp_path / "list.csv"
    source.write_text(text, encoding="utf-8")
    assert main(["import", str(source), "--into", str(school)]) == 0
    out = capsys.readouterr().out
    assert f"Known as a list of {program}." in out
    assert [line for line in left if f"left out, {line}" not in out] == []
    (row,) = (row for row in rows(school, "candidates") if row["code"] == expected["code"])
    assert {name: row[name] for name in expected} == expected
    before = school.read_bytes()
    assert main(["import", str(source), "--into", str(school)]) == 0
    assert school.read_bytes() == before


def test_the_answers_of_a_form_are_cas_entries_of_whoever_sent_them(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "Code,Last name,First names,Session,Category,Email\n0091,Ito,Aya,M27,D,Ito@x.org\n", encoding="utf-8"
    )
    form = tmp_path / "Form responses.csv"
    form.write_text(
        "Timestamp,Email Address,Activity,Strand,Start date,Hours\n"
        "9/4/2026 14:12:33,ito@x.org,Choir,Creativity,4 Sep 2026,3\n"
        "9/5/2026 9:00:01,nobody@x.org,Run,Activity,5 Sep 2026,2\n",
        encoding="utf-8",
    )
    assert main(["import", str(people), "--into", str(school)]) == 0
    assert main(["import", str(form), "--into", str(school)]) == 0
    assert "left out, row 3: nobody@x.org is not the e-mail address of a candidate" in capsys.readouterr().out
    (entry,) = rows(school, "cas")
    assert (entry["candidate"], entry["title"], entry["start"]) == ("0091", "Choir", "2026-09-04")
    before = school.read_bytes()
    assert main(["import", str(form), "--into", str(school)]) == 0
    assert school.read_bytes() == before


def test_other_headers_are_no_program(school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "list.csv"
    source.write_text("Code,Last name,First names,Session,Category\n0099,A,B,M27,D\n", encoding="utf-8")
    assert main(["import", str(source), "--into", str(school), "--dry-run"]) == 0
    assert "Known as" not in capsys.readouterr().out
