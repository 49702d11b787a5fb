"""python scripts/bench/district.py FOLDER: a district of 1,000 schools, measured.

Makes the workbooks once (120 candidates, 1,000 CAS entries each, 2 % with a mistake, and 10 files that are no
workbooks), then, each in a process of its own: the command over 10, 100 and 1,000 of them, a second run, the roll-up, a
count by another reader, and a plain process pool beside the engine, turn by turn. Processor seconds are of all
processes of a job; a machine whose speed drifts does little harm to them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
TODAY = date(2026, 11, 29)
SCHOOLS, BROKEN = 1000, 10
RULES = {
    "candidate-exists-in": "unknown student",
    "kind-one-of": "unknown kind",
    "end-at-least": "end before start",
    "title-required": "no title",
    "last-name-required": "no last name",
}


def make(folder: Path, schools: int) -> None:
    """The workbooks that are missing; a school that was half made by a killed run is made again."""
    from district_schools import make_schools

    for number in range(schools):
        place = folder / f"s{number}"
        if not (place / "School.xlsx").exists():
            shutil.rmtree(place, ignore_errors=True)
            make_schools(folder, 1, candidates=120, cas=1000, first=number)
    for number in range(BROKEN):
        (folder / f"broken{number}.xlsx").write_bytes(b"this is no workbook")


def a_list(folder: Path, schools: int, out: Path) -> Path:
    """A CSV list of the first schools; of all, with the broken files."""
    path = out / f"list{schools}.csv"
    names = [f"s{number}/School.xlsx" for number in range(schools)]
    names += [f"broken{number}.xlsx" for number in range(BROKEN)] if schools >= SCHOOLS else []
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["workbook"], *([str(folder / name)] for name in names)])
    return path


def timed(job: str, *words: str) -> dict[str, float]:
    """Run one job of this script in a process of its own: seconds, processor seconds, largest process in MB."""
    answer = subprocess.run(
        [sys.executable, __file__, "--job", job, *words], stdout=subprocess.PIPE, check=True, text=True
    )
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def _usage() -> dict[str, float]:
    import resource

    of = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "processor": round(sum(one.ru_utime + one.ru_stime for one in of), 2),
        "driver": round(of[0].ru_utime + of[0].ru_stime, 2),
        "driver MB": round(of[0].ru_maxrss / 1024),
        "worker MB": round(of[1].ru_maxrss / 1024),
    }


def engine(source: str, out: str) -> dict[str, float]:
    from addin.district.run import district

    start = time.monotonic()
    done = district(source, Path(out), today=TODAY)
    return {
        "checked": done.checked,
        "unchanged": done.unchanged,
        "failed": done.failed,
        "seconds": round(time.monotonic() - start, 2),
        **_usage(),
    }


def pool(source: str, out: str) -> dict[str, float]:
    """The same work in a plain process pool: read, check, pickle back; nothing is written or remembered."""
    start, rows = time.monotonic(), 0
    with open(source, newline="", encoding="utf-8") as file:  # noqa: PTH123
        names = [line[0] for line in csv.reader(file)][1:]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for found in workers.map(_one, names):
            rows += len(found["findings"])
    return {"findings": rows, "seconds": round(time.monotonic() - start, 2), **_usage()}


def _one(name: str) -> dict[str, list[dict[str, object]]]:
    from addin.district.bundle import read_bundle
    from addin.district.school import check_here

    path = Path(name)
    return check_here(read_bundle(path, path.parent), TODAY, False)


def figures(source: str, out: str) -> dict[str, float]:
    from addin.district import rollup

    start = time.monotonic()
    tables = rollup.figures(Path(out), TODAY)
    first = time.monotonic() - start
    rollup.page(tables, TODAY)
    return {"figures": round(first, 2), "seconds": round(time.monotonic() - start, 2), **_usage()}


def counted(source: str, out: str) -> dict[str, float]:
    """The mistakes of each kind, counted by another reader (calamine) that knows none of our code."""
    import python_calamine

    found: Counter[str] = Counter(unreadable=0)
    with open(source, newline="", encoding="utf-8") as file:  # noqa: PTH123
        names = [line[0] for line in csv.reader(file)][1:]
    for name in names:
        try:
            book = python_calamine.load_workbook(name)
        except (python_calamine.CalamineError, OSError):
            found["unreadable"] += 1
            continue
        people, cas = (_rows(book.get_sheet_by_name(sheet)) for sheet in ("Candidates", "CAS"))
        codes = {row["Code"] for row in people}
        found["no last name"] += sum(not row["Last name"] for row in people)
        found["unknown student"] += sum(row["Candidate"] not in codes for row in cas)
        found["unknown kind"] += sum(row["Kind"] == "Sleep" for row in cas)
        found["end before start"] += sum(row["End"] < row["Start"] for row in cas)
        found["no title"] += sum(not row["Title"] for row in cas)
        found["rows"] += len(people) + len(cas)
    return dict(found)


def _rows(sheet: object) -> list[dict[str, object]]:
    lines = sheet.to_python()  # type: ignore[attr-defined]
    top = next(number for number, line in enumerate(lines) if line and line[0] in ("Code", "Entry"))
    rows = (dict(zip(lines[top], line, strict=False)) for line in lines[top + 1 :])
    return [row for row in rows if row.get("Code") or row.get("Entry")]


def ours(source: str, out: str) -> dict[str, float]:
    from addin.district import rollup

    _, rows = rollup.query(Path(out), "SELECT rule, count(*) FROM findings GROUP BY rule")
    found = {RULES.get(rule, rule): number for rule, number in rows}
    _, rows = rollup.query(Path(out), "SELECT sum(rows), count(*) FILTER (status <> 'ok') FROM schools")
    return found | {"rows": int(rows[0][0]), "unreadable": rows[0][1]}


JOBS = {"engine": engine, "pool": pool, "figures": figures, "counted": counted, "ours": ours}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", help="where the workbooks are, or are made")
    options.add_argument("--schools", type=int, default=SCHOOLS)
    options.add_argument("--rounds", type=int, default=3, help="of engine against pool")
    options.add_argument("--paired", type=int, default=60, help="workbooks of each such round")
    options.add_argument("--job", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.job:
        job, source, out = given.job
        print(json.dumps(JOBS[job](source, out)))
        return
    folder: Path = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    make(folder, given.schools)
    work = folder.with_name(folder.name + "-results")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    sizes = [size for size in (10, 100) if size < given.schools] + [given.schools]
    for size in sizes:
        source, out = str(a_list(folder, size, work)), str(work / f"out{size}")
        print(f"{size:>5} workbooks:", json.dumps(timed("engine", source, out)), flush=True)
    print("   second run:", json.dumps(timed("engine", source, out)), flush=True)
    for name in ("first roll-up", "next roll-up"):
        print(f"{name}:", json.dumps(timed("figures", source, out)), flush=True)
    same = timed("counted", source, out), timed("ours", source, out)
    print("counted by another reader:", json.dumps(same[0]), "ours:", json.dumps(same[1]))
    print("the same" if same[0] == same[1] else "DIFFERENT", flush=True)
    source = str(a_list(folder, min(given.paired, given.schools), work))
    ratios = []
    for round_ in range(given.rounds):
        theirs = timed("pool", source, "")
        mine = timed("engine", source, str(work / f"paired{round_}"))
        ratios.append(mine["processor"] / theirs["processor"])
        print(f"engine / pool: {ratios[-1]:.3f}", json.dumps(mine), json.dumps(theirs), flush=True)


if __name__ == "__main__":
    main()
