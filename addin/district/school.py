"""One school's workbook checked: findings and figures as plain rows, without the names and values of students.

`check_bundle` never raises: a workbook that cannot be read, hangs or needs too much memory is one row that says so. It
runs in a process of its own with limits, where the system has `fork`.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from addin.core import target
from addin.core.ib.session import parse
from addin.core.records import frozen
from addin.core.tables.values import show
from addin.district.bundle import Bundle, identity
from addin.errors import Problem

Row = dict[str, Any]
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


def check_bundle(
    bundle: Bundle, today: date, with_people: bool = False, limits: Limits | None = None
) -> dict[str, list[Row]]:
    """The rows of one school for each of TABLES."""
    limits = limits or Limits()
    if not hasattr(os, "fork"):
        return _check(bundle, today, with_people)
    return _in_a_process(bundle, today, with_people, limits)


def _check(bundle: Bundle, today: date, with_people: bool) -> dict[str, list[Row]]:
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
        except Exception as error:  # a workbook from anywhere must not end the night of all others
            return failed(bundle, f"{type(error).__name__}: this workbook could not be checked.", today)


def _in_a_process(bundle: Bundle, today: date, with_people: bool, limits: Limits) -> dict[str, list[Row]]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child
        os.close(reading)
        _limit(limits)
        try:
            data = pickle.dumps(_check(bundle, today, with_people))
        except MemoryError:
            data = b""
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
        os._exit(0)
    os.close(writing)
    answer = _read_all(reading, child, limits.seconds)
    os.waitpid(child, 0)
    if answer is None:
        return failed(bundle, f"took longer than {limits.seconds:g} seconds.", today)
    if not answer:
        return failed(bundle, f"needed more than {limits.memory // 1024**2} MB of memory.", today)
    rows: dict[str, list[Row]] = pickle.loads(answer)  # written by our own child
    return rows


def _limit(limits: Limits) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_used() + limits.memory, -1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _used() -> int:
    """Bytes of address space that the process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 2 * 1024**3


def _read_all(pipe: int, child: int, seconds: float) -> bytes | None:
    """Everything the child writes; None where it takes too long, and it is ended then."""
    import time

    end = time.monotonic() + seconds
    parts: list[bytes] = []
    with os.fdopen(pipe, "rb") as stream:
        while True:
            left = end - time.monotonic()
            if left <= 0 or not select.select([stream], [], [], left)[0]:
                os.kill(child, signal.SIGKILL)
                return None
            part = os.read(stream.fileno(), 1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)


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
        row |= {"trackers": len(workbook.tables), "rows": sum(result.rows.values()), "errors": levels["error"],
                "warnings": levels["warning"], "infos": levels["info"]}  # fmt: skip
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
            "tracker": one.tracker, "sheet": one.sheet, "row": one.row, "column": one.column, "rule": one.rule,
            "level": one.level,
        }  # fmt: skip
        yield row | ({"value": one.value, "message": one.message} if with_people else {"value": "", "message": ""})


def _progress(result: Any) -> Iterator[Row]:
    for tracker, rows in result.rows.items():
        if rows:
            bad = {(f.sheet, f.row) for f in result.findings if f.tracker == tracker and f.level == "error"}
            yield {
                "tracker": tracker, "rows": rows, "errors": result.count("error", tracker),
                "warnings": result.count("warning", tracker), "rows_without_error": max(0, rows - len(bad)),
            }  # fmt: skip


def _counts(tables: Any) -> Iterator[Row]:
    for tracker, columns in GROUPS.items():
        table = tables.get(tracker)
        for column in columns if table else ():
            values = Counter(show(value) or "(blank)" for value in table.columns.get(column, ()))
            for group, number in sorted(values.items()):
                yield {"tracker": tracker, "by": column, "group": group, "count": number}
