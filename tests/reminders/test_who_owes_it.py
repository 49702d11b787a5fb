"""A planted school with thirty open items of six kinds: each reaches the one person on Staff who owes it."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from mail_stand_in import mail_server
from report_school import TODAY, Then, school

from addin.actions.remind import file_stem
from addin.cli.main import main
from addin.reminders.compose import Reminder

LATE = TODAY - timedelta(20)
STAFF = [
    {"name": "R. Field", "email": "field@school.example", "roles": "Adviser"},
    {"name": "S. Stone", "email": "stone@school.example", "roles": "EE supervisor", "also_known_as": "Sam Stone"},
    {"name": "M. Lind", "email": "lind@school.example", "roles": "Teacher"},
    {"name": "K. Roy", "email": "roy@school.example", "roles": "Teacher"},
    {"name": "P. Hahn", "email": "hahn@school.example", "roles": "Coordinator"},
    {"name": "O. Ade", "email": "ade@school.example", "roles": "Librarian"},
    {"name": "N. Gone", "email": "gone@school.example", "roles": "Teacher", "left": date(2026, 6, 30)},
    {"name": "Q. Idle", "email": "idle@school.example", "roles": "Teacher"},
]
CODES = [f"00{number}" for number in range(11, 16)]
CANDIDATES = [
    {"code": code, "last_name": f"Last{code}", "first_names": f"First{code}", "session": "M27", "category": "D",
     "adviser": "R. Field", "birth_date": date(2009, 3, 14)}
    for code in CODES
]  # fmt: skip
ROWS: dict[str, list[dict[str, Any]]] = {
    "staff": STAFF,
    "candidates": CANDIDATES,
    # 5 of the adviser: a supervisor from outside the school is not reminded
    "cas": [{"entry": str(n), "candidate": code, "kind": "Project", "title": f"Garden {n}", "strand": "Service",
             "start": date(2026, 2, 1), "status": "Approved", "supervisor": "B. Holm",
             "supervisor_email": "b.holm@clubs.example"} for n, code in enumerate(CODES)],
    # 5 of the supervisor, and one that is finished
    "core": [{"candidate": code, "component": "Extended essay", "session": "M27", "subject": "Biology",
              "title": f"Question {code}", "supervisor": "Sam Stone", "due": LATE} for code in CODES]
    + [{"candidate": CODES[0], "component": "TOK essay", "session": "M27", "title": "Title 3", "supervisor": "S. Stone",
        "due": LATE, "first_meeting": date(2026, 9, 1), "second_meeting": date(2026, 9, 20),
        "third_meeting": date(2026, 10, 10), "final": LATE, "form_signed": LATE, "words": 1600,
        "link": "https://files.example/tok1"}],
    # 5 of the teacher, and one whose teacher has left
    "coursework": [{"candidate": code, "session": "M27", "subject": "Biology", "level": "HL", "task": "Investigation",
                    "teacher": "M. Lind" if n else "N. Gone", "due": LATE} for n, code in enumerate(CODES)]
    + [{"candidate": CODES[0], "session": "M27", "subject": "French B", "level": "SL", "task": "Individual oral",
        "teacher": "M. Lind", "due": LATE}],
    # 5 of the owner of a meeting's action
    "meetings": [{"date": date(2026, 10, 1), "group": "IB team", "item": f"Point {n}", "action": f"Write paper {n}",
                  "owner": "K. Roy", "due": LATE} for n in range(5)],
    # 5 of the calendar's owner, and one that is done
    "calendar": [{"event": f"Send letter {n}", "due": LATE, "kind": "School deadline", "owner": "P. Hahn"}
                 for n in range(5)]
    + [{"event": "Book hall", "due": LATE, "kind": "School deadline", "owner": "P. Hahn", "done": LATE}],
    # 5 of the member of staff
    "pd": [{"staff": "O. Ade", "role": "Librarian", "programme": "DP", "workshop": f"Libraries {n}", "category": 1,
            "ib_recognised": True, "status": "Attended", "start": date(2020, 2, n + 1), "end": date(2020, 2, n + 1),
            } for n in range(5)],
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("school"), ROWS, "")


@pytest.fixture
def book(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("addin.workspace.workbook.date", Then)
    monkeypatch.delenv("IB_TRACKERS_MAIL_PASSWORD", raising=False)
    return Path(shutil.copy(built, tmp_path))


def letters(book: Path) -> dict[str, str]:
    found = {}
    for path in book.with_name("reminders").glob("*.eml"):
        made = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(made, EmailMessage)
        found[made["To"].addresses[0].addr_spec] = made.get_content().replace("\r\n", "\n")
    return found


def test_each_item_reaches_the_one_who_owes_it_and_nobody_else(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remind", str(book)]) == 1  # one teacher has left
    messages = letters(book)
    owed = {
        "field@": [f"Garden {n}" for n in range(5)],
        "stone@": [f"First{code}" for code in CODES],
        "lind@": [f"First{code}" for code in CODES],
        "roy@": [f"Write paper {n}" for n in range(5)],
        "hahn@": [f"Send letter {n}" for n in range(5)],
        "ade@": [f"Libraries {n}" for n in range(5)],
    }
    assert {address.partition("@")[0] + "@" for address in messages} == set(owed)
    for address, words in messages.items():
        for who, items in owed.items():
            mine = address.startswith(who)
            for item in items if who not in ("stone@", "lind@") or mine else ():
                assert (item in words) == mine, (address, item)
    stone, lind = (messages[f"{who}@school.example"] for who in ("stone", "lind"))
    assert stone.count("Extended essay") >= 5
    assert "Investigation" not in stone
    assert lind.count("Investigation") >= 4
    assert "Extended essay" not in lind
    said = capsys.readouterr().out
    assert "N. Gone: has left (2 open items)" in said  # the overdue draft, and that the teacher has left
    assert "B. Holm" not in said


def test_the_adviser_is_told_who_is_behind_and_what_is_missing(book: Path) -> None:
    from addin.backends.xlsx import XlsxBook
    from addin.core.book import Edits

    one = XlsxBook.open(book)
    grid = one.read(["Candidates"])["Candidates"]
    left = grid.values[3].index("Left on") + 1
    one.apply(Edits(cells={("Candidates", 5, left): date(2026, 6, 1), ("Candidates", 6, 4): "M29"}))
    main(["remind", str(book)])
    words = letters(book)
    lines = [line for line in words["field@school.example"].splitlines() if "behind in CAS" in line]
    assert [line.partition(" (")[0] for line in lines] == [f"- First{code} Last{code}" for code in CODES[2:]]
    assert all("for the date. Still missing: Creativity, Activity, Outcomes 0 of 7, " in line for line in lines)
    assert not any("behind in CAS" in text for who, text in words.items() if not who.startswith("field@"))


def test_a_duplicate_is_one_item_without_the_rows_of_a_workbook_that_its_reader_does_not_have(book: Path) -> None:
    from addin.backends.xlsx import XlsxBook
    from addin.core.book import Edits

    one = XlsxBook.open(book)
    headers = one.read(["Candidates"])["Candidates"].values[3]
    row = {headers.index(h) + 1: v for h, v in (("Code", CODES[0]), ("Last name", "Twin"), ("First names", "Eva"),
           ("Session", "M27"), ("Category", "D"), ("Adviser", "R. Field"))}  # fmt: skip
    one.apply(Edits(rows={"Candidates": [row]}))
    main(["remind", str(book)])
    lines = letters(book)["field@school.example"].splitlines()
    twice = [line for line in lines if "entered twice" in line]
    code = CODES[0]
    assert twice == [f"- First{code} Last{code} ({code}): {code} is entered twice. Keep one row, or correct the other."]
    assert not [line for line in lines if re.search(r"rows? \d", line)]


def test_finished_work_is_silent_nothing_is_said_twice_and_no_cell_is_named(book: Path) -> None:
    main(["remind", str(book)])
    for words in letters(book).values():
        assert "TOK essay" not in words
        assert "Book hall" not in words
        lines = [line for line in words.splitlines() if line.startswith("- ")]
        assert max(Counter(lines).values()) == 1
        assert "!" not in words
        assert "row " not in words


def test_the_schools_own_words_are_used(book: Path) -> None:
    from addin.backends.xlsx import XlsxBook
    from addin.core.book import Edits

    one = XlsxBook.open(book)
    grid = one.read(["Settings"])["Settings"]
    rows = {line[6]: number for number, line in enumerate(grid.values, 1) if len(line) > 6}
    own = {"school_name": "Riverside", "letter_greeting": "Hello {name}!", "letter_signature": "The {school} IB office"}
    one.apply(Edits(cells={("Settings", rows[name], 3): value for name, value in own.items()}))
    main(["remind", str(book)])
    words = letters(book)["field@school.example"]
    assert words.startswith("Hello R. Field!\n")
    assert "The Riverside IB office" in words


def test_people_whose_names_read_alike_never_share_a_file() -> None:
    one, two = Reminder("A. Kamau", "a.kamau@school.example"), Reminder("A Kamau", "akamau@school.example")
    other = Reminder("B. Holm", "holm@school.example")
    assert len({file_stem(person) for person in (one, two, other)}) == 3


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    yield key, made


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("trusted", [True, False])
def test_mail_goes_over_tls_and_never_to_a_server_that_cannot_prove_itself(
    book: Path,
    certificate: tuple[Path, Path],
    security: str,
    trusted: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    key, made = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    monkeypatch.setenv("IB_TRACKERS_MAIL_PASSWORD", "s3cret")
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with mail_server(tls=context, implicit=security == "tls") as box:
        book.with_name("ib-trackers.toml").write_text(
            f'[mail]\nhost = "localhost"\nport = {box.port}\nsecurity = "{security}"\nuser = "ib"\n'
            'from = "ib@school.example"\n',
            encoding="utf-8",
        )
        code = main(["remind", str(book), "--send"])
    if trusted:
        assert code == 1
        assert len(box.taken) == 6
        assert box.protected
    else:
        assert code == 2
        assert box.taken == []
        assert box.signed_in == []
        assert "cannot be used" in capsys.readouterr().err
