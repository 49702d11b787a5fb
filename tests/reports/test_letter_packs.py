"""Packs for people: a letter has its own candidate's rows only and no PIN; what is not ready is set apart and said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from report_school import pdf_bytes
from xlsx_books import build

from addin.actions.packs import PACKS
from addin.cli.main import main
from addin.cli.verbs.report import PACKS as OFFERED

BORN = date(2009, 3, 14)
PEOPLE = [
    ["Code", "Last name", "First names", "Session", "Category", "Birth date", "Left on", "Notes"],
    ["000123", "Novák", "Anna", "M27", "D", BORN, None, "PIN 9999"],
    ["000124", "Berg", "<Bo>", "M27", "D", BORN, None, None],
    ["000125", "Old", "Olu", "M26", "D", BORN, date(2026, 6, 30), None],
    ["000126", "Twice", "Tom", "M27", "D", BORN, None, None],
    ["000126", "Twice", "Tim", "M27", "D", BORN, None, None],
]
LINES = [
    ["Candidate", "Session", "Category", "Subject", "Level", "Response language", "Contributing", "Status"],
    ["000123", "M27", "D", "Biology", "HL", "English", True, None],
    ["000123", "M27", "D", "French B", "SL", "French", True, "Withdrawn"],
]
RESULTS = [
    ["Candidate", "Session", "Subject", "Level", "Grade"],
    ["000125", "M26", "Biology", "HL", "6"],
    ["000125", "M26", "Biology", "EE", "B"],
    ["000125", "M25", "Physics", "SL", "4"],
]
AWARDS = [
    ["Candidate", "Session", "Points", "Core points", "Result", "Requirements codes"],
    ["000125", "M26", 23, 1, "Diploma not awarded", "2"],
]
TRANSCRIPTS = [
    ["Candidate", "Session", "Institution", "Country", "Consent", "State"],
    ["000123", "M27", "Leeds", "UK", True, "Asked"],
    ["000124", "M27", "Bonn", "Germany", None, "Asked"],
    ["000125", "M26", "Kiel", "Germany", True, "Confirmed"],
]
PD = [
    ["Staff", "Role", "Programme", "Subject", "Workshop", "Category", "Start", "End", "Status", "Certificate",
     "Cover arranged", "Travel", "In My IB on", "Email"],
    ["Ana Kamau", "Subject teacher", "DP", "Biology", "Biology: category 1", 1, date(2025, 3, 1), date(2025, 3, 3),
     "Attended", "https://files.example/1.pdf", None, None, None, None],
    ["Olu Ade", "Librarian", "DP", None, "Libraries", 2, date(2024, 3, 1), None, "Attended", None, None, None,
     date(2024, 5, 1), None],
    ["Olu Ade", "Librarian", "DP", None, "Reading", 3, date(2999, 3, 1), None, "Booked", None, False, "Train 9:15",
     None, "ade@school.example"],
    ["Eva Old", "Librarian", "DP", None, "Long ago", 3, date(2020, 3, 1), None, "Booked", None, None, None, None, None],
]  # fmt: skip
STOCK = [
    ["Asset", "Item", "Subject", "Counted by", "Quantity", "State", "Wanted", "Unit price", "Replace by"],
    ["1", "Atlas", "Geography", "Copy", 1, "In use", 4, 12.5, None],
    ["2", "Atlas", "Geography", "Copy", 1, "In use", None, 12.5, None],
    ["3", "Atlas", "Geography", "Copy", 1, "Lost", None, 12.5, None],
    ["4", "Beaker", "Chemistry", "Quantity", 10, "In use", 10, 1, None],
    ["5", "Lamp", None, "Quantity", 0, "In use", 3, None, date(2020, 1, 1)],
]
SHEETS = {
    "Candidates": PEOPLE,
    "Registrations": LINES,
    "Results": RESULTS,
    "Awards": AWARDS,
    "Transcripts": TRANSCRIPTS,
    "PD": PD,
    "Inventory": STOCK,
}
Make = Callable[..., dict[str, str]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    (tmp_path / "ib-trackers.toml").write_text('session = "M27"\n[school]\nname = "Riverside"\n', encoding="utf-8")

    def run(pack: str, *more: str, sheets: tuple[str, ...] = tuple(SHEETS), code: int = 0) -> dict[str, str]:
        book = build(tmp_path / "School.xlsx", {name: SHEETS[name] for name in sheets}, {})
        out = tmp_path / "out"
        assert main(["report", str(book), "--pack", pack, "--out", str(out), *more]) == code
        return {path.name: words(path) for path in sorted(out.glob("*.html"))}

    return run


def words(path: Path) -> str:
    body = path.read_text("utf-8").partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_every_pack_is_offered_by_name() -> None:
    assert tuple(sorted(OFFERED)) == PACKS


def test_a_results_letter_is_of_one_candidate_and_one_session_without_pin(make: Make, capsys) -> None:
    pages = make("results-letters")
    assert list(pages) == ["index.html", "letter-01-000125.html"]
    letter = pages["letter-01-000125.html"]
    assert "Olu Old Candidate 000125 · Session M26" in letter
    assert "Biology HL 6" in letter
    assert "Physics" not in letter
    assert "2: fewer than 24 points" in letter
    assert not any("PIN" in page for page in pages.values())
    assert "There is nothing for M27; these are of M26" in capsys.readouterr().out


def test_a_confirmation_has_what_is_registered_and_room_to_sign(make: Make, capsys) -> None:
    pages = make("registration")
    assert len(pages) == 3  # the leaver and the doubled code have none
    anna = pages["confirmation-02-000123.html"]
    assert "Biology HL" in anna
    assert "French" not in anna
    assert "Parent or guardian" in anna
    said = capsys.readouterr().out
    assert "no page: 000126" in said
    assert "Registered for nothing: 000124" in said


def test_requests_without_consent_are_set_apart(make: Make, capsys) -> None:
    pages = make("requests")
    page = pages["requests-01-transcript-requests.html"]
    ready, _, waiting = page.partition("Not ready: do not enter these")
    assert "Leeds" in ready
    assert "Bonn" in waiting
    assert "consent is missing" in waiting
    assert "Kiel" not in page
    assert "1 request not ready: 000124" in capsys.readouterr().out


def test_the_pd_record_says_what_my_ib_and_the_certificates_lack(make: Make, capsys) -> None:
    pages = make("pd-record")
    to_enter, _, rest = pages["record-01-dp.html"].partition("Attended, entered in My IB")
    assert "Biology: category 1" in to_enter
    assert "to enter" in to_enter
    assert "Libraries" in rest
    said = capsys.readouterr().out
    assert "1 attended, no certificate: Olu Ade" in said
    assert "1 attended, not in My IB yet: Ana Kamau" in said


def test_the_shopping_list_counts_copies_together_without_the_lost(make: Make) -> None:
    (page,) = make("shopping").values()
    assert "Atlas 2 4 2 12.5 25.00" in page
    assert "Lamp 0 3 3" in page
    assert "Beaker" not in page
    assert "1 item without a price" in page
    assert "To replace within a year" in page


def test_the_travel_sheet_has_what_is_coming_only(make: Make, capsys) -> None:
    pages = make("travel")
    assert len(pages) == 2
    assert "ade@school.example Booked Train 9:15 No" in pages["travel-01-reading.html"]
    assert "Lessons not covered: Olu Ade" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("pack", "sheets", "said"),
    [
        ("results-letters", ("Candidates",), "The Results sheet is missing"),
        ("registration", ("Registrations",), "The Candidates sheet is missing"),
        ("requests", ("Candidates",), "No request is open"),
        ("travel", ("Candidates",), "The PD sheet is missing"),
        ("shopping", ("Candidates",), "The Inventory sheet is missing"),
    ],
)
def test_a_pack_without_its_sheet_says_which(make: Make, pack: str, sheets: tuple[str, ...], said: str, capsys) -> None:
    assert make(pack, sheets=sheets, code=2) == {}
    assert said in capsys.readouterr().err


def test_letters_are_never_redacted_and_a_pdf_holds_them_all(make: Make, tmp_path: Path, capsys) -> None:
    assert make("results-letters", "--redacted", code=2) == {}
    assert "Make it without --redacted" in capsys.readouterr().err
    book = build(tmp_path / "School.xlsx", SHEETS, {})
    assert main(["report", str(book), "--pack", "registration", "--out", str(tmp_path / "all.pdf")]) == 0
    assert pdf_bytes(tmp_path / "all.pdf").count(b"/Type /Page\n") == 3


def test_each_candidate_subject_and_colleague_has_a_page_and_charts_name_nobody(make: Make) -> None:
    pages = make("candidates")
    assert list(pages) == ["candidate-01-000124.html", "candidate-02-000123.html", "index.html"]
    assert "Biology" in pages["candidate-02-000123.html"]
    assert "Biology" not in pages["candidate-01-000124.html"]
    subjects = make("subjects")
    assert "subject-01-biology.html" in subjects
    assert "Ana Kamau" in subjects["subject-01-biology.html"]
    assert not any("french" in name for name in subjects)  # withdrawn
    charts = make("charts")["index.html"]
    assert "Registrations by subject" in charts
    assert "HL 1" in charts
    assert "1 of 1 colleague" in charts
    assert not any(name in charts for name in ("Novák", "Berg", "000123", "Kamau"))
    assert any("Olu Ade" in page for page in make("colleagues").values())


def test_a_folder_of_pdf_files_has_one_for_each(make: Make, tmp_path: Path) -> None:
    make("candidates", "--files", "pdf")
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made == ["candidate-01-000124.pdf", "candidate-02-000123.pdf", "index.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in (tmp_path / "out").iterdir())
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "out").iterdir())
