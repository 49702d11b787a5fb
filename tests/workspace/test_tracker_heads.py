"""Which tracker a sheet belongs to is known by the first lines of the trackers' files, without parsing all of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from addin.core.settings import Settings
from addin.workspace import tracker_files
from addin.workspace.languages import language
from addin.workspace.tracker_files import Head, heads
from addin.workspace.tracker_sheets import sheets_of_trackers

KNOWN = heads()


@pytest.mark.parametrize("head", KNOWN.values(), ids=KNOWN)
def test_title_and_sheet_are_what_the_whole_file_says(head: Head) -> None:
    said = tomllib.loads(head.path.read_text(encoding="utf-8"))
    assert (head.title, head.sheet) == (said["title"], said["sheet"])


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("'Club #1'", '"Clubs" # of the school'),
        ('"Caf\\u00e9"', '"A\\"B"'),
        ('"""Clubs"""', "'''C'''"),
        ('"Clubs"', '"#1"'),
        ('"One"\nthird = "x"', '"Two"'),
    ],
)
def test_a_file_of_the_school_is_parsed_however_it_is_written(tmp_path: Path, title: str, sheet: str) -> None:
    text = f'title = {title}\nsheet = {sheet}\nkey = ["a"]\n'.replace('third = "x"\n', "")
    (tmp_path / "clubs.toml").write_text(f"{text}[columns.a]\n", encoding="utf-8")
    said = tomllib.loads(text)
    head = heads(tmp_path)["clubs"]
    assert (head.title, head.sheet) == (said["title"], said["sheet"])


def test_names_of_sheets_are_looked_up_without_parsing_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[Path] = []
    parse = tracker_files._parsed
    monkeypatch.setattr(tracker_files, "_parsed", lambda text, path: parsed.append(path) or parse(text, path))
    found = sheets_of_trackers(
        heads(), ["CAS", "Klasse 7b", "Abonnements"], Settings(), [language("fr"), language("de")]
    )
    assert "cas" in found
    assert len(parsed) < 5


def test_of_our_files_only_the_first_lines_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read: list[Path] = []
    whole = tracker_files._text
    monkeypatch.setattr(tracker_files, "_text", lambda path: read.append(path) or whole(path))
    own = tmp_path / "clubs.toml"
    own.write_bytes(b'\xef\xbb\xbftitle = "Clubs"\r\nsheet = "C"\r\nkey = ["a"]\r\n[columns.a]\r\n')
    found = heads(tmp_path)
    assert read == [own] and found["clubs"].sheet == "C"
    assert max(len(head.text) for head in found.values()) < 1_000


@pytest.mark.parametrize("name", KNOWN)
def test_a_sheet_may_be_called_as_the_tracker_says(name: str) -> None:
    head = KNOWN[name]
    owners = {sheet: set(sheets_of_trackers(KNOWN, [sheet], Settings())) for sheet in (head.sheet, *head.aliases)}
    assert owners[head.sheet] == {name}
    assert all(owners.values())
    assert {*sheets_of_trackers(KNOWN, [f"  {head.sheet.upper()}!"], Settings())} == {name}


def test_the_sheets_own_name_goes_before_a_title_and_a_title_before_an_alias(tmp_path: Path) -> None:
    columns = 'key = ["a"]\n[columns.a]\n'
    for name, lines in {
        "one": 'title = "One"\nsheet = "First"\naliases = ["Third sheet"]\n',
        "two": 'title = "First"\nsheet = "Second"\naliases = ["One"]\n',
        "three": 'title = "Second"\nsheet = "Third sheet"\naliases = ["First", "CAS", "Tenth sheet"]\n',
    }.items():
        (tmp_path / f"{name}.toml").write_text(lines + columns, encoding="utf-8")
    known = heads(tmp_path)

    def owner(sheet: str) -> str:
        return next(iter(sheets_of_trackers(known, [sheet], Settings())), "")

    assert [owner(sheet) for sheet in ("first", "SECOND", "One", "Third sheet", "tenth sheet", "Tenth", "CAS")] == [
        "one", "two", "one", "three", "three", "", "cas",
    ]  # fmt: skip
