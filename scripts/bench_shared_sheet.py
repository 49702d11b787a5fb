"""How a large shared sheet behaves: the first sync, an unchanged one, one with edits, in a process each.

    python scripts/bench_shared_sheet.py                  20,000 CAS rows at the local emulator
    python scripts/bench_shared_sheet.py --rows 5000

Seconds are of the wall and of the processor; memory is the most that the process held (the emulator is another one).
"Values alone" downloads the sheet's values in one request and parses them as JSON, the least that any sync must do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests" / "support")]

BOT_KEY = "local-emulator-key.json"


def main(argv: list[str] | None = None) -> int:
    """Measure, and print a line for each job."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--job", nargs=4, metavar=("NAME", "URL", "KEY", "BOOK"), help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.job:
        print(json.dumps(job(*options.job)))
        return 0
    from addin.google_emulator import Emulator
    from addin.google_emulator.accounts import BOT

    with TemporaryDirectory() as folder, Emulator(quota=False) as google:
        teacher = google.person("teacher@school.example")
        key = teacher.create("CAS")
        teacher.share(key, BOT)
        google.key_file(Path(folder))
        book = make_book(Path(folder), options.rows, key)
        jobs = ["link", "first sync", "values alone", "unchanged sync", "unchanged again", "edits"]
        for name in [*jobs, "unchanged sync", "unchanged again", "values alone"]:
            google.calls.clear()
            began = time.perf_counter()
            done = run([name, google.url, key, str(book)])
            wall = time.perf_counter() - began
            calls = google.calls
            took = f"{wall:7.1f} s, of it {done['job']:6.1f} s for the job, {done['processor']:6.1f} s of processor"
            cost = f"{done['memory']:5.0f} MB, {calls.reads} reads, {calls.writes} writes"
            print(f"{name:<16} {took}, {cost}  {done['said']}", flush=True)
    return 0


def run(words: list[str]) -> dict[str, Any]:
    """One job in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--job", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def job(name: str, url: str, key: str, book: str) -> dict[str, Any]:
    """Do it, and say what it took."""
    began = time.perf_counter()
    said = JOBS[name](url, key, Path(book))
    took = time.perf_counter() - began
    return {"job": took, "processor": time.process_time(), "memory": most_memory(), "said": said}


def most_memory() -> float:
    """Megabytes that this process held at most. (`getrusage` would count the process that started it, too.)"""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def make_book(folder: Path, rows: int, key: str) -> Path:
    """A workbook of CAS entries, linked with the sheet."""
    import xlsxwriter

    from addin.workspace.tracker_files import heads, load_named

    tracker = load_named(["cas"], heads(folder))["cas"]
    columns = [column for column in tracker.columns.values() if not column.calculated]
    random, path = Random(1), folder / "School.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(tracker.sheet)
        sheet.write_row(0, 0, [*(column.header for column in columns), "IBT id"])
        for row in range(1, rows + 1):
            for place, column in enumerate(columns):
                if column.name in tracker.key:
                    sheet.write_string(row, place, f"E{row:06d}")
                elif column.type == "date":
                    sheet.write_datetime(row, place, date(2026, 1, 1) + timedelta(random.randrange(300)), day)
                elif column.type in ("number", "integer"):
                    sheet.write_number(row, place, random.randrange(30))
                else:
                    sheet.write_string(row, place, f"{column.header} {random.randrange(999)}")
    return path


def client(url: str, folder: Path) -> Any:
    """The careful client, led to the emulator."""
    os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = str(folder / BOT_KEY)
    from google.auth.transport.requests import AuthorizedSession

    from addin.google.client import CarefulClient
    from addin.google.keys import read_key
    from addin.google.sign_in import credentials
    from addin.google_emulator.adapter import mount

    session = AuthorizedSession(credentials(read_key(folder / BOT_KEY)))
    mount(session, url)
    return CarefulClient(session.credentials, session)


def link(url: str, key: str, book: Path) -> str:
    """Make the sheet, and write the settings."""
    from addin.actions.link import link

    link(str(book), f"gsheet:{key}", tracker="cas", client=client(url, book.parent))
    return ""


def sync(url: str, key: str, book: Path) -> str:
    """One sync, in words."""
    from addin.actions.messages import synced
    from addin.actions.sync.run import sync
    from addin.backends.gsheets import GoogleBook
    from addin.backends.open import open_book

    http = client(url, book.parent)
    done = sync(str(book), open_=lambda target: GoogleBook(http, key) if "gsheet" in target else open_book(target))
    return synced(done, dry_run=False)[0]


def values(url: str, key: str, book: Path) -> str:
    """The values of the sheet, downloaded and parsed."""
    http = client(url, book.parent)
    answer = http.request("get", f"https://sheets.googleapis.com/v4/spreadsheets/{key}/values/CAS").json()
    return f"{len(answer['values']):,} lines"


def edits(url: str, key: str, book: Path) -> str:
    """A teacher edits two hundred rows, then one sync."""
    http = client(url, book.parent)
    head = http.request("get", f"https://sheets.googleapis.com/v4/spreadsheets/{key}/values/CAS!1:1").json()["values"][
        0
    ]
    column = head.index("Title") + 1
    data = [{"range": f"CAS!R{row}C{column}", "values": [[f"edited {row}"]]} for row in range(10, 2010, 10)]
    body = {"valueInputOption": "RAW", "data": data}
    http.request("post", f"https://sheets.googleapis.com/v4/spreadsheets/{key}/values:batchUpdate", json=body)
    return sync(url, key, book)


JOBS = {
    "link": link,
    "first sync": sync,
    "values alone": values,
    "unchanged sync": sync,
    "unchanged again": sync,
    "edits": edits,
}


if __name__ == "__main__":
    raise SystemExit(main())
