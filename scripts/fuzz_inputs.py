"""Broken inputs that people and disks make: settings, trackers, CSV lists, what we remember, command lines.

    python scripts/fuzz_inputs.py [COUNT] [--seed N]

Every input must end in an exit code and plain sentences: no traceback, no hang, no workbook changed that was only read.
The seed is printed; fuzz_workbooks.py and fuzz_google.py do the same for workbooks and for Google's answers.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.cli.main import main as command  # noqa: E402

SLOW, WAITS = 20, 120
"""Seconds of the processor, and seconds of waiting on a busy computer, after which a run counts as hanging."""
SETTINGS = """session = "M27"
programme = "dp"
trackers = ["candidates"]
[school]
name = "Riverside"
[settings]
first_exam = 2027-04-24
remind_days = [28, 14]
[mail]
host = "127.0.0.1"
port = 25
[people]
"A. Kamau" = "a@x.org"
[[layout.candidates]]
sheet = "Candidates"
header_row = 4
columns = {"Candidate code" = "code", "Last name" = "last_name"}
[[links]]
name = "all"
target = "Team.xlsx"
tracker = "candidates"
"""
TRACKER = """title = "Meetings"
sheet = "Meetings"
about = "Meetings with families."
key = ["person"]
aliases = ["Talks"]
order = 300
[columns]
person = { header = "Person", required = true, aliases = ["Who"], pattern = "[A-Z].*" }
day = { header = "Day", type = "date", at_most = "settings.today" }
kind = { header = "Kind", type = "choice", one_of = ["A", "B"] }
[[rules]]
id = "late"
when = { kind = { one_of = ["A"] } }
then = { day = { required = true } }
say = "The day is missing."
[settings.most]
value = 3
about = "How many."
source = "the school"
[[examples]]
name = "good"
rows = [{ person = "Ann", kind = "A", day = 2026-01-01 }]
"""
LIST = "Candidate code,Last name,First names,Session,Category\n000001,Ito,Kenji,M27,D\n000002,Doe,Ann,M27,D\n"
BITS = [
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    "\x00",
    "\ufeff",
    "#",
    ",",
    ";",
    "\t",
    "true",
    "[[",
    "1e999",
    "-",
    ".",
    "2027-02-30",
    "\ud7ff",
    "é",
    "'''",
    "nan",
    "9" * 30,
    "\r",
    "=cmd|' /C calc'!A1",
]
VERBS = [
    "validate",
    "export",
    "import",
    "report",
    "remind",
    "sync",
    "conflicts",
    "history",
    "undo",
    "restore",
    "adopt",
    "trackers",
    "schedule",
    "new",
    "zzz",
    "",
    "-",
    "--",
    "valid",
    "handover",
    "register",
    "rollover",
]
OPTIONS = ["--json", "-", "--tracker", "cas", "--dry-run", "--read-only", "--out", "x.csv", "--to", "csv",
"--at", "25:00",
           "--tasks", "mow", "--limit", "-1", "--run", "99999999999999999999", "\x00", "é", "--help", "excel:",
           "gsheet:",
           "https://example.org", "S.xlsx", ".", "*", "--sheet", "--row", "1"]  # fmt: skip


def mutated(text: str, chance: random.Random) -> bytes:
    """A text with a few slips: characters lost, doubled, exchanged, lines moved, the end cut off, invalid bytes."""
    for _ in range(chance.randrange(1, 5)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + chance.choice([0, 1, 3, 40]))
        lines = text.split("\n")
        text = chance.choice(
            [
                text[:at] + text[end:],
                text[:at] + chance.choice(BITS) + text[end:],
                text[:at] + text[at:end] * 2 + text[end:],
                text[:at],
                "\n".join(chance.sample(lines, len(lines))),
                text[:at] + chance.choice(BITS) * chance.choice([1, 50, 3000]) + text[end:],
            ]
        )
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        data = data[: len(data) // 2] + bytes(chance.randrange(256) for _ in range(4)) + data[len(data) // 2 :]
    return text.encode("utf-16") if chance.random() < 0.03 else data


def settings(folder: Path, chance: random.Random) -> list[str]:
    """A broken ib-trackers.toml."""
    (folder / "ib-trackers.toml").write_bytes(mutated(SETTINGS, chance))
    return chance.choice([["validate", "S.xlsx", "--read-only"], ["remind", "S.xlsx", "--dry-run"],
                          ["sync", "S.xlsx", "--dry-run"], ["schedule", "run", "validate", "S.xlsx"],
                          ["adopt", "S.xlsx", "--dry-run"], ["schedule", "show", "S.xlsx"]])  # fmt: skip


def tracker(folder: Path, chance: random.Random) -> list[str]:
    """A broken tracker of the school's own."""
    (folder / "trackers").mkdir(exist_ok=True)
    (folder / "trackers" / "meetings.toml").write_bytes(mutated(TRACKER, chance))
    return chance.choice(
        [
            ["validate", "S.xlsx", "--read-only"],
            ["trackers", "meetings"],
            ["trackers"],
            ["new", "New.xlsx", "--trackers", "meetings"],
        ]
    )


def csv_list(folder: Path, chance: random.Random) -> list[str]:
    """A broken list to import."""
    (folder / "list.csv").write_bytes(mutated(LIST, chance))
    return ["import", "list.csv", "--into", "S.xlsx", "--dry-run", "--yes"]


def misshapen(chance: random.Random) -> bytes:
    """JSON that is whole and of any shape, at times nested very deeply."""
    if chance.random() < 0.1:
        return chance.choice([b"[", b'{"a":', b"{'a':", b"("]) * 100_000
    keys = ["a", "code", "names", "files", "about", "day", "findings", "answers", "rows", "at", "what", "people"]

    def any_value(deep: int) -> object:
        kind = chance.randrange(7 if deep < 4 else 5)
        if kind == 5:
            return [any_value(deep + 1) for _ in range(chance.randrange(4))]
        if kind == 6:
            return {chance.choice(keys): any_value(deep + 1) for _ in range(chance.randrange(4))}
        return chance.choice([None, True, 10 ** chance.randrange(40), -0.5, "", "000001", "2026-01-01", "\ud800"])

    return json.dumps(any_value(0)).encode()


def state(folder: Path, chance: random.Random) -> list[str]:
    """Damage to what we remember."""
    home = folder / ".ib-trackers"
    files = [path for path in home.rglob("*") if path.is_file()]
    names = [
        "state.sqlite",
        "reminders.json",
        "log/last.json",
        "outputs",
        "lock",
        "pseudonyms.key",
        "journal/000001.entry",
        "log/needs-a-person.txt",
        "next-problem.json",
        "erasures.json",
        "disclosures.jsonl",
        "unchanged.json",
        "adopted S.xlsx.json",
    ]
    path = chance.choice([*files, *(home / name for name in names)])
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.is_file() else b'{"sent": {"a@x.org": {"day": "2026-01-01"}}}'
    path.write_bytes(misshapen(chance) if chance.random() < 0.3 else mutated(old.decode("latin-1"), chance))
    return chance.choice([["undo", "S.xlsx", "--dry-run"], ["history", "S.xlsx"], ["restore", "S.xlsx"],
                          ["remind", "S.xlsx", "--dry-run"], ["sync", "S.xlsx", "--dry-run"], ["validate",
                          "S.xlsx", "--read-only"],
                          ["schedule", "run", "validate", "S.xlsx", "--catch-up"],
                          ["privacy", "due", "S.xlsx"], ["privacy", "log", "S.xlsx", "--clean"],
                          ["privacy", "held", "S.xlsx", "000001", "--out", "held.json"],
                          ["privacy", "erase", "S.xlsx", "000001", "--dry-run"],
                          ["privacy", "erase", "S.xlsx", "--confirm", "a"],
                          ["adopt", "S.xlsx", "--dry-run"],
                          ["report", "S.xlsx", "--out", "r.html", "--redacted"]])  # fmt: skip


def command_line(folder: Path, chance: random.Random) -> list[str]:
    """Words in any order; nothing in it names the workbook as what is written."""
    words = [chance.choice(VERBS), *chance.choices(OPTIONS, k=chance.randrange(5))]
    writes = {"adopt", "import", "new", "schedule", "register", "rollover", "handover", "undo", "restore"}
    return [*words, "--dry-run"] if words[0] in writes else words


KINDS: dict[str, Callable[[Path, random.Random], list[str]]] = {
    "settings": settings,
    "tracker": tracker,
    "csv": csv_list,
    "state": state,
    "words": command_line,
}


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """End what hangs, where the system can."""

    def stop(*given: object) -> None:
        raise TimeoutError("it hangs")

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, stop)
        signal.signal(signal.SIGPROF, stop)
        signal.alarm(WAITS)
        signal.setitimer(signal.ITIMER_PROF, SLOW)
    try:
        yield
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
            signal.setitimer(signal.ITIMER_PROF, 0)


def run(argv: list[str]) -> str:
    """Run one command; what is wrong with how it ended, or nothing."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with limited(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = command(argv)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 2
    except TimeoutError:
        return f"hangs for {SLOW} s"
    except BaseException as error:
        return f"traceback: {type(error).__name__}: {error}"
    if code not in (0, 1, 2):
        return f"exit code {code}"
    if "Traceback" in err.getvalue() or "Unexpected error" in err.getvalue() + out.getvalue():
        return err.getvalue().strip()[-200:] or "unexpected error"
    notes = Path(".ib-trackers/log/needs-a-person.txt")
    if argv[:2] == ["schedule", "run"] and notes.is_file() and b"Unexpected error" in notes.read_bytes():
        return notes.read_text("utf-8", errors="replace").strip()
    return "" if code != 2 or err.getvalue().strip() else "code 2 without a word"


def make_school(folder: Path) -> None:
    """A small workbook with something remembered about it."""
    book = folder / "S.xlsx"
    with contextlib.redirect_stdout(io.StringIO()):
        command(["new", str(book), "--trackers", "candidates", "--session", "M27"])
        (folder / "first.csv").write_text(LIST, encoding="utf-8")
        command(["import", str(folder / "first.csv"), "--into", str(book), "--tracker", "candidates", "--yes"])
        command(["validate", str(book)])


def fuzz(count: int, seed: int) -> list[str]:
    """Try so many inputs; what went wrong, with the kind, the number and the command."""
    chance, problems, before = random.Random(seed), [], Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        school = Path(name) / "school"
        school.mkdir()
        make_school(school)
        whole = (school / "S.xlsx").read_bytes()
        for number in range(count):
            kind = chance.choice(list(KINDS))
            folder = Path(name) / "now"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(school, folder)
            os.chdir(folder)
            try:
                argv = KINDS[kind](folder, random.Random(f"{seed}-{number}"))
                wrong = run(argv)
                if not wrong and argv[:2] != ["schedule", "run"] and (folder / "S.xlsx").read_bytes() != whole:
                    wrong = "" if argv[0] == "validate" and "--read-only" not in argv else "the workbook was changed"
            finally:
                os.chdir(before)
            if wrong:
                problems.append(f"{kind} {number} {argv}: {wrong}")
                print(problems[-1], flush=True)
    return problems


def main(argv: list[str] | None = None) -> int:
    """Run the fuzz; 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments = parser.parse_args(argv)
    started = time.monotonic()
    print(f"seed {arguments.seed}, {arguments.count} inputs")
    problems = fuzz(arguments.count, arguments.seed)
    print(f"{arguments.count} inputs, {len(problems)} wrong, {time.monotonic() - started:.0f} s")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
