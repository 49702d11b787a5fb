"""python scripts/benchmark.py: how fast it is, beside what a user would write today, in one run, as ratios.

Seconds are processor seconds. Every contender is run in turn, several rounds, in a fresh process where a whole job is
timed; the figure is the median over the rounds of (theirs / ours in the same round), so a machine whose speed drifts
does no harm. Needs the extras excel, google, pandas and: pip install pandera daff
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none; there the clock must do
    resource = None  # type: ignore[assignment]

HERE = Path(__file__).resolve().parent
ROUNDS = 5
HEADERS = (
    "Entry",
    "Student",
    "Title",
    "Strand",
    "Status",
    "Start",
    "End",
    "Hours",
    "Supervisor",
    "Email",
    "Reflections",
    "Goal",
    "Place",
    "Approved on",
    "Notes",
)
SLIPS = (
    (0, "e1"),
    (1, "S99999"),
    (1, "12"),
    (2, None),
    (2, "t" * 70),
    (3, "Aktion"),
    (4, "done"),
    (5, "31/02/2026"),
    (6, date(2020, 1, 1)),
    (7, "many"),
    (7, -3),
    (7, 900),
)
Seconds = dict[str, list[float]]


def make_book(path: Path, rows: int, seed: int = 7) -> int:
    """A workbook of students and CAS entries with about 3.5 % mistakes; how many were put in."""
    import xlsxwriter

    dice = random.Random(seed)
    (path.parent / "trackers").mkdir(parents=True, exist_ok=True)
    for tracker in (HERE / "bench").glob("*.toml"):
        shutil.copy(tracker, path.parent / "trackers")
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    students = book.add_worksheet("Students")
    codes = [f"S{number:05d}" for number in range(max(20, rows // 50))]
    students.write_row(0, 0, ["Code", "Last name", "Year"])
    for number, code in enumerate(codes, 1):
        students.write_row(number, 0, [code, f"Name {number}", 2027])
    cas = book.add_worksheet("CAS")
    cas.write_row(0, 0, HEADERS)
    mistakes = 0
    for number in range(1, rows + 1):
        row = entry(number, dice.choice(codes), dice)
        if dice.random() < 0.035:
            spoil(row, dice)
            mistakes += 1
        for column, value in enumerate(row):
            if isinstance(value, date):
                cas.write_datetime(number, column, value)
            elif value is not None:
                cas.write(number, column, value)
    book.close()
    return mistakes


def entry(number: int, student: str, dice: random.Random) -> list[object]:
    """A clean row."""
    start = date(2026, 1, 1) + timedelta(dice.randrange(300))
    end = start + timedelta(dice.randrange(1, 120))
    status = dice.choice(["draft", "submitted", "approved", "rejected"])
    return [
        f"E{number:06d}",
        student,
        f"Experience {number % 997}",
        dice.choice(["Creativity", "Activity", "Service"]),
        status,
        start,
        end,
        dice.randrange(1, 30),
        f"Teacher {number % 61}",
        f"t{number % 61}@school.example",
        dice.randrange(5),
        f"Goal {number % 13}",
        f"Place {number % 29}",
        end if status == "approved" else None,
        "x" * dice.randrange(20),
    ]


def spoil(row: list[object], dice: random.Random) -> None:
    """One mistake of a kind that a rule must find."""
    column, value = dice.choice(SLIPS)
    row[column] = value


def rounds(contenders: Mapping[str, Callable[[], float]], times: int = ROUNDS) -> Seconds:
    """Seconds of each contender, in turn, round by round; one round first to warm up."""
    seconds: Seconds = {name: [] for name in contenders}
    for number in range(times + 1):
        for name, run in contenders.items():
            took = run()
            if number:
                seconds[name].append(took)
    return seconds


def show(title: str, seconds: Seconds) -> None:
    """Our median, and how many times longer each other one takes."""
    ours = next(iter(seconds))
    print(f"\n{title}\n  {ours:<58} {statistics.median(seconds[ours]):8.3f} s")
    for name in list(seconds)[1:]:
        ratio = statistics.median(b / a for a, b in zip(seconds[ours], seconds[name], strict=True))
        print(f"  {name:<58} {statistics.median(seconds[name]):8.3f} s   {ratio:6.1f} times as long")


def process(command: list[str], before: Callable[[], object] = lambda: None) -> Callable[[], float]:
    """A whole process, from start to end: its processor seconds, which other work on the machine hardly changes."""

    def run() -> float:
        before()
        start, clock = children(), time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        return children() - start or time.perf_counter() - clock

    return run


def children() -> float:
    """Processor seconds of all processes that were started and have ended; 0 where the system does not tell."""
    if resource is None:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """A piece of work inside this process."""

    def run() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return run


def whole(folder: Path, rows: int) -> None:
    """The whole `validate` with write-back against the whole script of a user."""
    source = folder / f"source{rows}" / "book.xlsx"
    source.parent.mkdir()
    mistakes = make_book(source, rows)
    work = source.parent / "work.xlsx"

    def fresh() -> None:
        shutil.copy(source, work)

    ours = [sys.executable, "-m", "addin", "validate", str(work)]
    theirs = [sys.executable, str(HERE / "bench" / "users_way.py"), str(work)]
    contenders = {"ib-trackers validate": process(ours, fresh)}
    if rows <= 20_000:
        contenders["pandas + pandera + openpyxl"] = process([*theirs, "openpyxl"], fresh)
        contenders["pandas (calamine) + pandera + openpyxl"] = process([*theirs, "calamine"], fresh)
    show(
        f"Whole validate, {rows:,} CAS rows, {mistakes:,} mistakes", rounds(contenders, 3 if rows > 20_000 else ROUNDS)
    )
    fresh()
    print(f"  peak memory of ib-trackers validate: {peak_memory(ours):.0f} MB")


def peak_memory(command: list[str]) -> float:
    """The largest resident size of a command, in MB (Linux counts in kB, macOS in bytes)."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
    return int(done.stdout) / (1024**2 if sys.platform == "darwin" else 1024)


def parts(folder: Path) -> None:
    """Reading, the rule engine and write-back alone, at 20,000 rows."""
    sys.path.insert(0, str(HERE / "bench"))
    import pandas as pd
    import users_way

    from addin.actions.validate import show
    from addin.core.checks.rules import check
    from addin.workspace.workbook import opened

    path = folder / "parts" / "book.xlsx"
    path.parent.mkdir()
    make_book(path, 20_000)
    names = ["CAS", "Students"]
    show(
        "Reading 20,000 rows",
        rounds(
            {
                "ours": timed(lambda: read_only(path, names)),
                "pandas.read_excel (openpyxl)": timed(lambda: pd.read_excel(path, sheet_name=names)),
                "pandas.read_excel (calamine)": timed(lambda: pd.read_excel(path, sheet_name=names, engine="calamine")),
            }
        ),
    )
    with opened(str(path)) as workbook:
        findings = check(workbook.present, workbook.tables, workbook.settings)
        frames = pd.read_excel(path, sheet_name=names, engine="calamine")
        show(
            f"Sixteen rules, 20,000 rows ({len(findings):,} findings)",
            rounds(
                {
                    "ours": timed(lambda: check(workbook.present, workbook.tables, workbook.settings)),
                    "pandera on pandas, lazy": timed(lambda: users_way.problems(frames["CAS"], frames["Students"])),
                }
            ),
        )
    copy = path.with_name("copy.xlsx")
    found = users_way.problems(frames["CAS"], frames["Students"])

    def ours() -> float:
        shutil.copy(path, copy)
        with opened(str(copy)) as workbook:
            findings = check(workbook.present, workbook.tables, workbook.settings)
            start = time.process_time()
            show(workbook, findings)
            return time.process_time() - start

    def theirs() -> float:
        shutil.copy(path, copy)
        return timed(lambda: users_way.mark(str(copy), frames["CAS"], found))()

    show("Writing the marks back", rounds({"ours": ours, "openpyxl load, mark, save": theirs}))


def read_only(path: Path, names: list[str]) -> object:
    from addin.backends.open import open_book

    book = open_book(str(path))
    try:
        return book.read(names)
    finally:
        book.close()


def start_up() -> None:
    """What is paid before anything is done."""
    show(
        "Start",
        rounds(
            {
                "ib-trackers --help": process([sys.executable, "-m", "addin", "--help"]),
                "python -c pass": process([sys.executable, "-c", "pass"]),
                "import pandas, pandera, openpyxl": process(
                    [sys.executable, "-c", "import pandas, pandera.pandas, openpyxl"]
                ),
            }
        ),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "parts", nargs="*", default=["start", "whole", "linear", "parts"], help="start whole linear parts"
    )
    chosen = parser.parse_args().parts
    os.environ["PYTHONPATH"] = str(HERE.parent)
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"  # the user's way has openpyxl alone, which is faster so
    compileall.compile_dir(HERE.parent / "addin", quiet=1)  # as an installation does
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "start" in chosen:
            start_up()
        if "whole" in chosen:
            for rows in (1_000, 20_000):
                whole(folder, rows)
        if "linear" in chosen:
            whole(folder, 200_000)
        if "parts" in chosen:
            parts(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
