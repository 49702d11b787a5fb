"""A stranger adds one more of the usual thing in one step: a verb, an exporter, an importer, a tracker."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
VERB = '''"""ib-trackers hello: greet."""

HELP = "greet"
EXAMPLE = "ib-trackers hello"


def options(parser):
    parser.add_argument("--name", default="you")


def run(arguments):
    print("Hello", arguments.name)
    return 0
'''
EXPORTER = '''"""Row counts as text."""


def write(workbook, out):
    out.write_text("".join(f"{name} {len(table)}\\n" for name, table in workbook.tables.items()))
    return [out]
'''
IMPORTER = '''"""One candidate a line, as code/last/first."""

from addin.core.book import Grid

SUFFIXES = [".slash"]


def read(path):
    lines = [line.split("/") for line in path.read_text().splitlines()]
    return [Grid("Candidates", [["Code", "Last name", "First names"], *lines])]
'''


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A copy of the product that may be changed."""
    quiet = shutil.ignore_patterns("__pycache__", "built", "pictures")
    for name in ("addin", "sheets_templates"):
        shutil.copytree(ROOT / name, tmp_path / "product" / name, ignore=quiet)
    return tmp_path / "product"


def ib_trackers(product: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin", *map(str, words)]
    return subprocess.run(command, cwd=product, capture_output=True, text=True, check=False, timeout=120)


def school(product: Path) -> Path:
    book = product / "School.xlsx"
    done = ib_trackers(product, "new", book, "--session", "M27", "--trackers", "candidates")
    assert done.returncode == 0, done.stderr
    return book


def test_a_verb_is_one_file(product: Path) -> None:
    (product / "addin" / "cli" / "verbs" / "hello.py").write_text(VERB)
    assert ib_trackers(product, "hello", "--name", "Ana").stdout == "Hello Ana\n"
    assert "greet" in ib_trackers(product, "--help").stdout


def test_an_exporter_is_one_file(product: Path) -> None:
    (product / "addin" / "exporters" / "counts.py").write_text(EXPORTER)
    done = ib_trackers(product, "export", school(product), "--to", "counts", "--out", product / "counts.txt")
    assert done.returncode == 0, done.stderr
    assert (product / "counts.txt").read_text() == "candidates 0\n"


def test_an_importer_is_one_file(product: Path) -> None:
    (product / "addin" / "importers" / "slash.py").write_text(IMPORTER)
    (product / "new.slash").write_text("000123/Diaz/Ana\n")
    done = ib_trackers(product, "import", product / "new.slash", "--into", school(product))
    assert done.returncode in (0, 1), done.stderr
    out = product / "out"
    assert ib_trackers(product, "export", product / "School.xlsx", "--to", "csv", "--out", out).returncode == 0
    assert "000123" in "".join(path.read_text("utf-8-sig") for path in out.rglob("*.csv"))


def test_a_tracker_is_one_file(product: Path) -> None:
    (product / "sheets_templates" / "visits.toml").write_text(
        'title = "Visits"\nsheet = "Visits"\nkey = ["day"]\nabout = "Who came."\n'
        '[columns.day]\ntype = "date"\nrequired = true\n'
    )
    assert "Visits" in ib_trackers(product, "trackers").stdout
    done = ib_trackers(product, "new", product / "Visits.xlsx", "--trackers", "visits", "--session", "M27")
    assert done.returncode == 0, done.stderr


def test_a_word_for_rules_is_one_entry(product: Path) -> None:
    words = product / "addin" / "core" / "checks" / "words.py"
    text = words.read_text("utf-8")
    entry = """WORDS: dict[str, Word] = {
    "starts_with": Word(
        lambda values, limit: [i for i, v in enumerate(values) if v is not None and not str(v).startswith(limit)],
        "{header} must start with {limit}.", "Put {limit} in front.", "starts with {}", "begins wrongly",
        "LEFT({cell},LEN({limit}))<>{limit}",
    ),
"""
    words.write_text(text.replace("WORDS: dict[str, Word] = {\n", entry, 1), "utf-8")
    (product / "sheets_templates" / "visits.toml").write_text(
        'title = "Visits"\nsheet = "Visits"\nkey = ["code"]\n[columns.code]\nstarts_with = "V"\n[columns.note]\n'
    )
    assert "starts with V" in ib_trackers(product, "trackers", "visits").stdout
    book = product / "Visits.xlsx"
    done = ib_trackers(product, "new", book, "--trackers", "visits", "--session", "M27")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(book) as package:
        sheets = "".join(package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet"))
    assert "LEFT(" in sheets, "the sheet shows it while it is typed"
    (product / "rows.csv").write_text("Code,Note\nX1,a\nV2,b\n")
    assert ib_trackers(product, "import", "rows.csv", "--into", book, "--yes", "--tracker", "visits").returncode == 0
    found = ib_trackers(product, "validate", book, "--json", "-").stdout
    assert "Code must start with V." in found
    assert found.count("code-starts-with") == 1
