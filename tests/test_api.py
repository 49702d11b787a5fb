"""The Python interface: its snippets run, its columns are typed, and importing it loads nothing heavy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import addin
from addin.cli.main import main
from addin.errors import Problem

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "School.xlsx"
    assert main(["new", str(path), "--sample"]) == 0
    return path


def test_a_book_is_opened_read_and_closed(school: Path) -> None:
    with addin.open(school) as book:
        assert "cas" in book
        assert list(book) == book.trackers
        rows = book["CAS experiences"]
        assert len(rows) > 10
        assert rows[0] == rows[:1][0]
        assert rows[-1].keys() == rows[0].keys()
        with pytest.raises(Problem, match="There is no tracker 'nope'"):
            book["nope"]


def test_a_check_gives_a_list_and_leaves_the_workbook_alone(school: Path) -> None:
    before = school.read_bytes()
    with addin.open(str(school)) as book:
        findings = addin.validate(book)
    assert findings == addin.validate(school)
    assert isinstance(findings, list)
    assert {one.level for one in findings} <= {"error", "warning", "info"}
    assert school.read_bytes() == before
    assert "<script" not in findings._repr_html_()
    assert findings[0].message.replace("&", "&amp;")[:10] in findings._repr_html_()


def test_write_shows_the_findings_as_the_verb_does(school: Path, tmp_path: Path) -> None:
    copy = tmp_path / "Copy.xlsx"
    copy.write_bytes(school.read_bytes())
    assert addin.validate(copy, write=True)
    assert copy.read_bytes() != school.read_bytes()
    assert main(["undo", str(copy)]) == 0
    assert copy.read_bytes() == school.read_bytes()


def test_columns_of_a_frame_are_typed_and_what_cannot_be_read_is_beside(school: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with addin.open(school) as book:
        frame = book["candidates"].to_pandas()
        table = book["candidates"].table
    assert frame.index.name == "row"
    assert list(frame.index) == table.rows
    assert str(frame["birth_date"].dtype).startswith("datetime64")
    assert isinstance(frame["category"].dtype, pandas.CategoricalDtype)
    assert frame["code"].map(type).isin([str, type(pandas.NA)]).all()
    odd = [name for name in frame if name.endswith("_raw")]
    for name in odd:
        for index in table.odd[name.removesuffix("_raw")]:
            assert frame[name].iloc[index] == table.odd[name.removesuffix("_raw")][index].raw
    levels = addin.validate(school).to_pandas()["level"]
    assert levels.cat.ordered
    assert list(levels.cat.categories) == ["info", "warning", "error"]


def test_every_tracker_of_the_sample_becomes_a_frame(school: Path) -> None:
    pytest.importorskip("pandas")
    with addin.open(school) as book:
        for name in book:
            assert len(book[name].to_pandas()) == len(book[name])
            assert "<table>" in book[name]._repr_html_()


def snippets() -> list[str]:
    text = (ROOT / "addin" / "PYTHON.md").read_text("utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("number", range(len(snippets())))
def test_the_snippets_of_the_guide_run(school: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if "pandas" in snippets()[number]:
        pytest.importorskip("pandas")
    monkeypatch.chdir(school.parent)
    exec(compile(snippets()[number], f"snippet {number}", "exec"), {})


def test_importing_the_package_loads_nothing_heavy_and_it_is_typed() -> None:
    code = "import addin, sys; print([m for m in sys.modules if m.startswith('addin.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
    assert (ROOT / "addin" / "py.typed").exists()
