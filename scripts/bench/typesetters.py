"""python scripts/bench/typesetters.py [--python VENV/bin/python]: candidates' sheets as PDF files, beside others.

The sheets of a sample school are made as PDF files in one process by us, by WeasyPrint (from our own HTML) and by typst
(the same words and tables, typeset); and by a process for each file, as `report --candidate` in a loop would. Processor
seconds a file, in one run, turn by turn. The others are looked for in VENV: pip install weasyprint typst
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
OTHERS = """
import json, sys, time
from pathlib import Path
kind, folder = sys.argv[1], Path(sys.argv[2])
files = sorted(folder.glob("*.html" if kind == "weasyprint" else "*.typ"))
if kind == "weasyprint":
    import weasyprint
    def make(path): weasyprint.HTML(filename=str(path)).write_pdf(str(path) + ".pdf")
else:
    import typst
    def make(path): typst.compile(str(path), output=str(path) + ".pdf")
make(files[0])
start = time.process_time()
for path in files: make(path)
print(json.dumps((time.process_time() - start) / len(files)))
"""


def sheets(folder: Path, wanted: int) -> tuple[Path, Sequence[object]]:
    """The sample school's workbook, and the pages of its candidates, again from the first where there are too few."""
    from addin.cli.main import main
    from addin.reports.packs.candidates import pack
    from addin.reports.redact import FullView
    from addin.workspace.workbook import opened

    book = folder / "School.xlsx"
    main(["new", str(book), "--sample", "--session", "M27", "--quiet"])
    with opened(str(book)) as workbook:
        pages = [sheet.page for sheet in pack(workbook, FullView()).sheets[1:]]
    return book, [pages[number % len(pages)] for number in range(wanted)]


def ours(pages: Sequence[object]) -> float:
    from addin.reports.pdf import pdf, pdfs

    pdf(pages[0])  # type: ignore[arg-type]
    start = time.process_time()
    for _ in pdfs(pages):  # type: ignore[arg-type]
        pass
    return (time.process_time() - start) / len(pages)


def typst(page: object) -> str:
    """A page in typst's language: title, lines, and each block as a table or as text."""
    from addin.reports.page import Bar, Fields, Grid, Link, Page, Pill, Words

    assert isinstance(page, Page)

    def cell(item: object) -> str:
        text = item.text if isinstance(item, (Bar, Link, Pill)) else str(item)
        return "[" + "".join("\\" + sign if sign in r"\\[]#*_$`<>@=-+/~" else sign for sign in text) + "]"

    def table(columns: int, cells: list[str]) -> str:
        return f"#table(columns: {columns}, {', '.join(cells)})" if cells else ""

    parts = ["#set text(size: 8.5pt)", f"= #{cell(page.title)}", *(f"#{cell(line)}\n" for line in page.lines)]
    for block in page.blocks:
        parts.append(f"== #{cell(getattr(block, 'title', ''))}")
        if isinstance(block, Grid):
            parts.append(table(len(block.headers), [cell(x) for row in (block.headers, *block.rows) for x in row]))
        elif isinstance(block, Fields):
            parts.append(table(2, [cell(x) for pair in block.pairs for x in pair]))
        elif isinstance(block, Words):
            parts += [f"#{cell(line)}\n" for line in block.lines]
    return "\n\n".join(parts)


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--python", default="", help="a Python that has weasyprint and typst")
    options.add_argument("--files", type=int, default=200)
    options.add_argument("--others", type=int, default=40, help="files that the others and single processes make")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    from addin.reports.html import htmls

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, pages = sheets(folder, given.files)
        some = pages[: given.others]
        for number, (page, data) in enumerate(zip(some, htmls(some), strict=True)):  # type: ignore[arg-type]
            (folder / f"{number:03}.html").write_bytes(data)
            (folder / f"{number:03}.typ").write_text(typst(page), "utf-8")
        found: dict[str, list[float]] = {}
        for _ in range(given.rounds):
            found.setdefault("ours, one process", []).append(ours(pages))
            before = children()
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "addin",
                    "report",
                    str(book),
                    "--pack",
                    "candidates",
                    "--files",
                    "pdf",
                    "--out",
                    str(folder / "pack"),
                    "--overwrite",
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
            )
            whole = len(list((folder / "pack").glob("*.pdf")))
            found.setdefault("ours, the whole command", []).append((children() - before) / whole)
            before = children()
            code = next(iter((folder / "pack").glob("candidate-01-*"))).stem.rpartition("-")[2]
            words = ["report", str(book), "--candidate", code, "--out", str(folder / "a.pdf"), "--overwrite"]
            subprocess.run([sys.executable, "-m", "addin", *words], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            found.setdefault("ours, a process for each file", []).append(children() - before)
            for kind in ("weasyprint", "typst") if given.python else ():
                done = subprocess.run(
                    [given.python, "-c", OTHERS, kind, name], capture_output=True, text=True, check=False
                )
                if done.returncode:
                    print(kind, done.stderr.strip().splitlines()[-1:])
                    continue
                found.setdefault(kind, []).append(json.loads(done.stdout))
        base = statistics.median(found["ours, one process"])
        for what, seconds in found.items():
            median = statistics.median(seconds)
            print(f"{what}: {median * 1000:.0f} ms a file, {median / base:.1f} times ours in one process")


if __name__ == "__main__":
    main()
