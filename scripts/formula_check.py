"""python scripts/formula_check.py [--candidates 50 1500] [--programme dp …]: live summaries against Python's numbers.

Builds the sample school of each programme, with as many candidates as asked for (repeated under new codes), lets
LibreOffice work out every formula again, and compares each line of each view, and the numbers on Home.
Exit 1 if one differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import recalculated as office  # noqa: E402

from addin.actions.new import choose  # noqa: E402
from addin.backends.xlsx import XlsxBook  # noqa: E402
from addin.core.book import Value  # noqa: E402
from addin.core.settings import Settings  # noqa: E402
from addin.core.trackers import Tracker  # noqa: E402
from addin.demo.sample import school_of  # noqa: E402
from addin.templates import build  # noqa: E402
from addin.templates.plan import plan  # noqa: E402
from addin.workspace.settings import load_lists  # noqa: E402
from addin.workspace.tracker_files import heads  # noqa: E402

PEOPLE = {
    "dp": ("candidates", "code"),
    "cp": ("candidates", "code"),
    "myp": ("myp", "student"),
    "pyp": ("pyp", "student"),
}
"""The tracker with the students of a programme, and the column with their codes."""
Rows = dict[str, list[dict[str, Value]]]


def of_size(rows: Mapping[str, Sequence[Mapping[str, Value]]], programme: str, wanted: int) -> Rows:
    """The school's rows with so many students: some of them, or all of them again under other codes."""
    students, key = PEOPLE[programme]
    codes = list(dict.fromkeys(row[key] for row in rows[students]))
    found: Rows = {name: [] for name in rows}
    for number in range(-(-wanted // len(codes))):
        kept = set(codes[: wanted - number * len(codes)])
        new = {code: f"{code}{'' if not number else f'-{number}'}" for code in kept}
        for name, held in rows.items():
            column = key if name == students else "candidate"
            for row in held:
                if column not in row or not (name == students or row[column] in codes):
                    found[name] += [dict(row)] if number == 0 else []
                elif row[column] in kept:
                    found[name].append({**row, column: new[row[column]]})
    return found


def compare(before: Path, after: Path, sheets: Mapping[str, int]) -> tuple[int, list[str]]:
    """How many numbers there are, and where the formulas come to something else than Python."""
    count, wrong = 0, []
    for sheet, columns in sheets.items():
        stored, live = (XlsxBook.open(path).read([sheet])[sheet] for path in (before, after))
        for row in range(1, max(len(stored.values), len(live.values)) + 1):
            for column in range(1, columns + 1):
                one, other = plain(stored.value(row, column)), plain(live.value(row, column))
                count += isinstance(other, float)
                # Words are shown as they were typed; Python may know what they mean.
                if one != other and not (isinstance(one, str) and isinstance(other, str)):
                    wrong.append(f"{sheet} {row},{column}: Python {one!r}, formula {other!r}")
    return count, wrong


def plain(value: Any) -> Any:
    value = None if value == "" else value
    if isinstance(value, date):
        return float((date(value.year, value.month, value.day) - date(1899, 12, 30)).days)
    return round(float(value), 6) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def check(programme: str, wanted: int, folder: Path) -> tuple[int, list[str], float]:
    settings = Settings({"session": "M27", "programme": programme}, load_lists(), date.today(), {"name": "Riverside"})
    trackers: Mapping[str, Tracker] = choose(heads(), programme, ())
    rows = of_size(school_of(settings, trackers).rows, programme, wanted)
    book = folder / f"{programme}-{wanted}.xlsx"
    build(book, trackers, settings, rows)
    start = time.monotonic()
    office.TIME = 3600
    [after] = office.recalculated([book], folder / f"{programme}-{wanted}")
    seconds = time.monotonic() - start
    planned = plan(trackers, settings, rows)
    wide = {
        planned.views[name, view.name]: 1 + len(view.show) + len(view.columns)
        for name, tracker in planned.trackers.items()
        for view in tracker.views
        if (name, view.name) in planned.views
    }
    count, wrong = compare(book, after, {"Home": 12, **wide})
    return count, wrong, seconds


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--candidates", type=int, nargs="+", default=[50, 1500])
    options.add_argument("--programme", nargs="+", default=list(PEOPLE))
    given = options.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        for wanted in given.candidates:
            for programme in given.programme:
                count, wrong, seconds = check(programme, wanted, Path(name))
                failed += len(wrong)
                print(
                    f"{programme}, {wanted} students: {count} numbers, {len(wrong)} differ, {seconds:.0f} s", flush=True
                )
                for line in wrong[:10]:
                    print(f"  {line}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
