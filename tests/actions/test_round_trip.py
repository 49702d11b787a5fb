"""Any text comes back from CSV, XLSX and JSON as it was, headers included."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from addin.cli.main import main
from addin.core.tables.values import show
from addin.workspace.workbook import opened

HEAD = ["Code", "Last name", "First names", "Session", "Category"]
HARD = [
    "=1+1", "+44", "-x", "@x", "\ttab", "'quoted", "''=2", " =3", "＝4", "\n=5", 'a "b", c;d', "two\nlines", "x\r\ny",
    "Total", "0012", "1e5", "10.0", "01/02/2009", "TRUE", "NULL", "#N/A", "Ünï – “x”", "नमस्ते", "e\u0301", "\u200b0",
    " blanks ", "1,2,3,4\n5,6,7,8", "sep=;", "ｱ", "𝒳", "¼", "a_x000D_b", "None",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30),
).filter(lambda text: bool(text.strip()))


def book(path: Path, headers: list[str], rows: list[list[str]]) -> Path:
    """A workbook with a sheet Candidates that has own columns, every cell text."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Candidates"
    for r, line in enumerate([[*HEAD, *headers], *rows], 1):
        for c, text in enumerate(line, 1):
            sheet.cell(r, c).value = text
            sheet.cell(r, c).data_type = "s"
    made.save(path)
    return path


def held(path: Path) -> list[dict[str, str]]:
    with opened(str(path)) as workbook:
        table = workbook.tables["candidates"]
        columns = {**{name: table.raw(name) for name in ("code", "last_name", "notes")}, **table.extra}
        return [{name: show(values[i]) for name, values in columns.items()} for i in range(len(table))]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_braces_are_no_places_to_fill_in(tmp_path: Path, form: str) -> None:
    round_trip(tmp_path, form, ["{name}", "Fee {EUR", "x}", "{}"], ["{0}", "{n}", "}{", "{{", "a", "{source}"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(headers=st.lists(TEXT, min_size=1, max_size=3), cells=st.lists(TEXT, min_size=6, max_size=6))
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, form: str, headers: list[str], cells: list[str]
) -> None:
    round_trip(tmp_path_factory.mktemp("trip"), form, headers, cells)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_hard_texts_come_back(tmp_path: Path, form: str) -> None:
    for number in range(0, len(HARD) - 5, 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        round_trip(folder, form, HARD[number : number + 3], HARD[number + 1 : number + 6] + HARD[:1])


def round_trip(folder: Path, form: str, headers: list[str], cells: list[str]) -> None:
    def row(code: str, start: int) -> list[str]:
        own = [cells[(start + n) % len(cells)] for n in range(len(headers))]
        return [code, cells[start], cells[start + 1], "M27", "D", *own]

    full = book(folder / "full.xlsx", headers, [row("0101", 0), row("0102", 3)])
    empty = book(folder / "empty.xlsx", headers, [["9999", "x", "x", "M27", "D", *["y"] * len(headers)]])
    before = held(full)
    assert main(["export", str(full), "--to", form, "--out", str(folder / "out")]) == 0
    (source,) = (folder / "out").iterdir()
    assert main(["import", str(source), "--into", str(empty), "--tracker", "candidates"]) == 0
    assert held(empty)[1:] == before
    unchanged = full.read_bytes()
    assert main(["import", str(source), "--into", str(full), "--tracker", "candidates"]) == 0
    assert full.read_bytes() == unchanged
