"""All parts of the dataset together in one DuckDB file, for questions over every school at once.

`OUT/rollup.duckdb` is made from the Parquet parts, which stay the truth: before each question the parts are compared
with what the file holds (names, sizes and times of `schools`), and only those that have changed are read. Parts without
their file in `schools`, left by a killed run, do not count. A file that cannot be used is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Any

from addin.district.dataset import COLUMNS, PARTITIONED, part
from addin.errors import Busy, DiskFull, FileProblem, ServiceProblem

FILE = "rollup.duckdb"
_TYPES = {"string": "VARCHAR", "int32": "INTEGER", "date32": "DATE"}
Rows = list[tuple[Any, ...]]
NEEDED = 10_000_000
"""Bytes that a roll-up takes at the least; with fewer a write that failed is put down to the full disk."""
MOST = 500
"""Parts that one statement reads."""


@contextmanager
def opened(out: Path) -> Iterator[Any]:
    """A connection in which `schools`, `findings`, `progress` and `counts` hold what the parts hold now."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise ServiceProblem("the roll-up is not installed.", next="Run: pip install 'ib-trackers[district]'") from None
    path = out / FILE
    try:
        db = _updated(out, path)
    except duckdb.Error as error:  # another version's, or damaged
        if "lock" in str(error).casefold():
            raise Busy("Another roll-up of these results is at work.", next="Try again when it is done.") from None
        _remove(path)
        try:
            db = _updated(out, path)
        except duckdb.Error as again:
            _remove(path)
            raise _not_written(path, again) from None
    try:
        yield db
    finally:
        db.close()


def _remove(path: Path) -> None:
    for name in (path.name, path.name + ".wal"):
        path.with_name(name).unlink(missing_ok=True)


def _not_written(path: Path, error: Exception) -> FileProblem:
    if "space" in str(error) or disk_usage(path.parent).free < NEEDED:
        return DiskFull("could not be written: the disk is full.", where=str(path), next="Make room, then run again.")
    return FileProblem(f"could not be written ({type(error).__name__}).", where=str(path), next="Name a new folder.")


def _updated(out: Path, path: Path) -> Any:
    import duckdb

    db = duckdb.connect(str(path))
    try:
        path.chmod(0o600)
        db.execute("BEGIN")
        db.execute("CREATE TABLE IF NOT EXISTS parts (id VARCHAR PRIMARY KEY, stamp VARCHAR)")
        for table, columns in COLUMNS.items():
            listed = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in columns.items())
            db.execute(f"CREATE TABLE IF NOT EXISTS {table} ({listed})")
        _take_over(db, out)
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def _take_over(db: Any, out: Path) -> None:
    """Read the parts that are new or changed, and forget those that are gone."""
    held = dict(db.execute("SELECT id, stamp FROM parts").fetchall())
    there = {path.stem: _stamp(path) for path in (out / "schools").glob("*.parquet")}
    gone = [key for key, stamp in held.items() if there.get(key) != stamp]
    new = sorted(key for key, stamp in there.items() if held.get(key) != stamp)
    if gone:
        for table in (*COLUMNS, "parts"):
            db.execute(f"DELETE FROM {table} WHERE id IN (SELECT unnest(?))", [gone])
    for start in range(0, len(new), MOST):
        _read(db, out, new[start : start + MOST])
    db.executemany("INSERT INTO parts VALUES (?, ?)", [(key, there[key]) for key in new]) if new else None


def _read(db: Any, out: Path, keys: Sequence[str]) -> None:
    _insert(db, "schools", [str(out / "schools" / f"{key}.parquet") for key in keys])
    rows = db.execute("SELECT id, school, session FROM schools WHERE id IN (SELECT unnest(?))", [list(keys)]).fetchall()
    for table in PARTITIONED:
        paths = (part(out, table, {"id": key, "school": school, "session": session}) for key, school, session in rows)
        _insert(db, table, [str(path) for path in paths if path.exists()])


def _insert(db: Any, table: str, files: list[str]) -> None:
    if files:
        names = ", ".join(f'"{name}"' for name in COLUMNS[table])
        reading = f"SELECT {names} FROM read_parquet(?, hive_partitioning = false)"
        db.execute(f"INSERT INTO {table} {reading} ORDER BY ALL", [files])


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ino}"
