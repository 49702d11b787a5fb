"""The Python interface: its snippets run, its columns are typed, and importing it loads nothing heavy."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from xlsx_books import build

import addin
from addin.cli.main import main
from addin.core.checks.rules import FIELDS
from addin.core.ib import Row, RuleContext, Violation
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
    found = addin.validate(school)
    assert list(found.to_pandas().columns) == list(found[:0].to_pandas().columns) == list(FIELDS)
    assert found.to_pandas()["value"].map(type).eq(str).any()
    levels = found.to_pandas()["level"]
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


def test_the_script_of_ten_lines_answers_and_passes_mypy(school: Path, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    api = pytest.importorskip("mypy.api")
    script = next(one for one in snippets() if "hours.join" in one)
    assert len([line for line in script.splitlines() if line.strip()]) <= 10
    (tmp_path / "hours.py").write_text(script, encoding="utf-8")
    said, wrong, code = api.run(
        ["--strict", "--no-incremental", "--ignore-missing-imports", str(tmp_path / "hours.py")]
    )
    assert (code, wrong) == (0, ""), said
    with addin.open(school) as book:
        cas, raw = book["cas"].to_pandas(), book["candidates"].to_pandas(raw=True)
    hours = cas.explode("strand").pivot_table(index="candidate", columns="strand", values="hours", aggfunc="sum")
    row = cas[cas["hours"].notna() & cas["strand"].notna()].iloc[0]
    assert hours.loc[row["candidate"]].sum() > 0
    assert isinstance(hours.columns.dtype, pandas.CategoricalDtype) or len(hours.columns) >= 3
    assert "31/02/2009" in set(raw["birth_date_raw"])


def test_the_notebook_runs(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(school.parent)
    names: dict[str, object] = {}
    for cell in json.loads((ROOT / "scripts" / "explore.ipynb").read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []  # nothing of anybody's is kept in it
            *first, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(first, []), "cell", "exec"), names)
            if not isinstance(last, ast.Expr):
                exec(compile(ast.Module([last], []), "cell", "exec"), names)
                continue
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            assert "<table" in getattr(value, "_repr_html_", lambda: "<table>")()


def test_a_school_s_own_rule_is_used_by_its_tracker_and_its_mistakes_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "trackers").mkdir()
    (tmp_path / "trackers" / "candidates.toml").write_text(
        'extends = "candidates"\n[[rules]]\nid = "tutor"\nlevel = "warning"\nuse = "own.tutor"\n', encoding="utf-8"
    )
    book = tmp_path / "School.xlsx"
    head = ["Candidate code", "Last name", "First names", "Session", "Category"]
    build(book, {"Candidates": [head, ["000001", "Berg", None, "M28", "D"]]}, {})  # type: ignore[dict-item]
    with pytest.raises(Problem, match="no installed package of your school has"):
        addin.validate(book)

    @addin.rule("tutor")
    def tutor(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
        """Ask the tutor."""
        for number, row in enumerate(rows):
            yield Violation(number, "last_name", f"Ask the tutor of {row['last_name']}.")

    assert "Ask the tutor of Berg." in [one.message.partition(": ")[2] or one.message for one in addin.validate(book)]

    @addin.rule("tutor")
    def fails(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
        raise KeyError("Berg")

    with pytest.raises(Problem, match=r"own\.tutor of your school failed \(KeyError\)") as messages:
        addin.validate(book)
    assert "Berg" not in str(messages.value)
    with pytest.raises(Problem, match="must take"):
        addin.rule("x")(lambda row: [])  # type: ignore[arg-type,misc,type-var]


def test_packages_add_rules_and_formats_by_entry_points(
    school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "our_school-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: our_school\nVersion: 1\n", encoding="utf-8")
    (package / "entry_points.txt").write_text(
        "[ib_trackers.exporters]\nsizes = our_school_made_up:write\nlost = our_school_nowhere:write\n", encoding="utf-8"
    )
    (tmp_path / "our_school_made_up.py").write_text(
        "def write(workbook, out):\n    out.write_text(str(len(workbook.tables)))\n    return [out]\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert main(["export", str(school), "--to", "sizes", "--out", str(tmp_path / "a.sizes")]) in (0, 1)
    assert int((tmp_path / "a.sizes").read_text()) > 3
    assert main(["export", str(school), "--to", "lost", "--out", str(tmp_path / "a.lost")]) == 2
    assert "our_school adds 'lost', but it cannot be loaded" in capsys.readouterr().err
    assert main(["export", str(school), "--to", "nothing", "--out", str(tmp_path / "a.x")]) == 2
    assert "sizes" in capsys.readouterr().err


@pytest.mark.parametrize("number", range(len(snippets())))
def test_the_snippets_of_the_guide_run(school: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if "pandas" in snippets()[number] or "cas" in snippets()[number]:
        pytest.importorskip("pandas")
    monkeypatch.chdir(school.parent)
    exec(compile(snippets()[number], f"snippet {number}", "exec"), {})


def test_importing_the_package_loads_nothing_heavy_and_it_is_typed() -> None:
    code = "import addin, sys; print([m for m in sys.modules if m.startswith('addin.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
    assert (ROOT / "addin" / "py.typed").exists()
