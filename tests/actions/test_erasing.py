"""Privacy: who got what is known, one file has all on a person, an erased student is found nowhere and still counts."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from xlsx_books import build

from addin.actions.erase import with_cells
from addin.actions.new import new
from addin.cli.main import main
from addin.core.checks.rules import check
from addin.core.erasure import new_word, plan_erasure
from addin.core.retention import later
from addin.demo.sample import school_of
from addin.workspace.workbook import opened

PEOPLE = [
    ["Code", "Last name", "First names", "Session", "Category", "Birth date", "Email", "Guardian name", "Notes",
     "Left on", "Locker"],
    ["000123", "Novák", "Anna", "M27", "D", date(2009, 3, 14), "anna@x.example", "Z. Novák", "asthma", None, "L-17"],
    ["000124", "Berg", "Anna", "M27", "D", date(2009, 5, 1), "berg@x.example", None, None, None, "L-18"],
    ["000125", "Old", "Olu", "M20", "D", date(2002, 5, 1), None, None, None, date(2020, 6, 30), None],
]  # fmt: skip
CAS = [
    ["Entry", "Candidate", "Kind", "Title", "Strand", "Status"],
    ["1", "000123", "Experience", "Choir with Novák", "Creativity", "Draft"],
    ["2", "000124", "Experience", "Duet with Anna Novák (000123)", "Creativity", "Draft"],
]
RESULTS = [["Candidate", "Session", "Subject", "Level", "Grade"], ["000123", "M27", "Biology", "HL", "6"]]
STAFF = [
    ["Name", "Email", "Left on"],
    ["Ana Kamau", "ana@x.example", date(2019, 7, 1)],
    ["Olu Ade", "olu@x.example", None],
]
PD = [
    ["Staff", "Role", "Programme", "Workshop", "Status", "Category", "Start"],
    ["Ana Kamau", "Librarian", "DP", "Libraries", "Planned", 1, date(2027, 1, 1)],
    ["Olu Ade", "Librarian", "DP", "Reading", "Planned", 1, date(2027, 1, 1)],
]
OTHER = [["Ask Anna Novák about the trip"], ["Nothing"]]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    (tmp_path / "ib-trackers.toml").write_text('session = "M27"\n', encoding="utf-8")
    sheets = {"Candidates": PEOPLE, "CAS": CAS, "Results": RESULTS, "Staff": STAFF, "PD": PD, "Trip": OTHER}
    return build(tmp_path / "School.xlsx", sheets, {})


def log(book: Path, *more: str) -> list[dict[str, str]]:
    out = book.with_name("log.csv")
    assert main(["privacy", "log", str(book), "--out", str(out), "--overwrite", *more]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_way_out_is_in_the_log_with_to_whom_and_why(school: Path) -> None:
    out = school.parent
    person = ["--candidate", "000123"]
    assert (
        main(
            [
                "export",
                str(school),
                "--to",
                "csv",
                "--tracker",
                "cas",
                "--out",
                str(out / "csv"),
                "--for",
                "=Data office",
                "--why",
                "statistics",
            ]
        )
        == 0
    )
    assert main(["report", str(school), *person, "--out", str(out / "a.html"), "--for", "family"]) == 0
    assert main(["report", str(school), "--pack", "results-letters", "--out", str(out / "pack")]) == 0
    assert main(["export", str(school), "--redact", "--out", str(out / "r.xlsx")]) == 0
    every = log(school)
    assert [one["How"] for one in every] == ["export csv", "report", "pack results-letters", "redacted copy"]
    assert every[0]["To"] == "'=Data office"
    assert (every[0]["Why"], every[0]["What"], every[0]["Candidates"]) == ("statistics", "cas", "000123 000124")
    assert every[1]["Candidates"] == "000123"
    assert [one["How"] for one in log(school, "--person", "000125")] == ["redacted copy"]
    path = out / ".ib-trackers" / "disclosures.jsonl"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Novák" not in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + '{"at": "2026', "utf-8")  # a line that a lost computer cut short
    assert len(log(school)) == 4


def test_one_file_has_everything_on_a_person(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = school.with_name("held.json")
    assert main(["privacy", "held", str(school), "000123", "--out", str(out)]) == 0
    data = json.loads(out.read_text("utf-8"))
    assert out.stat().st_mode & 0o777 == 0o600
    assert {name: len(rows) for name, rows in data["rows"].items()} == {"candidates": 1, "cas": 1, "results": 1}
    assert data["rows"]["candidates"][0]["Notes"] == "asthma"
    assert data["rows"]["candidates"][0]["Locker"] == "L-17"
    assert [one["text"] for one in data["mentions"]] == ["Duet with Anna Novák (000123)"]
    assert "not set" in data["periods"]["candidates"]
    page = school.with_name("kamau.html")
    assert main(["privacy", "held", str(school), "ana kamau", "--out", str(page)]) == 0
    said = page.read_text("utf-8")
    assert "Libraries" in said
    assert "Reading" not in said
    assert main(["privacy", "held", str(school), "999", "--out", str(school.with_name("no.html"))]) == 2
    assert "Nothing is held on 999" in capsys.readouterr().err


def words_in(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_an_erased_student_is_found_nowhere_and_still_counts(school: Path, capsys) -> None:
    before = school.read_bytes()
    assert main(["privacy", "erase", str(school), "000123", "--dry-run"]) == 0
    assert school.read_bytes() == before
    assert main(["privacy", "erase", str(school), "000123"]) == 0
    said = capsys.readouterr().out
    word = said.rpartition("--confirm ")[2].split()[0]
    assert "Sheet Trip, row 1" in said
    book = openpyxl.load_workbook(school)
    person = [cell.value for cell in book["Candidates"][2]]
    assert person[:6] == [word, "Erased", "Erased", "M27", "D", person[5]]
    assert (person[5].year, person[5].month, person[5].day) == (2009, 1, 1)
    assert person[6:9] == [None, None, None]
    assert person[10] is None
    assert [cell.value for cell in book["Candidates"][3]][:3] == ["000124", "Berg", "Anna"]
    assert [row[3].value for row in book["CAS"].iter_rows(min_row=2)] == [
        "Choir with ███",
        f"Duet with {word} ({word})",
    ]
    assert [cell.value for cell in book["Results"][2]] == [word, "M27", "Biology", "HL", "6"]
    assert main(["undo", str(school)]) == 0
    assert school.read_bytes() == before


def test_a_confirmed_erasure_leaves_no_copy_and_keeps_the_trail(school: Path, capsys) -> None:
    book = openpyxl.load_workbook(school)
    del book["Trip"]
    book.save(school)
    assert main(["export", str(school), "--to", "json", "--out", str(school.parent / "out"), "--for", "office"]) == 0
    assert main(["privacy", "erase", str(school), "--confirm", "E-2222222"]) == 2
    assert main(["privacy", "erase", str(school), "000123"]) == 0
    word = capsys.readouterr().out.rpartition("--confirm ")[2].split()[0]
    assert main(["privacy", "erase", str(school), "--confirm", word]) == 0
    said = capsys.readouterr().out
    assert "1 kept copy of the workbook deleted" in said
    assert main(["undo", str(school)]) == 2
    assert [one["To"] for one in log(school, "--person", word)] == ["office"]
    state = school.parent / ".ib-trackers"
    kept = b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert b"000123" not in kept
    assert "Novák".encode() not in kept
    if "holds neither" in said:
        assert "000123" not in words_in(school)
    else:
        assert "open it in Excel, save it" in said
    assert main(["validate", str(school), "--read-only"]) in (0, 1)
    assert main(["privacy", "erase", str(school), word]) == 2


def test_what_is_due_follows_the_schools_periods(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["privacy", "due", str(school)]) == 0
    said = capsys.readouterr().out
    assert "Nothing is due." in said
    assert "No period is set on the Settings sheet: Years to keep students' records" in said
    (school.parent / "ib-trackers.toml").write_text(
        'session = "M27"\n[settings]\nkeep_students = 2\nkeep_staff = 1\nkeep_log = 5\nkeep_source = "Policy 7"\n',
        "utf-8",
    )
    assert main(["privacy", "due", str(school)]) == 1
    said = capsys.readouterr().out
    assert "000125: since 30\N{NO-BREAK SPACE}Jun\N{NO-BREAK SPACE}2022" in said
    assert "Ana Kamau: since 1\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}2020" in said
    assert "Olu Ade" not in said
    assert "000123" not in said
    assert "Policy 7" in said
    state = school.parent / ".ib-trackers"
    state.mkdir(exist_ok=True)
    line = '{"at": "%s-01-02T10:00:00", "book": "school.xlsx", "how": "x", "what": [], "people": ["1"]}\n'
    (state / "disclosures.jsonl").write_text(line % 2011 + line % 2999, "utf-8")
    assert main(["privacy", "log", str(school), "--clean"]) == 0
    assert [one["When"][:4] for one in log(school)] == ["2999"]


def test_a_period_that_ends_on_no_day_ends_before_it() -> None:
    assert later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert later(date(2024, 11, 30), 0.25) == date(2025, 2, 28)


def test_findings_do_not_tell_the_name_that_a_formula_still_had(tmp_path: Path) -> None:
    """Registrations shows names by formula; what it showed is not what the erased student is called now."""
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path), "--session", "M27"]) == 0
    words = ["--code", "000901", "--last-name", "Okafor", "--first-names", "Ada", "--birth-date", "2009-03-15"]
    assert main(["register", str(path), *words, "--subject", "Biology HL", "--subject", "French B SL"]) in (0, 1)
    assert main(["privacy", "erase", str(path), "000901"]) == 0
    book = openpyxl.load_workbook(path, data_only=True)
    cells = [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]
    assert [cell for cell in cells if "Okafor" in cell or "000901" in cell] == []


def test_subjects_languages_and_colleagues_stay_though_the_student_bears_their_words(tmp_path: Path) -> None:
    (tmp_path / "ib-trackers.toml").write_text('session = "M27"\n', encoding="utf-8")
    people = [["Code", "Last name", "First names", "Session", "Category", "Second language"]]
    people.append(["000126", "French", "Olu", "M27", "D", "English"])
    header = ["Candidate", "Session", "Category", "Subject", "Level", "Response language", "Teacher", "Status"]
    courses = [
        header,
        ["000126", "M27", "D", "English A: Literature", "HL", "English", "Olu Ade", "In IBIS"],
        ["000126", "M27", "D", "French B", "SL", "French", "Olu French", "Olu wants B"],
    ]
    book = build(tmp_path / "S.xlsx", {"Candidates": people, "Registrations": courses, "Staff": STAFF}, {})
    assert main(["privacy", "erase", str(book), "000126"]) in (0, 1)
    sheet = openpyxl.load_workbook(book)["Registrations"]
    first, second = [[cell.value for cell in row][1:] for row in sheet.iter_rows(2, 3)]
    assert first[:7] == courses[1][1:]
    assert second[:5] == courses[2][1:6]
    assert "French" not in second[5]
    assert "Olu" not in f"{second[5]} {second[6]}"


@pytest.fixture(scope="module")
def whole_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in every tracker, as made before the exams."""
    path = tmp_path_factory.mktemp("whole") / "School.xlsx"
    new(str(path), trackers=["all"], sample=school_of, today=date(2026, 11, 29))
    return path


@pytest.mark.parametrize("today", [date(2027, 3, 15), date(2027, 9, 1)])
def test_what_erasing_takes_away_is_not_asked_for_afterwards(today: date, whole_sample: Path) -> None:
    """In every tracker that the sample fills: no finding at a row of somebody whom nobody may fill in again."""
    with opened(str(whole_sample), today=today) as workbook:
        before = {(f.sheet, f.row, f.rule) for f in check(workbook.present, workbook.tables, workbook.settings)}
        held = {name: table.raw("candidate") for name, table in workbook.tables.items() if "candidate" in table.columns}
        codes = list({str(c) for name in ("arrangements", "awards", "transcripts", "cas") for c in held[name][:4] if c})
        words: list[str] = []
        for code in sorted(codes)[:10]:
            words.append(new_word())
            plan = plan_erasure(workbook.trackers, workbook.tables, workbook.grids, code, words[-1], workbook.settings)
            workbook = with_cells(workbook, {**dict.fromkeys(plan.calculated), **plan.cells})
        fresh = [
            one
            for one in check(workbook.present, workbook.tables, workbook.settings)
            if (one.sheet, one.row, one.rule) not in before
        ]
        assert [one for one in fresh if set(words) & {*map(str, workbook.grids[one.sheet].values[one.row - 1])}] == []


def test_what_a_person_can_still_mend_for_an_erased_student_is_told(tmp_path: Path) -> None:
    header = ["Code", "Last name", "First names", "Session", "Category", "Code state", "Session number", "Email"]
    rows = [
        header,
        ["E-bbbbbbb", "Erased", "Erased", "M27", "D", "Confirmed", None, None],
        ["E-bbbbbb", "Berg", "Ida", "M27", "D", "Confirmed", None, None],
        ["E-ccccccc", "Erased", "Erased", "May of 27", "D", None, None, "not an address"],
    ]
    path = build(tmp_path / "School.xlsx", {"Candidates": rows}, {})
    with opened(str(path)) as workbook:
        found = {(f.row, f.column) for f in check(workbook.present, workbook.tables, workbook.settings)}
    assert (3, "Session number") in found, "a code that only looks like an erased one"
    assert {(4, "Session"), (4, "Email")} <= found, "what was not taken away"
    assert not {(2, "Session number"), (2, "Email")} & found
