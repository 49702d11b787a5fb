"""Export, import into an empty workbook and check again: every tracker holds the same, hostile text included."""

from __future__ import annotations

from datetime import date
from itertools import cycle
from pathlib import Path

import pytest

from addin.actions.export import export
from addin.actions.import_ import import_
from addin.core.book import Value
from addin.core.settings import Settings
from addin.core.trackers import Column, Tracker
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all
from addin.workspace.workbook import opened

HOSTILE = (
    "=1+1", "one line\ntwo lines\r\nthree", 'say "hi", ok; yes', "\u200fشارل שלום", "👩‍🎓 zoë e\u0301", "+49 30", "-x",
    "@home", "'quoted", "tab\there", "x" * 5000, "bell \u0001\u0007", "_x0041_", "<b>&amp;</b>", " blanks ", "0012",
    "1e5", "TRUE", "#N/A", "01/02/2009", "\u200bzero", "a\x0bb\x0cc",
)  # fmt: skip
OTHERS = ("candidate", "student", "teacher")
"""Columns that say whose row it is, by whatever rule."""


def is_free(tracker: Tracker, column: Column) -> bool:
    """Whether any text may stand in the column."""
    limits = {"pattern", "one_of", "exists_in", "unique"} & {word for word, limit in column.words.items() if limit}
    return column.type == "text" and not limits and column.name not in (*tracker.key, *OTHERS) and not column.calculated


def rows_of(tracker: Tracker, texts: cycle[str]) -> list[dict[str, Value]]:
    """The clean examples of a tracker, one row for each key, with hostile text wherever text may stand."""
    rows: dict[tuple[str, ...], dict[str, Value]] = {}
    for example in tracker.examples:
        for row in () if example.trips else example.rows:
            rows.setdefault(tuple(str(row.get(name)) for name in tracker.key), dict(row))
    for row in rows.values():
        for column in tracker.columns.values():
            if is_free(tracker, column):
                row[column.name] = next(texts)[: column.words.get("longest") or None]
    return list(rows.values())


def held(path: Path) -> dict[str, list[str]]:
    with opened(str(path)) as workbook:
        return {
            name: sorted(
                repr(
                    [
                        table.raw(column.name)[index]
                        for column in workbook.trackers[name].columns.values()
                        if not column.calculated
                    ]
                )
                for index in range(len(table))
            )
            for name, table in workbook.tables.items()
        }


def test_every_tracker_comes_back_whatever_stands_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in (("views.LINES", 10), ("plan.COUNTED", 100)):  # small summaries, to be quick
        monkeypatch.setattr(f"addin.templates.{name}", few)
    trackers, texts = load_all(), cycle(HOSTILE)
    settings = Settings({"session": "M27"}, load_lists(), date.today(), {})
    rows = {name: rows_of(tracker, texts) for name, tracker in trackers.items()}
    build(tmp_path / "A.xlsx", trackers, settings, rows)
    build(tmp_path / "B.xlsx", trackers, settings, {})
    export(str(tmp_path / "A.xlsx"), to="json", out=tmp_path / "all.json")
    import_(tmp_path / "all.json", str(tmp_path / "B.xlsx"))
    before, after = held(tmp_path / "A.xlsx"), held(tmp_path / "B.xlsx")
    assert sum(map(len, before.values())) > 100
    assert {name for name in before if before[name] != after[name]} == set()
