"""Run every verb of an installed ib-trackers as a person does, and check what comes out of each.

    python scripts/every_verb.py PROGRAM [--pyodide FOLDER]          PROGRAM: such as env/bin/ib-trackers

The verbs run one after the other in a temporary folder, with a home of their own, on the sample school; what they
write is read by others: openpyxl, pandas, SQLite, the standard library. Google is the program's own emulator, over
HTTP. `web` takes Pyodide from the folder, else from npm. Ends with 1 where something is wrong, or where a verb that
--help lists, or a step of one, was not run.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from zipfile import ZipFile

import every_verb_google
from verb_walk import Walk

ROOT = Path(__file__).resolve().parent.parent
NPM_PYODIDE = ROOT / "tests" / "web" / "node_modules" / "pyodide"
BOOK = "School.xlsx"
ADA = (
    'register School.xlsx --code 000901 --last-name Okafor --first-names "Ada Mary" --birth-date 2009-03-15 --adviser '
    '"R. Calloway" --subject "Biology HL" --subject "Physics HL" --subject "Mathematics: Analysis and Approaches HL" '
    '--subject "English A: Literature SL" --subject "French B SL" --subject "Geography SL" --essay Biology'
)


def main() -> int:
    """Walk, and say what was wrong; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("program", type=Path, help="the installed command")
    parser.add_argument("--pyodide", type=Path, help="the npm package pyodide, as a folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        runs, problems = walked(arguments.program.absolute(), Path(place), arguments.pyodide)
    print(f"{runs} runs of the verbs, {len(problems)} problems")
    print("".join(f"  {one}\n" for one in problems), end="")
    return 1 if problems else 0


def walked(program: Path, place: Path, pyodide: Path | None = None) -> tuple[int, list[str]]:
    """How many runs there were, and what was wrong."""
    walk = Walk(program, place, pyodide or (NPM_PYODIDE if NPM_PYODIDE.is_dir() else None))
    for step in STEPS:
        try:
            step(walk)
        except Exception as error:  # what came out is so wrong that it cannot be looked at
            walk.check(False, f"{step.__name__} broke off: {error!r}")
    walk.problems += [f"{one}: was not run" for one in walk.unvisited()]
    return len(walk.runs), walk.problems


def new(walk: Walk) -> None:
    walk.run("--version", 0, r"^ib-trackers \d+\.\d+")
    walk.run(f"new {BOOK} --sample", 0, "^Made School.xlsx with Candidates")
    walk.check(len(walk.rows(BOOK, "Candidates", "Code")) > 100, "has few candidates")
    walk.run("new Macros.xlsm --session M27", 0, "^Made Macros.xlsm")
    walk.check("xl/vbaProject.bin" in ZipFile(walk.folder / "Macros.xlsm").namelist(), "has no macros")
    walk.check("Home" in walk.sheets("Macros.xlsm"), "has no Home")


def validate(walk: Walk) -> None:
    """Each mistake that the sample's own list names is found, and is on the sheet Findings."""
    walk.run(f"validate {BOOK} --json found.json", 1, "^Marked in School.xlsx")
    found = json.loads(walk.text("found.json"))
    planted = list(csv.DictReader(io.StringIO(walk.text("School planted mistakes.csv"))))
    seen = {(one["sheet"], str(one["row"]), one["rule"]) for one in found}
    lost = [row for row in planted if (row["Sheet"], row["Row"], row["Rule"]) not in seen]
    walk.check(len(planted) > 100 and not lost, f"does not find {lost[:3]} of {len(planted)}")
    walk.check(len(walk.rows(BOOK, "Findings", "Level")) == len(found), "Findings has not each of them")


def fix(walk: Walk) -> None:
    before = walk.bytes(BOOK)
    walk.run(f"fix {BOOK} --yes", 0, r"^Fixed \d+ cells")
    walk.check(walk.bytes(BOOK) != before and bool(walk.sheets(BOOK)), "changed nothing")
    walk.run(f"history {BOOK}", 0, "· fix ·")
    walk.run(f"undo {BOOK}", 0, "exactly as before")
    walk.check(walk.bytes(BOOK) == before, "is another workbook than before")


def export(walk: Walk) -> None:
    """Every row and every zero of a code, in each format."""
    codes = [str(row["Code"]) for row in walk.rows(BOOK, "Candidates", "Code")]
    walk.run(f"export {BOOK} --to csv --out csv", 1, "Note: .* formulas not calculated yet")
    listed = list(csv.DictReader(io.StringIO(walk.text("csv/candidates.csv"))))
    walk.check([row["Code"] for row in listed] == codes, "candidates.csv has other codes")
    walk.run(f"export {BOOK} --to xlsx --out clean.xlsx", 1, "clean.xlsx$")
    walk.check([row["Code"] for row in walk.rows("clean.xlsx", "Candidates", "Code")] == codes, "other codes")
    walk.run(f"export {BOOK} --to json --out all.json", 1, "all.json$")
    walk.check([row["Code"] for row in json.loads(walk.text("all.json"))["candidates"]] == codes, "other codes")
    walk.run(f"export {BOOK} --to ics --out ics", 1, "calendar.ics$")
    walk.text("ics/calendar.ics", "BEGIN:VEVENT", "END:VCALENDAR")
    walk.run(f"export {BOOK} --redact --out redacted.xlsx", 0, "pseudonyms")
    hidden = {cell for lines in walk.sheets("redacted.xlsx").values() for line in lines for cell in line}
    walk.check(bool(hidden) and not hidden & set(codes), "redacted.xlsx has codes of students")


def typed_exports(walk: Walk) -> None:
    codes = [str(row["Code"]) for row in walk.rows(BOOK, "Candidates", "Code")]
    walk.run(f"export {BOOK} --to sqlite --out all.sqlite", 1, "all.sqlite$")
    with sqlite3.connect(walk.folder / "all.sqlite") as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        walk.check("candidates" in tables, f"has {tables}")
        walk.check([one for (one,) in base.execute('SELECT "Code" FROM candidates')] == codes, "other codes")
    base.close()
    walk.run(f"export {BOOK} --to parquet --out parquet", 1, "candidates.parquet$")
    # One thread: pandas 2 with Arrow's threads now and then aborts as Python ends (apache/arrow issue 39162).
    read = "import pandas; print(*pandas.read_parquet('parquet/candidates.parquet', use_threads=False)['Code'])"
    walk.check(walk.own_python(read).split() == codes, "pandas reads other codes")
    frame = "import addin; b = addin.open('School.xlsx'); print(*b['candidates'].to_pandas()['code'])"
    walk.check(walk.own_python(frame).split() == codes, "addin.open gives other codes")


def compare_and_import(walk: Walk) -> None:
    """One cell of a colleague's list differs; it is listed, taken over, and taken back."""
    before = walk.bytes(BOOK)
    old = walk.rows(BOOK, "Candidates", "Code")[3]
    changed = walk.text("csv/candidates.csv").replace(f"{old['Code']},{old['Last name']},", f"{old['Code']},Ó Sé,", 1)
    (walk.folder / "list.csv").write_text(changed, "utf-8")
    walk.run(f"compare {BOOK} --with list.csv --out differences.csv --dry-run", 1, "^1 difference")
    walk.text("differences.csv", f"{old['Code']},Last name,{old['Last name']},Ó Sé,differs")
    walk.run(f"import list.csv --into {BOOK} --yes", 0, r"1 changed \(1 cell\), 0 new")
    walk.check(walk.rows(BOOK, "Candidates", "Code")[3] == {**old, "Last name": "Ó Sé"}, "the cell is not changed")
    walk.run(f"undo {BOOK}", 0, "exactly as before")
    walk.check(walk.bytes(BOOK) == before, "is another workbook than before")


def adopt(walk: Walk) -> None:
    """A list of one's own, with a title and dates as text."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    lines = [["Riverside, class 12A"], ["Code", "Surname", "First names", "Session", "Category", "Date of birth"]]
    lines += [
        ["000902", "Okafor", "Ada", "M27", "D", "15 March 2009"],
        ["000903", "Ito", "Ken", "M27", "D", "1 April 2009"],
    ]
    for line in lines:
        sheet.append(line)
    book.save(walk.folder / "mine.xlsx")
    walk.run("adopt mine.xlsx --yes", 0, "Candidates, headers in row 2")
    walk.check(len(walk.rows("mine.xlsx", "Sheet", "Surname")) == 2, "lost a row")
    walk.run("validate mine.xlsx --json mine.json", 0, "^Candidates: 2 rows, no errors")
    found = {one["rule"] for one in json.loads(walk.text("mine.json"))}
    walk.check(found == {"birth_date-format"} or len(found) == 1, f"finds {found} in two dates as text")


def report(walk: Walk) -> None:
    walk.run(f"report {BOOK} --out report.pdf", 0, "^Made report.pdf")
    walk.bytes("report.pdf", b"%PDF-", b"%%EOF")
    walk.run(f"report {BOOK} --out report.html", 0, "^Made report.html")
    walk.text("report.html", "Riverside International School", "</html>")
    walk.run(f"report {BOOK} --pack candidates --out pack", 0, "^Made")
    walk.text("pack/index.html", "</html>")


def remind(walk: Walk) -> None:
    walk.run(f"remind {BOOK}", 0, "^The drafts are in ")
    drafts = list((walk.folder / "reminders").glob("*.eml"))
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in drafts]
    good = [mail for mail in mails if "@" in mail["To"] and mail["Subject"] and mail.get_body() is not None]
    walk.check(len(mails) > 10 and len(good) == len(mails), f"{len(good)} of {len(mails)} drafts are complete")


def rollover(walk: Walk) -> None:
    before = walk.bytes(BOOK)
    walk.run(f"rollover {BOOK}", 0, "M28.xlsx for M28")
    old, next_, archive = (
        {row["Code"] for row in walk.rows(name, "Candidates", "Code")}
        for name in (BOOK, "School M28/School M28.xlsx", "School M28/School archive M27.xlsx")
    )
    walk.check(bool(archive) and old == next_ | archive, "a candidate is in neither workbook")
    walk.check(walk.bytes(BOOK) == before, "changed the old workbook")


def handover(walk: Walk) -> None:
    walk.run(f"handover {BOOK} --out all.zip", 0, "^Made .*all.zip with")
    with ZipFile(walk.folder / "all.zip") as archive:
        open_ = [one.filename for one in archive.infolist() if not one.flag_bits & 1]
        walk.check(BOOK in archive.namelist() and not open_, f"has {archive.namelist()}, {open_} without a password")
    walk.run("handover all.zip --to taken", 0, "^Taken up: ")
    walk.check(walk.bytes(f"taken/{BOOK}") == walk.bytes(BOOK), "is another workbook")
    walk.text("taken/What you need to know.html", "Contains personal data", "<h1>")


def register(walk: Walk) -> None:
    """A candidate with subjects; then an earlier copy of the sheet, and that taken back."""
    walk.run(ADA, 0, r"^Registered Ada Mary Okafor \(000901\), M27, category D")
    walk.check(walk.rows(BOOK, "Candidates", "Code")[-1]["Last name"] == "Okafor", "is not on Candidates")
    taken = [row["Subject"] for row in walk.rows(BOOK, "Registrations", "Candidate") if row["Candidate"] == "000901"]
    walk.check(len(taken) == 8 and "Geography" in taken, f"has the subjects {taken}")
    after = walk.bytes(BOOK)
    walk.run(f"restore {BOOK}", 0, "before register")
    walk.run(f"restore {BOOK} 1 --sheet Candidates", 0, "^Brought back ")
    walk.check(walk.rows(BOOK, "Candidates", "Code")[-1]["Code"] != "000901", "is still on Candidates")
    walk.run(f"undo {BOOK}", 0, "taken back")
    walk.check(walk.bytes(BOOK) == after, "is another workbook than before")


def stock(walk: Walk) -> None:
    """Lend something, take it back, count it."""

    def item() -> dict[str, object]:
        return next(row for row in walk.rows(BOOK, "Inventory", "Asset") if row["Asset"] == asset)

    items = [row for row in walk.rows(BOOK, "Inventory", "Asset") if row["State"] == "In use" and row["Quantity"] == 1]
    asset = next(row["Asset"] for row in items if not row["Lent to"])
    walk.run(f"stock {BOOK} --lend {asset} --to 000901", 0, "Okafor|000901")
    walk.check(item()["Lent to"] == "000901" and not item()["Returned on"], f"it is {item()}")
    walk.run(f"stock {BOOK} --return {asset}", 0, asset)
    walk.check(bool(item()["Returned on"]), f"it is {item()}")
    walk.run(f"stock {BOOK} --count {asset}", 0, asset)
    walk.check(bool(item()["Counted on"]), f"it is {item()}")


def privacy(walk: Walk) -> None:
    """What is held on a student, erased, taken back, erased for good."""
    walk.run(f"privacy held {BOOK} 000901 --out held.html", 0, "^Made held.html: 10 rows about 000901")
    walk.text("held.html", "Okafor", "Ada Mary", "Geography", "</html>")
    walk.run(f"privacy due {BOOK}", 0, "^No period is set")
    walk.run(f"privacy log {BOOK} --person 000901 --out log.csv", 0, "^Wrote ")
    walk.text("log.csv", "held.html")
    before = walk.bytes(BOOK)
    walk.run(f"privacy erase {BOOK} 000901", 0, "^Erased 000901")
    _gone(walk, "000901", "Okafor")
    walk.run(f"undo {BOOK}", 0, "taken back")
    walk.check(walk.bytes(BOOK) == before, "is another workbook than before")
    word = walk.run(f"privacy erase {BOOK} 000901", 0, "--confirm E-").partition("--confirm ")[2].split()[0]
    walk.run(f"privacy erase {BOOK} --confirm {word}", 0)
    _gone(walk, "000901", "Okafor")
    kept = b"".join(path.read_bytes() for path in (walk.folder / ".ib-trackers").rglob("School*.xlsx"))
    walk.check(not kept, "kept a copy of the workbook")


def _gone(walk: Walk, *words: str) -> None:
    """No cell of the workbook holds one of these."""
    cells = {str(cell) for lines in walk.sheets(BOOK).values() for line in lines for cell in line}
    held = [cell for cell in cells if any(word in cell for word in words)]
    walk.check(not held, f"still holds {held[:3]}")


def district(walk: Walk) -> None:
    """Two schools, on the engine that comes with it; and a question over what they have."""
    for name, source in (("north", BOOK), ("south", "clean.xlsx")):
        (walk.folder / "schools" / name).mkdir(parents=True)
        shutil.copy(walk.folder / source, walk.folder / "schools" / name / BOOK)
    walk.run("district schools --out results", 0, "^2 workbooks: 2 checked, 0 unchanged, 0 failed")
    walk.text("results/rollup.html", "</html>")
    walk.check(bool(walk.sheets("results/rollup.xlsx")), "has no rollup.xlsx")
    walk.run("district schools --out results", 0, "^2 workbooks: 0 checked, 2 unchanged, 0 failed")
    query = "SELECT count(*) AS schools, min(rows) > 6000 AS large FROM schools"
    walk.run(f'district schools --out results --sql "{query}"', 0, "^2,True")


def web(walk: Walk) -> None:
    """The page as a folder, and served: each of its files as it is listed."""
    pyodide = f" --pyodide '{walk.pyodide}'" if walk.pyodide else ""
    walk.run(f"web page{pyodide}", 0, "^Made page ")
    files = json.loads(walk.text("page/files.json"))["files"]
    wrong = [name for name, size in files.items() if len(walk.bytes(f"page/{name}")) != size]
    walk.check(len(files) > 20 and not wrong, f"has not {wrong[:3]} of {len(files)} files")
    with walk.running(f"web --serve{pyodide}", r"Open (http://127.0.0.1:\d+/)") as ready:
        address = ready[1] if ready else ""
        with urlopen(address, timeout=60) as answer:
            page = answer.read().decode()
            walk.check("default-src 'none'" in answer.headers["Content-Security-Policy"], "lets the page ask elsewhere")
        walk.check("</html>" in page, "serves no page")
        for name in (one for one in files if one.endswith((".whl", ".js"))):
            with urlopen(address + name, timeout=60) as answer:
                walk.check(len(answer.read()) == files[name], f"does not serve {name}")
        try:
            urlopen(f"{address}../found.json", timeout=60).close()
            walk.check(False, "serves what is beside the page")
        except HTTPError as error:
            error.close()


def excel(walk: Walk) -> None:
    walk.run("excel install", 0, r"excel\.conf")
    conf = next(walk.home.rglob("excel.conf"))
    walk.check(str(walk.program.parent) in conf.read_text("utf-8"), "names another Python")
    walk.run("excel doctor", 2, r"^ok .*Started as a button starts it")
    walk.run("excel uninstall", 0, "^removed ")
    walk.check(not conf.exists(), "left its settings")
    walk.run("excel lite scripts", 0, "^Wrote scripts/main.py")
    compile(walk.text("scripts/main.py", "@script"), "main.py", "exec")
    walk.text("scripts/requirements.txt", "ib-trackers")


def schedule(walk: Walk) -> None:
    """With a crontab that is a file."""
    table = walk.home / "crontab.txt"
    table.write_text("0 1 * * * own\n")
    walk.run(f"schedule show {BOOK} --scheduler cron", 0, "^Nothing is scheduled yet")
    walk.run(f"schedule install {BOOK} --scheduler cron --tasks validate --at 03:05", 0, "^validate runs")
    lines = table.read_text().splitlines()
    walk.check(lines[0] == "0 1 * * * own" and lines[1].startswith("5 3 * * * "), f"the crontab is {lines}")
    walk.check(str(walk.program.parent) in lines[1], "starts another Python")
    walk.run(f"schedule show {BOOK} --scheduler cron", 0, "^Scheduled: .*03:05")
    walk.run(f"schedule run validate {BOOK}", 1, "for you to look at")
    walk.text(".ib-trackers/log/needs-a-person.txt", "errors: see the sheet Findings")
    walk.run(f"schedule remove {BOOK} --scheduler cron", 0, "^Removed: ")
    walk.check(table.read_text() == "0 1 * * * own\n", f"the crontab is {table.read_text()!r}")


def words(walk: Walk) -> None:
    walk.run("trackers", 0, "^cas +One line for each CAS experience")
    walk.run("trackers cas", 0, "^Unique key: Entry")
    for shell in ("bash", "zsh", "fish"):
        walk.run(f"completion {shell}", 0, "privacy.*held")


def demo(walk: Walk) -> None:
    walk.run("demo demo", 0, "^   A sync once more changes nothing: both sides are alike")
    walk.check(len(walk.rows("demo/School.xlsx", "CAS", "Entry")) > 4000, "has few CAS entries")


STEPS: tuple[Callable[[Walk], None], ...] = (
    new, validate, fix, export, typed_exports, compare_and_import, adopt, report, remind, rollover, handover, register,
    stock, every_verb_google.walk, privacy, district, web, excel, schedule, words, demo,
)  # fmt: skip
"""What is done, one after the other."""


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
