"""The reference lists: those that come with the product, and a school's own in `lists` beside its workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from addin.core.settings import Lists
from addin.errors import SettingsProblem
from addin.workspace.tracker_files import TEMPLATES

BUILT_IN = TEMPLATES / "lists"
EXTRA = {"note", "source", "checked"}
"""Columns that no rule looks at."""


def load_lists(*folders: Path) -> Lists:
    """The reference lists that come with the product, then those of `folders`; a list of the same name replaces."""
    found: dict[str, Path] = {}
    for folder in (BUILT_IN, *folders):
        found |= {path.stem: path for path in sorted(folder.glob("*.csv"))}
    return ListFiles(found)


class ListFiles(Mapping[str, Mapping[str, list[str]]]):
    """Lists by name, each read from its CSV file when it is first asked for: most checks need few of them."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files, self._read = files, dict[str, Mapping[str, list[str]]]()

    def __getitem__(self, name: str) -> Mapping[str, list[str]]:
        if name not in self._read:
            self._read[name] = _list(self._files[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _list(path: Path) -> dict[str, list[str]]:
    import csv

    try:
        rows = _rows(path)
    except OSError as error:
        raise SettingsProblem(
            f"cannot be read: {error.strerror}.", where=str(path), next="Check the file's rights."
        ) from None
    except (UnicodeError, csv.Error):
        raise SettingsProblem("is no list that can be read.", where=str(path), next="Save it as CSV (UTF-8).") from None
    _check_columns(path, rows[0] if rows else {})
    return {column: [row[column] or "" for row in rows] for column in rows[0] if column}


def _rows(path: Path) -> list[dict[str, str]]:
    """The lines of a list; of a school's as people save it, in Excel's own encoding and with its own delimiter too."""
    import csv
    import io

    if path.parent == BUILT_IN:
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    from addin.core.tables.csv_text import declared_delimiter, delimiter
    from addin.core.tables.encodings import decode, has_bad_byte

    found = decode(path.read_bytes())
    if (found.others and not found.text) or has_bad_byte(found.text):
        raise UnicodeError(f"{path.name} is in no encoding that can be known for certain")
    declared, text = declared_delimiter(found.text)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=declared or delimiter(text)))


def _check_columns(path: Path, there: Collection[str]) -> None:
    """Refuse a list that is in the place of one of ours and lacks what the rules look at, or that is empty."""
    known, missing = BUILT_IN / path.name, set[str]()
    if path.parent != BUILT_IN and known.exists():
        header = known.read_text(encoding="utf-8-sig").partition("\n")[0]
        missing = {*header.strip().split(",")} - {*EXTRA, *there}
    elif not there:
        missing = {"a first row with the columns' names"}
    if missing:
        raise SettingsProblem(
            f"lacks {', '.join(sorted(missing))}.",
            where=str(path),
            next="Add that, with a line for each value, or take the file away.",
        )
