"""A coordinator on a bad day: each mistake gets one sentence (what, where, what next), code 2, and harms nothing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from report_school import school

from addin.actions.validate import validate
from addin.cli.main import main
from addin.core.settings import FILE
from addin.core.tables.encodings import decode
from addin.core.text import typed
from addin.errors import BookInUse
from addin.workspace.settings import load, load_lists

TODAY = date(2026, 11, 30)
LINES = ("Code;Last name;First names", "000410;Müller;Jörg", "990001;Ito;Élodie")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("school"))


@pytest.fixture
def folder(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(built.parent, tmp_path, dirs_exist_ok=True)
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("not an export", encoding="utf-8")
    (tmp_path / "two columns.csv").write_text("Code;Foo\n1;2\n", encoding="utf-8")
    (tmp_path / "rubbish.csv").write_bytes(b"Code;Name\n1;\x81\x8d\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


REFUSED = [
    ("new Next.xlsx --session 2027", "'2027' is not an exam session. Write it as M27"),
    ("new notes.txt/Next.xlsx", "notes.txt: could not be made"),
    ("export School.xlsx --to csv --out notes.txt", "notes.txt: does not end in .csv. Name a folder, or a file"),
    ("export School.xlsx --to pdf --out x", "There is no export format 'pdf'. There are: csv"),
    ("import folder --into School.xlsx", "folder: is a folder. Name one file in it."),
    ("import gone.csv --into School.xlsx", "gone.csv: there is no such file. Check the name and the folder."),
    ("import rubbish.csv --into School.xlsx", "its encoding is not certain: it may be"),
    ("import two_columns.csv --into School.xlsx", "Or say which tracker it is: --tracker NAME"),
    ("import two_columns.csv --into School.xlsx --tracker candidates", "ib-trackers trackers candidates lists them."),
    ("history gone.xlsx", "gone.xlsx: there is no such workbook. Check the name and the folder."),
    ("conflicts .", "this is a folder, not a workbook. Name the workbook inside it."),
    ("conflicts /", "this is a folder, not a workbook. Name the workbook inside it."),
    (
        "undo School.xlsx",
        "School.xlsx: Nothing to undo. Earlier copies of this workbook: ib-trackers restore School.xlsx",
    ),
    ("sync School.xlsx", "To share one, run: ib-trackers google link School.xlsx"),
    ("trackers kas", "There is no tracker 'kas'. Did you mean cas?"),
    ("trackers zzzzz", "There is no tracker 'zzzzz'. There are: candidates"),
]


@pytest.mark.parametrize(("command", "sentence"), REFUSED, ids=[command for command, _ in REFUSED])
def test_a_mistake_gets_one_sentence_and_harms_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, sentence: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main([word.replace("_", " ") for word in command.split()]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


SETTINGS = [
    ('sessoin = "M27"', "'sessoin' is not a setting. Did you mean session?"),
    ('colour = "blue"', "'colour' is not a setting. There are: session, programme"),
    ('session = "2027"', "'2027' is not an exam session. Write session = \"M27\""),
    ("session = 27", "27 is not an exam session."),
    ("session = M27", 'a text has quotes, as in session = "M27".'),
]


@pytest.mark.parametrize(("line", "sentence"), SETTINGS)
def test_a_slip_in_the_settings_is_named_and_never_passed_over(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, sentence: str
) -> None:
    (folder / FILE).write_text(f"{line}\n", encoding="utf-8")
    assert main(["validate", "School.xlsx", "--read-only"]) == 2
    assert f"{FILE}: " in (said := capsys.readouterr().err)
    assert sentence in said


KINDS = [
    ('cas_months = "18"', "cas_months is '18', and should be a number. Write it as cas_months = 18"),
    ("school_code = 999", 'school_code is 999, and should be a text or a date. Write it as school_code = "999"'),
    (
        'first_exam = "24.04.2027"',
        "first_exam is '24.04.2027', which is not a date. Write it as year, month",
    ),
    ('first_exam = "03/04/2027"', "first_exam is '03/04/2027', which is not a date."),
    ('first_exam = "soon"', "first_exam is 'soon', which is not a date."),
    ('predicted_due = "1 April 2027"', "predicted_due is '1 April 2027', which is not a date."),
]


@pytest.mark.parametrize(("line", "sentence"), KINDS)
def test_a_setting_of_the_wrong_kind_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, sentence: str
) -> None:
    (folder / FILE).write_text(f"[settings]\n{line}\n", encoding="utf-8")
    assert main(["validate", "School.xlsx", "--read-only"]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2027-04-24", '"2027-04-24"'])
def test_a_date_may_stand_in_quotes(folder: Path, day: str) -> None:
    (folder / FILE).write_text(f'session = "M27"\n[settings]\nfirst_exam = {day}\n', encoding="utf-8")
    assert load(folder, today=date(2026, 1, 1)).values["first_exam"] == date(2027, 4, 24)
    assert main(["new", "Next.xlsx", "--trackers", "keylog"]) == 0


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("validate loop.xlsx", "a link that leads back to itself"),
        ("new away.xlsx", "already exists"),
        (f"validate {'a' * 300}.xlsx", "is too long for a name. Use a shorter one."),
    ],
)
def test_links_that_lead_nowhere_and_endless_names(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, sentence: str
) -> None:
    (folder / "loop.xlsx").symlink_to("loop.xlsx")
    (folder / "away.xlsx").symlink_to("/nowhere/away.xlsx")
    assert main(command.split()) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said) < 200
    assert (folder / "away.xlsx").is_symlink()


def test_settings_that_are_no_utf8_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / FILE).write_bytes('session = "M27"\nname = "Köln"\n'.encode("cp1252"))
    assert main(["validate", "School.xlsx", "--read-only"]) == 2
    assert "is not UTF-8 text. Save it as UTF-8." in capsys.readouterr().err


@pytest.mark.parametrize("session", ["", "M27", "May 2027", "n26"])
def test_a_session_may_be_written_in_several_ways(folder: Path, session: str) -> None:
    (folder / FILE).write_text(f'session = "{session}"\n', encoding="utf-8")
    assert main(["validate", "School.xlsx", "--read-only"]) in (0, 1)


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [
        ("utf-8", "\n"),
        ("utf-8-sig", "\r\n"),
        ("utf-16", "\r\n"),
        ("utf-16-le", "\n"),
        ("cp1252", "\r\n"),
        ("cp1252", "\n"),
        ("mac_roman", "\r"),
        ("utf-8", "\r"),
    ],
)
def test_names_are_read_in_the_encoding_of_their_file(encoding: str, newline: str) -> None:
    assert decode(newline.join(LINES).encode(encoding)).text.split(newline) == list(LINES)


def test_the_name_of_a_format_may_be_typed_in_capitals(folder: Path) -> None:
    assert main(["export", "School.xlsx", "--to", "CSV", "--out", "sent"]) == 0
    assert (folder / "sent" / "candidates.csv").exists()


@pytest.mark.parametrize("name", ["CAS", "cas", "CAS experiences"])
def test_a_tracker_is_found_by_sheet_and_title_too(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["trackers", name]) == 0
    assert "CAS experiences (sheet CAS)" in capsys.readouterr().out


def test_what_to_type_next_can_be_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "Schüler und Größe.xlsx"
    assert main(["new", str(book), "--trackers", "keylog"]) == 0
    assert f'ib-trackers validate "{book}"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("School.xlsx", "School.xlsx"),
        ("a b.xlsx", '"a b.xlsx"'),
        ("Größe.xlsx", "Größe.xlsx"),
        ("a&b.xlsx", '"a&b.xlsx"'),
        (r"C:\x\b.xlsx", r"C:\x\b.xlsx"),
        ("gsheet:1a-_B", "gsheet:1a-_B"),
    ],
)
def test_a_name_is_quoted_where_it_must_be(name: str, said: str) -> None:
    assert typed(name) == said


def test_adopt_says_what_to_do_where_nothing_was_recognised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.append(["Foo", "Bar"])
    made.save(tmp_path / "own.xlsx")
    assert main(["adopt", str(tmp_path / "own.xlsx")]) == 1
    assert "Give the columns headers that a tracker knows" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("subjects.csv", "", "subjects.csv: lacks "),
        ("cas_strands.csv", "strand\nSport\n", "cas_strands.csv: lacks name."),
        ("houses.csv", "", "houses.csv: lacks a first row with the columns' names."),
    ],
)
def test_a_list_of_the_school_that_lacks_something_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, sentence: str
) -> None:
    (folder / "lists").mkdir()
    (folder / "lists" / name).write_text(text, encoding="utf-8")
    assert main(["new", "Next.xlsx"]) == 2
    assert sentence in capsys.readouterr().err
    assert not (folder / "Next.xlsx").exists()


def test_a_list_may_be_saved_by_excel(folder: Path) -> None:
    (folder / "lists").mkdir()
    (folder / "lists" / "houses.csv").write_bytes("house;head\r\nKöln;Ms Ito\r\nRhön;\r\n".encode("cp1252"))
    assert load_lists(folder / "lists")["houses"] == {"house": ["Köln", "Rhön"], "head": ["Ms Ito", ""]}


def test_a_file_that_cannot_be_written_is_called_by_its_own_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "School.xlsx", "--read-only", "--json", "nowhere/found.json"]) == 2
    assert "ib-trackers: nowhere: there is no such folder. Make it, or choose another." in capsys.readouterr().err


@pytest.mark.parametrize(("gone", "said"), [(True, "moved or deleted since"), (False, "changed since it was read")])
def test_marks_that_were_there_before_are_not_said_of_a_workbook_that_has_gone(
    folder: Path, gone: bool, said: str
) -> None:
    book = folder / "School.xlsx"
    validate(str(book), today=TODAY)

    def meanwhile(what: str) -> None:
        if what == "Marking":
            book.rename(folder / "Moved.xlsx")
            if not gone:
                shutil.copy(folder / "Moved.xlsx", book)

    with pytest.raises(BookInUse, match=said):
        validate(str(book), today=TODAY, tell=meanwhile)
