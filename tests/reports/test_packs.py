"""Packs: everybody sits once, nobody's file is overwritten, and what is missing is said."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping, Sequence
from datetime import date, time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from report_school import Then, pdf_bytes, school
from whole_school import School, clean

from addin.cli.main import main

pytestmark = pytest.mark.usefixtures("calendar")
NEEDED = ("candidates", "registrations", "exams", "arrangements", "evaluation", "staff")
SETTINGS = 'session = "M27"\nprogramme = "dp"\n'
BIOLOGY = {
    "session": "M27",
    "subject": "Biology",
    "level": "HL",
    "paper": "Paper 2",
    "date": date(2027, 5, 12),
    "start": time(9),
    "minutes": 135,
    "invigilators": "Jonas Weber; Olu Ade",
}


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.workspace.workbook.date", Then)


def rows() -> School:
    found = {name: part for name, part in clean().items() if name in NEEDED}
    for number, row in enumerate(found["candidates"]):
        row["session_number"] = f"{60 - number:04d}"
    return found


def book(folder: Path, found: Mapping[str, Sequence[Mapping[str, Any]]], settings: str = SETTINGS) -> Path:
    return school(folder, found, settings)


def make(path: Path, pack: str, out: str = "pack", *more: str) -> int:
    return main(["report", str(path), "--pack", pack, "--out", str(path.with_name(out)), *more])


def text(path: Path) -> str:
    """A page as words: each row of a table is a line."""
    body = path.read_text("utf-8").partition("<body>")[2].replace("\n", " ").replace("</tr>", "\n")
    words = unescape(re.sub(r"<[^>]+>", " ", body)).replace("\N{NO-BREAK SPACE}", " ")
    return "\n".join(" ".join(line.split()) for line in words.splitlines())


def sheets(folder: Path, kind: str, *words: str) -> list[str]:
    pages = [text(path) for path in sorted(folder.glob(f"{kind}-*.html"))]
    return [page for page in pages if all(word in page for word in words)]


def test_each_sitting_has_a_list_to_sign_in_order_of_session_number(tmp_path: Path) -> None:
    assert make(book(tmp_path, rows()), "exam-day") == 0
    pages = sheets(tmp_path / "pack", "attendance")
    assert len(pages) == 6
    (page,) = sheets(tmp_path / "pack", "attendance", "Attendance: Biology HL")
    for part in ("Hall", "09:00 to 11:00 (120 min)", "Jonas Weber, Olu Ade", "Signature"):
        assert part in page
    lines = [line for line in page.splitlines() if re.match(r".*\b00(60|59|58|57|56|55) 0001", line)]
    assert [re.search(r"(00\d\d) 0001", line)[1] for line in lines] == ["0055", "0056", "0057", "0058", "0059", "0060"]
    assert "Okafor, Chidi Computer" in page
    assert "Keller" not in page  # another session


def test_a_paper_in_two_rooms_seats_everybody_once_and_extra_time_where_it_is_planned(tmp_path: Path) -> None:
    found = rows()
    found["exams"] = [
        BIOLOGY | {"room": "Hall", "candidates": 5, "seats": 12},
        BIOLOGY | {"room": "B12", "candidates": 1, "seats": 4, "minutes": 169, "extra_time": "000103 (25%)"},
    ]
    assert make(book(tmp_path, found), "exam-day") == 0
    everybody = [re.findall(r"0001\d\d(?= )", page) for page in sheets(tmp_path / "pack", "attendance")]
    assert sorted(len(set(codes)) for codes in everybody) == [1, 5]
    assert sorted(code for codes in everybody for code in set(codes)) == [f"00010{n}" for n in range(1, 7)]
    (room,) = sheets(tmp_path / "pack", "seating", "Seating plan: B12")
    assert "Okafor, Chidi · Extra time" in room
    assert "Okafor" not in sheets(tmp_path / "pack", "seating", "Seating plan: Hall")[0]


def test_two_papers_at_one_time_share_the_seats_of_a_room_drawn_to_its_rows(tmp_path: Path) -> None:
    found = rows()
    found["exams"] = [
        BIOLOGY | {"room": "Hall", "candidates": 6, "seats": 12},
        BIOLOGY | {"room": "Hall", "subject": "Chemistry", "level": "SL", "start": time(10), "candidates": 6},
    ]
    found["arrangements"][0]["extra_time"] = 25
    path = book(tmp_path, found, SETTINGS + '[settings]\nexam_room_rows = "B12: 3; Hall: 5 4 4"\n')
    assert make(path, "exam-day") == 0
    (page,) = sheets(tmp_path / "pack", "seating")
    drawn = [line for line in page.splitlines() if re.match(r"(.* 5 )?[123] 00\d\d · ", line)]
    assert [len(re.findall(r"00\d\d · ", line)) for line in drawn] == [5, 4, 3]
    assert len(re.findall(r"Okafor, Chidi · Extra time 25%", drawn[0])) == 2
    assert drawn[2].endswith("(free)")


def test_every_invigilator_has_one_sheet_with_all_sittings(tmp_path: Path) -> None:
    assert make(book(tmp_path, rows()), "exam-day") == 0
    pages = sheets(tmp_path / "pack", "invigilator")
    assert len(pages) == 3
    (page,) = sheets(tmp_path / "pack", "invigilator", "Invigilator: Jonas Weber")
    assert page.count("Paper 1") == 6
    index = (tmp_path / "pack" / "index.html").read_text("utf-8")
    links = re.findall(r'href="([^"]+)"', index)
    assert {path.name for path in (tmp_path / "pack").iterdir()} == {*links, "index.html"}


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows()
    found["exams"] = [
        {"session": "M27", "subject": "Physics", "level": "HL", "paper": "Paper 1", "room": "Hall"},
        BIOLOGY | {"room": "Hall", "candidates": 4, "extra_time": "Ida"},
        BIOLOGY | {"room": "B12", "candidates": 1},
    ]
    assert make(book(tmp_path, found), "exam-day") == 0
    said = capsys.readouterr().out
    assert "Physics HL, Paper 1 in Hall: nobody is registered for it in M27." in said
    assert "Biology HL, Paper 2: no room has a place for 000101." in said
    assert "Extra time names nobody who sits Biology HL, Paper 2: Ida." in said
    assert "Physics HL, Paper 1 in Hall: no invigilator is named." in said
    assert "Physics HL, Paper 1 in Hall: date or start is missing." in said


@pytest.mark.parametrize(
    ("without", "pack", "more", "sentence"),
    [
        ("exams", "exam-day", (), "The Exams sheet is missing."),
        ("registrations", "exam-day", (), "The Registrations sheet is missing."),
        ("evaluation", "evaluation", (), "The Evaluation sheet is missing."),
        ("", "exam-day", ("--redacted",), "names and numbers"),
        ("", "exam-day", ("--candidate", "000101"), "A pack is for everybody."),
    ],
)
def test_a_pack_that_cannot_be_made_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], without: str, pack: str, more: tuple[str, ...], sentence: str
) -> None:
    found = {name: part for name, part in rows().items() if name != without}
    assert make(book(tmp_path, found), pack, "pack", *more) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "pack").exists()


def test_a_persons_file_is_never_overwritten_and_then_nothing_is_written(tmp_path: Path) -> None:
    path, folder = book(tmp_path, rows()), tmp_path / "pack"
    folder.mkdir()
    (folder / "invigilator-03-olu-ade.html").write_text("mine")
    assert make(path, "exam-day") == 2
    assert [one.name for one in folder.iterdir()] == ["invigilator-03-olu-ade.html"]
    assert (folder / "invigilator-03-olu-ade.html").read_text() == "mine"


def test_only_the_owner_reads_it_and_it_can_be_made_again(tmp_path: Path) -> None:
    path = book(tmp_path, rows())
    assert make(path, "exam-day") == make(path, "exam-day") == make(path, "exam-day", "pack.pdf") == 0
    assert stat.S_IMODE((tmp_path / "pack").stat().st_mode) == 0o700
    files = [*(tmp_path / "pack").iterdir(), tmp_path / "pack.pdf"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf_bytes(tmp_path / "pack.pdf")))
    assert pages >= len(files) - 1


@pytest.mark.parametrize("more", [(), ("--redacted",)])
def test_evidence_is_grouped_by_standard_with_what_is_missing(tmp_path: Path, more: tuple[str, ...]) -> None:
    found = rows()
    found["evaluation"] += [
        {"code": "0301-02", "programme": "DP", "evidence": "Inclusion policy", "state": "Partly",
         "due": date(2026, 9, 1)},
        {"code": "0301-01-0100", "programme": "DP", "evidence": "<b>Access</b>", "state": "In place",
         "owner": "Olu Ade",
         "link": "javascript:alert(1)"},
    ]  # fmt: skip
    assert make(book(tmp_path, found), "evaluation", "pack", *more) == 0
    folder = tmp_path / "pack"
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.html",
        "standard-01-0201.html",
        "standard-02-0301.html",
    ]
    (page,) = sheets(folder, "standard", "Standard 0301")
    assert "0301-02 Inclusion policy Partly owner, link, development plan, submission, due 1 Sep 2026" in page
    assert "<b>Access</b>" in page
    assert 'href="javascript' not in (folder / "standard-02-0301.html").read_text("utf-8")
    (leadership,) = sheets(folder, "standard", "Standard 0201")
    owner = "Rosa ███" if more else "Rosa Field"  # the surname is a word of a private column, too
    assert f"Job description In place {owner} https://files.example/job.pdf nothing" in leadership
    assert "0201-01-0231: Leadership: security of examination materials" in leadership
    assert "0201-01-0223" not in leadership  # MYP only


def test_evidence_of_other_trackers_stands_with_its_code_and_lessons_name_nobody(tmp_path: Path) -> None:
    found = rows()
    found["meetings"] = [
        {"date": date(2026, 10, number), "group": "Sciences", "item": f"Labs {number}", "codes": "0203-02; 0402",
         "agenda": "https://files.example/a", "minutes": f"https://files.example/m{number}"}
        for number in (1, 8)
    ]  # fmt: skip
    found["observations"] = [
        {"date": date(2026, 10, number), "kind": "Lesson", "observer": "Rosa Field", "teacher": "Olu Ade",
         "course": "Physics", "focus": "Questions", "codes": "0403", "strengths": "Calm"}
        for number in (5, 6, 7)
    ]  # fmt: skip
    assert make(book(tmp_path, found), "evaluation") == 0
    folder = tmp_path / "pack"
    (meetings,) = sheets(folder, "standard", "Standard 0402")
    assert meetings.index("Sciences: Labs 8 8 Oct 2026 https://files.example/m8") < meetings.index("Labs 1 1 Oct 2026")
    (lessons,) = sheets(folder, "standard", "Standard 0403")
    assert "0403 Observations 3 lessons 7 Oct 2026" in lessons
    assert not any(word in lessons for word in ("Olu Ade", "Rosa Field", "Physics", "Calm"))
    index = text(folder / "index.html")
    assert "Standard 0402 0 0 0 0 0 2" in index and "Standard 0403 0 0 0 0 0 1" in index
    assert index.index("Standard 0201") < index.index("Standard 0402")


UNITS = [
    ("DP", "Biology", "HL", 1, 1, "Cells", "Systems; Change", "Thinking; Research", 40),
    ("DP", "Biology", "HL", 2, 2, "Evolution", "systems", "Thinking", 50),
    ("MYP", "Arts", "3", 5, 1, "Stage", None, None, 20),
    ("PYP", "Exhibition", "6", 6, 1, "Exhibition", "Change", "Social", None),
]


def planners() -> list[dict[str, Any]]:
    names = ("programme", "course", "level", "year", "order", "unit", "concepts", "atl", "hours")
    return [dict(zip(names, unit, strict=True)) for unit in UNITS]


def test_the_curriculum_is_side_by_side_over_all_programmes(tmp_path: Path) -> None:
    assert make(book(tmp_path, {"planners": planners()}), "curriculum") == 0
    page = text(tmp_path / "pack" / "index.html")
    assert "Concept PYP 6 MYP 5 DP 1 DP 2 Units" in page
    assert "Systems 1 1 2" in page and "Change 1 1 2" in page, "two writings are one concept"
    assert "Thinking 1 1 2" in page and "Communication none" in page
    assert "No unit names Communication, Self-management." in page
    assert "Biology HL 2 1 2" in page, "the course has two units, whatever they name"
    assert "Arts none" in page and "Stage (Arts)" in page
    (biology,) = sheets(tmp_path / "pack", "units", "DP: units in order")
    assert biology.index("Cells 40") < biology.index("Evolution 50") and "Stage" not in biology
    assert make(book(tmp_path, {"planners": []}), "curriculum", "other") == 2


def test_who_is_missing_what_has_a_page_for_each_adviser_and_one_for_the_staff(tmp_path: Path) -> None:
    assert make(book(tmp_path, rows()), "missing") == 0
    (adviser,) = sheets(tmp_path / "pack", "adviser")
    assert "Ida Berg (000101)" in adviser
    assert "8 of 8" in adviser
    assert "Rosa Field" in sheets(tmp_path / "pack", "staff")[0]
    assert make(tmp_path / "School.xlsx", "missing", "secret", "--redacted") == 0
    assert "Berg" not in sheets(tmp_path / "secret", "adviser")[0]


def test_outcomes_name_nobody_and_hide_small_numbers(tmp_path: Path) -> None:
    found = {**rows(), "awards": clean()["awards"], "results": clean()["results"]}
    assert make(book(tmp_path, found), "outcomes") == 0
    page = text(tmp_path / "pack" / "index.html")
    assert "Participation and awards by session" in page
    assert "Keller" not in page
    assert "000091" not in page
    assert "100 %" not in page, "two graduates are too few for a rate"
