"""The checks in a shared sheet are the program's: same findings, same sentences, from the same declaration."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from test_apps_script import needed

from addin.core.book import Grid
from addin.core.checks.rules import check
from addin.core.settings import Settings
from addin.core.tables.layout import find
from addin.core.tables.table import read_table
from addin.core.trackers import Column, Tracker
from addin.templates.google.script_rules import rules_for
from addin.workspace.settings import load
from addin.workspace.tracker_files import heads, load_named

HERE = Path(__file__).parent / "apps_script"
TODAY = date(2026, 11, 29)
EPOCH = date(1899, 12, 30)
Raw = Any


@cache
def trackers() -> dict[str, Tracker]:
    known = heads(Path("nowhere"))
    return dict(load_named(list(known), known))


@cache
def settings() -> Settings:
    return load(Path("nowhere"), today=TODAY)


@cache
def rules(name: str) -> dict[str, Any]:
    tracker = trackers()[name]
    made: dict[str, Any] = rules_for(tracker, tracker.sheet, settings(), trackers())
    return made


def in_node(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    node = needed(shutil.which("node"), "Node is missing: the checks of the Apps Script cannot be run.")
    messages = json.dumps(tables)
    run = subprocess.run(
        [node, str(HERE / "check_tables.mjs")], input=messages, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def in_python(name: str, columns: dict[str, list[Raw]]) -> list[Any]:
    tracker = trackers()[name]
    headers = [tracker.columns[column].header for column in columns]
    rows = [[_serial(cell) for cell in row] for row in zip(*columns.values(), strict=True)]
    grid = Grid(tracker.sheet, [headers, *rows], serial_dates=True)
    layout = find(grid, tracker)
    assert layout
    table = read_table(tracker, {tracker.sheet: grid}, [layout])
    assert table.rows == list(range(2, len(rows) + 2))
    return check({name: tracker}, {name: table}, settings())


def _serial(cell: Raw) -> Raw:
    return (date.fromisoformat(cell["$date"]) - EPOCH).days if isinstance(cell, dict) else cell


NO_DATES = ["tomorrow", "oops", "tbc", "31/31/2026", "2026-02-30", "29.02.2027", "32-1-2026", "0/5/2026", "2026/13/13"]


def random_cell(column: Column, chance: random.Random, row: int, slips: float = 0.15) -> Raw:
    """What a person may have entered: mostly something of the column's type, at times blank or a slip."""
    if chance.random() < 0.12:
        return None
    slip = chance.random() < slips
    if column.type == "date":
        day = TODAY + timedelta(days=chance.randrange(-900, 900))
        return chance.choice(NO_DATES) if slip else {"$date": day.isoformat()}
    if column.type in ("integer", "number"):
        whole = chance.choice([0, 1, 2, 3, 7, 45, 120, 250, -1, chance.randrange(2000)])
        return chance.choice(["several", "abc", "tbc", "x", 2.5, whole]) if slip else whole
    if column.type == "yes_no":
        return chance.choice([True, False, "Yes", "no"])
    if column.type == "time":
        return None
    limit = column.words.get("one_of")
    values = limit if isinstance(limit, list | tuple) else _listed(str(limit)) if limit else []
    if values:
        chosen = [str(value) for value in chance.sample(list(values), min(len(values), 2 if column.several else 1))]
        return "Something else" if slip else "; ".join(chosen)
    return chance.choice(
        ["", "  ", "x", "M27", "000123", "a@b.example", "Ana", f"row {row}", "é" * 130, 12, "word " * 60]
    )


def _listed(name: str) -> list[str]:
    _, which, column = (*name.split("."), "", "")[:3]
    return [value for value in settings().lists.get(which, {}).get(column, []) if value]


def random_table(name: str, chance: random.Random, most: int = 8) -> dict[str, list[Raw]]:
    height = chance.randrange(2, most)
    columns = [column for column in trackers()[name].columns.values() if not column.calculated]
    table = {one.name: [random_cell(one, chance, row) for row in range(height)] for one in columns}
    texts = [one.name for one in columns if one.type == "text" and "one_of" not in one.words]
    for row in range(height):  # a row that holds nothing is no row
        for name in (texts[0], texts[-1]):
            table[name][row] = str(table[name][row] or "").strip() or f"k{chance.randrange(4)}"
    return table


def key_of(finding: Any) -> tuple[Any, ...]:
    messages = (
        finding
        if isinstance(finding, dict)
        else {n: getattr(finding, n) for n in ("row", "column", "rule", "level", "message")}
    )
    return messages["row"], messages["column"], messages["rule"], messages["level"], messages["message"]


def test_a_thousand_random_tables_have_the_same_findings_in_the_sheet_as_in_the_program() -> None:
    chance = random.Random(15)
    names = [chance.choice(list(trackers())) for _ in range(1000)]
    tables = [random_table(name, chance) for name in names]
    asked = [{"rules": rules(n), "headerRow": 1, "columns": t} for n, t in zip(names, tables, strict=True)]
    seen: set[str] = set()
    for name, table, answer in zip(names, tables, in_node(asked), strict=True):
        left = set(rules(name)["left"])
        program = {key_of(f) for f in in_python(name, table) if f.rule not in left}
        sheet = {key_of(f) for f in answer["found"]}
        assert sheet == program, (name, sorted(sheet - program)[:3], sorted(program - sheet)[:3], table)
        seen |= {finding["rule"] for finding in answer["found"]}
    everything = {w["rule"] for n in trackers() for c in rules(n)["columns"] for w in c["words"]}
    assert len(seen & everything) > len(everything) * 0.6


def test_five_thousand_rows_are_checked_in_less_than_a_second() -> None:
    chance = random.Random(1)
    columns = [column for column in trackers()["cas"].columns.values() if not column.calculated]
    table = {one.name: [random_cell(one, chance, row, 0.01) for row in range(5000)] for one in columns}
    (answer,) = in_node([{"rules": rules("cas"), "headerRow": 1, "columns": table}])
    assert answer["ms"] < 1000


def test_every_tracker_says_what_it_leaves_to_the_program() -> None:
    for name, tracker in trackers().items():
        left = set(rules(name)["left"])
        assert {rule.id for rule in tracker.rules if rule.use} <= left
        others = [
            c.name for c in tracker.columns.values() if str(c.words.get("exists_in", "")).startswith("candidates.")
        ]
        assert {f"{column.replace('_', '-')}-exists-in" for column in others} <= left
    python = {name: {rule.id for rule in tracker.rules if rule.use} for name, tracker in trackers().items()}
    others_left = sum(len(set(rules(name)["left"]) - python[name]) for name in trackers())
    assert others_left < sum(made_rules(rules(name)) for name in trackers()) / 30  # besides what Python alone can know


def made_rules(messages: dict[str, Any]) -> int:
    """How many rules the sheet checks by itself."""
    return sum(len(column["words"]) for column in messages["columns"]) + len(messages["rules"])


@pytest.mark.parametrize("name", sorted(heads(Path("nowhere"))))
def test_the_rules_of_a_tracker_fit_into_a_few_cells(name: str) -> None:
    assert len(json.dumps(rules(name), ensure_ascii=False)) < 100_000
