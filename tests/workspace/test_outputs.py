"""`--json` and `--out` never overwrite something that we did not write."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsx_books import build

from addin.cli.main import main

HEAD = ["Candidate code", "Last name", "First names", "Session", "Category"]
ROWS = [HEAD, ["000001", None, "Kenji", "M27", "D"]]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "School.xlsx"
    build(path, {"Candidates": ROWS}, {})  # type: ignore[dict-item]
    build(tmp_path / "Other.xlsx", {"A": [[1]]}, {})
    (tmp_path / "ib-trackers.toml").write_text('session = "M27"\n')
    (tmp_path / "mine.csv").write_text("mine\n")
    (tmp_path / "mine.json").write_text("mine\n")
    (tmp_path / "mine.html").write_text("mine\n")
    (tmp_path / "link.json").symlink_to(tmp_path / "mine.json")
    (tmp_path / "trackers").mkdir()
    return path


def command(verb: str, to: str) -> list[str]:
    return {
        "validate": ["validate", "School.xlsx", "--read-only", "--json", to],
        "report": ["report", "School.xlsx", "--out", to],
        "csv": ["export", "School.xlsx", "--to", "csv", "--out", to],
        "json": ["export", "School.xlsx", "--to", "json", "--out", to],
        "xlsx": ["export", "School.xlsx", "--to", "xlsx", "--out", to],
        "adopt": ["adopt", "School.xlsx", "--dry-run", "--json", to],
        "form": ["google", "form", "--tracker", "cas", "--out", to],
        "script": ["google", "script", "--out", to],
    }[verb]


REFUSED = [
    ("validate", "School.xlsx"), ("validate", "./School.xlsx"), ("validate", "Other.xlsx"), ("validate", "mine.csv"),
    ("validate", "ib-trackers.toml"), ("validate", "link.json"), ("validate", "mine.json"), ("validate", "trackers"),
    ("validate", ".ib-trackers/found.json"), ("report", "mine.html"), ("csv", "mine.csv"), ("json", "mine.json"),
    ("adopt", "School.xlsx"), ("adopt", "Other.xlsx"), ("adopt", "mine.json"), ("form", "School.xlsx"),
    ("form", "ib-trackers.toml"), ("form", "mine.json"), ("script", "Other.xlsx"), ("script", "mine.csv"),
    ("json", "link.json"), ("xlsx", "School.xlsx"), ("xlsx", "Other.xlsx"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "to"), REFUSED)
def test_a_file_that_we_did_not_write_stays(book: Path, verb: str, to: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()}
    assert main(command(verb, to)) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("verb", "to"), [one for one in REFUSED if one[1] not in ("mine.json", "mine.csv", "mine.html")]
)
def test_workbooks_settings_and_links_stay_even_with_overwrite(book: Path, verb: str, to: str) -> None:
    before = {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()}
    assert main([*command(verb, to), "--overwrite"]) == 2
    assert {path: path.read_bytes() for path in book.parent.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("verb", "to"), [("validate", "mine.json"), ("report", "mine.html"), ("csv", "mine.csv"), ("json", "mine.json")]
)
def test_overwrite_replaces_a_file_of_the_person(book: Path, verb: str, to: str) -> None:
    assert main([*command(verb, to), "--overwrite"]) in (0, 1)
    assert (book.parent / to).read_text("utf-8-sig") != "mine\n"


@pytest.mark.parametrize(
    ("verb", "to", "file"),
    [
        ("validate", "new.json", "new.json"),
        ("report", "new.html", "new.html"),
        ("csv", "exports", "exports/candidates.csv"),
        ("json", "new.json", "new.json"),
        ("xlsx", "exports", "exports/trackers.xlsx"),
    ],
)
def test_what_we_wrote_is_replaced_until_the_person_changes_it(book: Path, verb: str, to: str, file: str) -> None:
    for _ in range(2):
        assert main(command(verb, to)) in (0, 1)
    path = book.parent / file
    path.write_bytes(path.read_bytes() + b"mine")
    assert main(command(verb, to)) == 2
    assert path.read_bytes().endswith(b"mine")


def test_an_export_appears_whole_or_not_at_all(book: Path) -> None:
    build(book, {"Candidates": ROWS, "PD": [["Staff", "Workshop", "Start"], ["A", "B", None]]}, {})  # type: ignore[dict-item]
    (book.parent / "exports").mkdir()
    (book.parent / "exports" / "pd.csv").write_text("mine\n")
    assert main(command("csv", "exports")) == 2
    assert [path.name for path in (book.parent / "exports").iterdir()] == ["pd.csv"]
    assert not list(book.parent.glob(".~*"))
