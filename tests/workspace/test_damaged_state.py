"""Files of ours that a person, a cloud folder or a lost computer damaged: a sentence, or a run that needs them not."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsx_books import build

from addin.cli.main import main
from addin.core.book import Value
from addin.errors import FileProblem
from addin.files import read_json
from addin.workspace.tracker_files import load_all

DEEP = 200_000
DAMAGES = {
    "empty": b"",
    "zeros": b"\0" * 500,
    "no text": b"\xff\xfe{\x00}\x80",
    "cut short": b'{"a": {"code": "0001", "nam',
    "another type": b"7",
    "list": b"[1, 2]",
    "null": b"null",
    "lists within": b'{"a": [1], "answers": [1], "rows": [1]}',
    "texts within": b'{"a": "b", "answers": {"session": 7}, "rows": {"cas": "x"}}',
    "numbers within": b'{"files": {"a": {"day": 1}}, "a": {"code": 1, "names": 2}}',
    "nested too deeply": b"[" * DEEP + b"]" * DEEP,
    "mappings nested too deeply": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "endless number": b'{"a": ' + b"9" * 5000 + b"}",
}
FILES = (
    "erasures.json",
    "disclosures.jsonl",
    "reminders.json",
    "unchanged.json",
    "adopted School.xlsx.json",
    "outputs",
    "journal/000001.entry",
    "log/last.json",
    "log/turn.sqlite",
    "log/needs-a-person.txt",
)
"""What lies in `.ib-trackers/`, but for the memory of syncs."""
VERBS = (
    "validate {book}",
    "fix {book} --yes",
    "adopt {book} --yes",
    "export {book} --to csv --out {folder}/csv --overwrite",
    "remind {book}",
    "report {book} --out {folder}/report.html --overwrite",
    "history {book}",
    "undo {book} --dry-run",
    "restore {book}",
    "privacy due {book}",
    "privacy log {book}",
    "privacy log {book} --clean",
    "privacy held {book} {code} --out {folder}/held.json --overwrite",
    "privacy erase {book} {code} --dry-run",
    "privacy erase {book} --confirm X-ABCDE",
    "schedule run validate {book}",
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A school with something in each file, and a candidate of it."""
    book = tmp_path_factory.mktemp("school") / "School.xlsx"
    columns = [column.header for column in load_all()["candidates"].columns.values()]
    row: list[Value] = ["000123", "Sadeghi", "Viktor", *[None] * (len(columns) - 3)]
    build(book, {"Candidates": [[*columns, "IBT id"], [*row, "a00001"]]}, {})
    return book, "000123"


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_verb_ends_in_a_sentence(
    damage: str, school: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    book, code = school
    kept = book.parent / ".ib-trackers"
    for verb in VERBS:
        for name in FILES:
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            (kept / name).write_bytes(DAMAGES[damage])
        ended = main(verb.format(book=book, folder=book.parent, code=code).split())
        said = capsys.readouterr().err
        assert ended in (0, 1, 2), verb
        assert "Unexpected error" not in said, (verb, said)
        assert ended != 2 or said.startswith("ib-trackers: "), (verb, said)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named_with_what_to_do(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(DAMAGES[damage])
    with pytest.raises(FileProblem, match=r"state\.json: is damaged\. Delete it\."):
        read_json(path, lambda found: found["a"]["names"] + [""], next="Delete it.")


def test_what_is_no_file_or_none_at_all(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert read_json(tmp_path / "missing", lambda found: True, next="") is None
    with pytest.raises(FileProblem, match="is not a file"):
        read_json(tmp_path / "folder", lambda found: True, next="")
