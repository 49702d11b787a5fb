"""What a button costs, in LibreOffice, which is used in place of Excel: its start, and Validate compared with closed.

python scripts/bench_excel.py [start] [open] [press] [--rows N] [--rounds N]

start   from the start of a process to the first read of the open book: interpreter, imports, attach
open    the check of 20,000 CAS rows on the closed file and on the open workbook, each a process of its own
press   the same on what `ib-trackers new` builds, with 20,000 CAS rows: its form button really pressed, until the
        answer is there

Every round takes fresh copies, closed and open in turn; told are medians, and of the ratios within each round.
Processor seconds (Linux) are those of Python and, for the open workbook, of soffice too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from bench.school import school_book  # noqa: E402 (the path comes first)
from benchmark import children, make_book  # noqa: E402

WHICH = ("first time, all marks are written", "again, nothing to write")
STEPS = (
    ("interpreter", "pass"),
    ("... and our entry", "import addin.excel.entry"),
    ("... and xlwings, without pandas", "from addin.backends.excel.lean_xlwings import lean_xlwings; lean_xlwings()"),
    ("... and the button", "import addin.excel.buttons, addin.actions.validate, addin.backends.excel"),
    ("... and attached", "from addin.backends.excel.window import open_workbook as o; b = o({book!r}, None, {pipe!r})"),
    ("... and the first cell read", "b.sheets[0].range('A1').value"),
)
COMPARED = ("for comparison: a plain import xlwings", "import xlwings")


@dataclass
class Desk:
    """A LibreOffice that can be pressed and attached to, and a folder with a workbook in it."""

    app: Any
    folder: Path
    env: dict[str, str]

    @property
    def answered(self) -> Path:
        return self.folder / "answered"

    def processor(self) -> float:
        """Processor seconds so far of the processes that ended, and of soffice where /proc tells."""
        return children() + soffice_seconds(self.app.impl.office.process.pid)


@contextmanager
def desk() -> Iterator[Desk]:
    from addin.libreoffice import start

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = folder / "python"
        python.write_text(f'#!/bin/sh\n"{sys.executable}" "$@"\n: > "{folder}/answered"\n')
        python.chmod(0o755)
        (folder / "excel.conf").write_bytes(f"python={python}\r\n".encode())
        pipe = f"ib-bench-{os.getpid()}"
        variables = {
            "IB_TRACKERS_CONF": str(folder / "excel.conf"),
            "IB_TRACKERS_LO_PIPE": pipe,
            "PYTHONPATH": str(HERE.parent),
        }
        env = {**os.environ, **variables}
        with start(env, pipe) as app:
            yield Desk(app, folder, env)


def soffice_seconds(group: int) -> float:
    """Processor seconds of the processes of this group and of what they started; 0 where the system does not tell."""
    total = 0.0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def start_up(rounds: int) -> None:
    """From the start of a process to the first read of the book: each step adds to the one before."""
    print("Start of a button's process")
    with desk() as here:
        book = here.app.books.add()
        code, before = "", 0.0
        for name, more in STEPS:
            code = f"{code}; {more.format(book=book.name, pipe=here.env['IB_TRACKERS_LO_PIPE'])}".lstrip("; ")
            took = python_seconds(code, here.env, rounds)
            print(f"  {name:<42} {took:.3f} s   + {max(0, took - before):.3f}")
            before = took
        print(f"  {COMPARED[0]:<42} {python_seconds(COMPARED[1], here.env, rounds):.3f} s")


def python_seconds(code: str, env: dict[str, str], rounds: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-P", "-c", code], check=True, env=env)
        return time.perf_counter() - start

    return median(once() for _ in range(rounds * 2 + 1))


def against_closed(title: str, source: Path, run_open: Callable[[Desk, Any], object], here: Desk, rounds: int) -> None:
    """The check on a copy that is closed and on one that is open, twice on each; then fresh copies."""
    took: dict[str, list[tuple[float, float, float, float]]] = {which: [] for which in WHICH}
    for number in range(rounds):
        closed, shown = (here.folder / f"{source.stem} {kind} {number}" / source.name for kind in ("closed", "open"))
        for copy in (closed, shown):
            shutil.copytree(source.parent, copy.parent)
        book = here.app.books.open(str(shown))
        for which in WHICH:
            files = timed(here, lambda path=closed: run([*VALIDATE, str(path)], here.env))
            live = timed(here, lambda book=book: run_open(here, book))
            took[which].append((*files, *live))
        book.close()
    print(f"\n{title}")
    for which, rows in took.items():
        closed_s, closed_cpu, open_s, open_cpu = (median(column) for column in zip(*rows, strict=True))
        ratio, cpu = (median(row[a] / row[b] for row in rows if row[b]) for a, b in ((2, 0), (3, 1)))
        print(f"  {which:<36} closed {closed_s:.2f} s   open {open_s:.2f} s   {ratio:.2f} times")
        print(f"  {'    in processor seconds':<36} closed {closed_cpu:.2f} s   open {open_cpu:.2f} s   {cpu:.2f} times")


VALIDATE = (sys.executable, "-P", "-m", "addin", "validate")


def timed(here: Desk, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processors."""
    processor, start = here.processor(), time.perf_counter()
    work()
    return time.perf_counter() - start, here.processor() - processor


def run(command: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), done.returncode


def by_command(here: Desk, book: Any) -> None:
    """The way without a macro: attach, check, mark."""
    run([*VALIDATE, f"excel:{book.name}"], here.env)


def by_press(here: Desk, book: Any) -> None:
    """The form button, pressed as a screen reader does; until Python has answered the macro."""
    here.answered.unlink(missing_ok=True)
    sheet = book.sheets["Home"]
    sheet.activate()
    forms = sheet.api.DrawPage.Forms
    models = (
        form.getByIndex(i) for f in range(forms.Count) for form in [forms.getByIndex(f)] for i in range(form.Count)
    )
    model = next(model for model in models if model.Label == "Validate")
    book.api.CurrentController.getControl(model).getAccessibleContext().doAccessibleAction(0)
    while not here.answered.exists():
        time.sleep(0.005)
    while list(here.folder.glob("answer-*.txt")):  # the macro takes it away; the next press waits for that
        time.sleep(0.05)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["start", "open", "press"])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if "start" in given.parts:
        start_up(given.rounds)
    with desk() as here:
        if "open" in given.parts:
            plain = here.folder / "plain" / "Plain.xlsx"
            plain.parent.mkdir()
            mistakes = make_book(plain, given.rows)
            title = f"Validate, {given.rows:,} CAS rows, {mistakes:,} mistakes, from the start of a process to its end"
            against_closed(title, plain, by_command, here, given.rounds)
        if "press" in given.parts:
            school = here.folder / "school" / "School.xlsm"
            school.parent.mkdir()
            school_book(school, given.rows)
            title = f"Validate in School.xlsm, {given.rows:,} CAS rows, from the press of the button to its answer"
            against_closed(title, school, by_press, here, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
