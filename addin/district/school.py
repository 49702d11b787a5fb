"""One school's workbook checked: findings and figures as plain rows, without the names and values of students.

`check_bundle` never raises: a workbook that cannot be read, hangs or needs too much memory is one row that says so. It
runs in a process of its own with limits (limited.py), where the system has `fork`.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.core import target
from addin.core.ib.session import parse
from addin.core.records import frozen
from addin.core.tables.values import show
from addin.district.bundle import Bundle, identity
from addin.errors import Problem

if TYPE_CHECKING:
    from addin.district.limited import Limited

Row = dict[str, Any]
_THREAD = threading.local()
_PREPARING = threading.Lock()
TABLES = ("schools", "findings", "progress", "counts")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "candidates": ("category", "year_group", "gender"), "registrations": ("subject", "level", "status"),
    "awards": ("result", "points"), "results": ("subject", "grade"), "cas": ("status",), "pd": ("status", "category"),
    "inventory": ("state",), "destinations": ("decision",), "eur": ("state",),
}  # fmt: skip
"""What is counted: tracker and column."""


@frozen
class Limits:
    """Seconds and bytes that the check of one workbook may take."""

    seconds: float = 120
    memory: int = 1024**3


def check_bundles(
    bundles: Sequence[Bundle], today: date, with_people: bool = False, limits: Limits | None = None
) -> list[dict[str, list[Row]]]:
    """The rows of several schools, each as by `check_bundle`."""
    return [check_bundle(bundle, today, with_people, limits) for bundle in bundles]


def check_bundle(
    bundle: Bundle, today: date, with_people: bool = False, limits: Limits | None = None
) -> dict[str, list[Row]]:
    """The rows of one school for each of TABLES."""
    limits = limits or Limits()
    if not hasattr(os, "fork"):
        try:
            return check_here(bundle, today, with_people)
        except MemoryError:
            return failed(bundle, "needed more memory than there is.", today)
    from addin.district.limited import TooLongError, TooMuchError

    try:
        return _checker(limits.memory).do((bundle, today, with_people), limits.seconds)
    except TooLongError:
        return failed(bundle, f"took longer than {limits.seconds:g} seconds.", today)
    except TooMuchError:
        return failed(bundle, f"needed more than {limits.memory // 1024**2} MB of memory.", today)


def _checker(memory: int) -> Limited[tuple[Bundle, date, bool], dict[str, list[Row]]]:
    """This thread's process for checks. It is forked once what every check needs is loaded."""
    from addin.district.limited import Limited

    if getattr(_THREAD, "memory", None) != memory:
        with _PREPARING:
            _prepare()
        if hasattr(_THREAD, "checker"):
            _THREAD.checker.end()
        _THREAD.checker, _THREAD.memory = Limited(lambda job: check_here(*job), memory), memory
    checker: Limited[tuple[Bundle, date, bool], dict[str, list[Row]]] = _THREAD.checker
    return checker


@cache
def _prepare() -> None:
    """Load what every check needs, once for all the processes that are forked: a small workbook is checked."""
    import gc

    import addin.backends.xlsx
    import addin.district.shared
    import addin.workspace.languages
    import addin.workspace.state  # noqa: F401
    from addin.actions.validate import validate_open
    from addin.backends.memory import MemoryBook
    from addin.workspace.workbook import read

    book = MemoryBook({"Candidates": [["Code", "Last name", "First names", "Session"], ["000001", "A", "B", "M27"]]})
    validate_open(read(book, "School.xlsx", today=date(2026, 1, 1)), write=False)
    gc.collect()
    gc.freeze()  # so that no collection in a forked process copies this one's memory


def check_here(bundle: Bundle, today: date, with_people: bool) -> dict[str, list[Row]]:
    """As `check_bundle`, in this process and without limits."""
    if not bundle.files:
        return failed(bundle, "disappeared while the run was under way.", today)
    with tempfile.TemporaryDirectory(prefix="ib-district-") as folder:
        root = Path(folder)
        for name, data in bundle.files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        try:
            return _rows(bundle, str(root / bundle.files[0][0]), today, with_people)
        except Problem as problem:
            return failed(bundle, str(problem).replace(f"{folder}/", ""), today)
        except MemoryError:
            raise  # its process ends, and what else is done there is not held up
        except Exception as error:  # a workbook from anywhere must not end the night of all others
            return failed(bundle, f"{type(error).__name__}: this workbook could not be checked.", today)


def failed(bundle: Bundle, reason: str, today: date) -> dict[str, list[Row]]:
    """The rows of a workbook that could not be checked."""
    school = _name_of(bundle)
    row = _school_row(bundle, school, "", today) | {"status": "failed", "reason": reason}
    return {"schools": [row], "findings": [], "progress": [], "counts": []}


def _name_of(bundle: Bundle) -> str:
    """A school without a name in its settings is called as its file, folders included, or as its Google Sheet."""
    name = bundle.workbook
    return str(Path(name).with_suffix("").as_posix()) if target.is_file(name) else name


def _school_row(bundle: Bundle, school: str, session: str, today: date) -> Row:
    return {
        "school": school, "session": session, "workbook": bundle.workbook, "id": identity(bundle.workbook),
        "fingerprint": bundle.fingerprint, "checked": today, "status": "ok", "reason": "", "trackers": 0, "rows": 0,
        "errors": 0, "warnings": 0, "infos": 0,
    }  # fmt: skip


def _rows(bundle: Bundle, path: str, today: date, with_people: bool) -> dict[str, list[Row]]:
    from addin.actions.validate import validate_open

    with _opened(bundle, path, today) as workbook:
        result = validate_open(workbook, write=False)
        settings = workbook.settings
        name = str(settings.school.get("name") or settings.school.get("code") or _name_of(bundle))
        session = str(parse(str(settings.values.get("session") or "")) or "")
        row = _school_row(bundle, name, session, today)
        levels = Counter(finding.level for finding in result.findings)
        row |= {
            "trackers": len(workbook.tables),
            "rows": sum(result.rows.values()),
            "errors": levels["error"],
            "warnings": levels["warning"],
            "infos": levels["info"],
        }
        common = {"school": name, "session": session, "id": row["id"]}
        return {
            "schools": [row],
            "findings": [common | one for one in _findings(result.findings, with_people)],
            "progress": [common | one for one in _progress(result)],
            "counts": [common | one for one in _counts(workbook.tables)],
        }


@contextmanager
def _opened(bundle: Bundle, path: str, today: date) -> Iterator[Any]:
    """The workbook of a bundle: a file, or a Google Sheet that was read where the sign-in is."""
    from addin.district.shared import PART, PackedBook
    from addin.workspace.workbook import opened, read

    if bundle.files[0][0] == PART:
        yield read(PackedBook(bundle.files[0][1], Path(path).parent), bundle.workbook, today=today)
    else:
        with opened(path, today=today) as workbook:
            yield workbook


def _findings(findings: Any, with_people: bool) -> Iterator[Row]:
    for one in findings:
        row = {
            "tracker": one.tracker,
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "rule": one.rule,
            "level": one.level,
        }
        yield row | ({"value": one.value, "message": one.message} if with_people else {"value": "", "message": ""})


def _progress(result: Any) -> Iterator[Row]:
    for tracker, rows in result.rows.items():
        if rows:
            bad = {(f.sheet, f.row) for f in result.findings if f.tracker == tracker and f.level == "error"}
            yield {
                "tracker": tracker,
                "rows": rows,
                "errors": result.count("error", tracker),
                "warnings": result.count("warning", tracker),
                "rows_without_error": max(0, rows - len(bad)),
            }


def _counts(tables: Any) -> Iterator[Row]:
    for tracker, columns in GROUPS.items():
        table = tables.get(tracker)
        for column in columns if table else ():
            values = Counter(show(value) or "(blank)" for value in table.columns.get(column, ()))
            for group, number in sorted(values.items()):
                yield {"tracker": tracker, "by": column, "group": group, "count": number}
