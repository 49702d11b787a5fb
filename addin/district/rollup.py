"""The roll-up: figures over all schools by SQL (DuckDB) on the dataset, as a page and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from addin.core.a1 import sheet_name
from addin.core.records import record
from addin.core.suppression import suppress
from addin.district.store import Rows, opened
from addin.errors import Problem
from addin.files import private_bytes

HISTORY = "history"
TABLES = ("schools", "findings", "progress", "counts")
OVERDUE = ("overdue", "late", "planned-after-deadline", "interview-overdue", "action-overdue", "evidence-overdue")
GROUPED = (("candidates", "category"), ("candidates", "gender"), ("registrations", "level"), ("awards", "result"))
"""What is compared between schools, small numbers suppressed."""


@record
class Figures:
    """A table of the roll-up: its title, the headers and the rows."""

    title: str
    headers: tuple[str, ...]
    rows: Rows
    note: str = ""


def query(out: Path, sql: str) -> tuple[list[str], Rows]:
    """Run one SELECT over the dataset's tables; headers and rows. Raises Problem."""
    import duckdb

    with opened(out) as db:
        db.execute("SET enable_external_access = false")  # --sql reads the dataset and nothing else
        db.execute("BEGIN READ ONLY")  # and changes nothing in it
        try:
            result = db.execute(sql)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise Problem(f"the query cannot be run: {error}", next=f"Tables: {', '.join(TABLES)}.") from None


def remember(out: Path, today: date) -> None:
    """Keep each school's totals of this day, for the trend."""
    _, rows = query(out, "SELECT id, school, errors, warnings FROM schools WHERE status = 'ok' ORDER BY id")
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("id", "school", "errors", "warnings"), *rows])
    private_bytes(out / HISTORY / f"{today.isoformat()}.csv", text.getvalue().encode())


def figures(out: Path, today: date, least: int = 5) -> list[Figures]:
    """Every table of the roll-up. Counts of people below `least` are hidden, and what would give them away."""
    with opened(out) as db:
        return [_schools(db, out, today), _failed(db), _overdue(db), _by_rule(db), *_groups(db, least)]


def _rows(db: Any, sql: str) -> Rows:
    rows: Rows = db.execute(sql).fetchall()
    return rows


def _schools(db: Any, out: Path, today: date) -> Figures:
    rows = _rows(
        db,
        "SELECT school, session, rows, errors, warnings, id FROM schools WHERE status = 'ok' "
        "ORDER BY errors DESC, warnings DESC, school",
    )
    before = _previous(out, today)
    shown = [(s, n, r, e, w, _trend(e, before.get(key))) for s, n, r, e, w, key in rows]
    headers = ("School", "Session", "Rows", "Errors", "Warnings", "Errors since the last run")
    return Figures("Schools", headers, shown, "Most errors first.")


def _previous(out: Path, today: date) -> dict[str, int]:
    import csv

    files = [path for path in sorted((out / HISTORY).glob("*.csv")) if path.stem < today.isoformat()]
    if not files:
        return {}
    with files[-1].open(encoding="utf-8", newline="") as file:
        return {row["id"]: int(row["errors"]) for row in csv.DictReader(file)}


def _trend(now: int, before: int | None) -> str:
    if before is None:
        return "new"
    return f"{now - before:+d}" if now != before else "0"


def _failed(db: Any) -> Figures:
    rows = _rows(db, "SELECT workbook, reason FROM schools WHERE status <> 'ok' ORDER BY workbook")
    return Figures("Workbooks that could not be checked", ("Workbook", "Why"), rows)


def _overdue(db: Any) -> Figures:
    names = ", ".join(f"'{name}'" for name in OVERDUE)
    rows = _counted(db, "school, tracker, rule", f"rule IN ({names})")
    return Figures("Overdue", ("School", "Tracker", "Kind", "Number"), rows)


def _by_rule(db: Any) -> Figures:
    rows = _counted(db, "tracker, rule, level", "level <> 'info'", ", count(DISTINCT id) AS schools")
    return Figures("Most frequent problems", ("Tracker", "Rule", "Level", "Number", "Schools"), rows[:40])


def _counted(db: Any, by: str, where: str, more: str = "") -> Rows:
    sql = f"SELECT {by}, count(*) AS n{more} FROM findings WHERE {where} GROUP BY {by} ORDER BY n DESC, {by}"
    return _rows(db, sql)


def _groups(db: Any, least: int) -> list[Figures]:
    found = []
    for tracker, by in GROUPED:
        where = f"tracker = '{tracker}' AND \"by\" = '{by}'"
        sql = f'SELECT school, "group", sum(count) FROM counts WHERE {where} GROUP BY ALL'
        cells = {(school, group): int(number) for school, group, number in _rows(db, sql)}
        if not cells:
            continue
        schools, groups = (sorted({key[place] for key in cells}) for place in (0, 1))
        hidden = suppress([[cells.get((school, group), 0) for group in groups] for school in schools], least)
        rows: Rows = [
            (school, *("*" if count is None else count for count in line))
            for school, line in zip(schools, hidden, strict=True)
        ]
        note = f"* hidden: fewer than {least}, or it would give a smaller number away."
        found.append(
            Figures(f"{tracker.capitalize()} by {by.replace('_', ' ')}", ("School", *map(str, groups)), rows, note)
        )
    return found


def page(tables: Sequence[Figures], today: date) -> bytes:
    """The roll-up as one HTML page."""
    from addin.reports.html import html
    from addin.reports.page import Grid, Page, Words, on

    blocks: list[Grid | Words] = []
    for one in tables:
        numbers = frozenset(i for i in range(len(one.headers)) if one.rows and isinstance(one.rows[0][i], int))
        if one.rows:
            widths = [3.0, *([1.0] * (len(one.headers) - 1))]
            blocks.append(Grid(one.title, one.headers, one.rows, widths, numbers, one.note))
        else:
            blocks.append(Words(one.title, ["None."]))
    return html(Page("IB programmes of the district", [f"As of {on(today)}."], blocks))


def workbook(tables: Sequence[Figures], path: Path) -> None:
    """The roll-up as a workbook, one sheet a table."""
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for one in tables:
            sheet = book.add_worksheet(sheet_name(one.title))
            sheet.write_row(0, 0, one.headers, bold)
            for number, row in enumerate(one.rows, 1):
                sheet.write_row(number, 0, row)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(1, len(one.rows)), len(one.headers) - 1)
            sheet.autofit()
    private_bytes(path, buffer.getvalue())
