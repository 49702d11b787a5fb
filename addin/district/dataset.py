"""The dataset: Parquet, partitioned by school and session; one file for each workbook and table, each written whole.

    OUT/schools/<id>.parquet                                   what was checked, when, from which bytes; written last
    OUT/findings/school=…/session=…/<id>.parquet               and likewise progress and counts

The file in `schools` is the mark that a workbook's results are complete: after a killed run everything without it is
done again, and nothing counts twice. The same rows give the same bytes, whatever engine made them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from addin.errors import Problem, file_problem
from addin.files import private_bytes

if TYPE_CHECKING:
    import pyarrow

VERSION = 1
"""Of the schema; a dataset of another version is made again."""
MARK = "schema-version"
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "schools": {
        "school": "string", "session": "string", "workbook": "string", "id": "string", "fingerprint": "string",
        "checked": "date32", "status": "string", "reason": "string", "trackers": "int32", "rows": "int32",
        "errors": "int32", "warnings": "int32", "infos": "int32",
    },
    "findings": {
        "school": "string", "session": "string", "id": "string", "tracker": "string", "sheet": "string", "row": "int32",
        "column": "string", "rule": "string", "level": "string", "value": "string", "message": "string",
    },
    "progress": {
        "school": "string", "session": "string", "id": "string", "tracker": "string", "rows": "int32",
        "errors": "int32", "warnings": "int32", "rows_without_error": "int32",
    },
    "counts": {
        "school": "string", "session": "string", "id": "string", "tracker": "string", "by": "string",
        "group": "string", "count": "int32",
    },
}  # fmt: skip
EPOCH = date(1970, 1, 1)
PARTITIONED = ("findings", "progress", "counts")


def open_dataset(out: Path) -> None:
    """Make the folder, or see that it is a dataset of ours. Raises Problem."""
    mark = out / MARK
    if out.exists() and not (out.is_dir() and (mark.is_file() or not any(out.iterdir()))):
        raise Problem("is a folder with other files.", where=str(out), next="Name an empty folder, or a new one.")
    if mark.exists() and mark.read_bytes().strip() != str(VERSION).encode():
        raise Problem("was written by another version.", where=str(out), next="Name a new folder.")
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not mark.exists():
            private_bytes(mark, f"{VERSION}\n".encode())
    except OSError as error:
        raise file_problem(error, out) from None
    for left in out.rglob("*.tmp"):  # of a run that was killed
        left.unlink(missing_ok=True)


def known(out: Path) -> dict[str, dict[str, Any]]:
    """The rows of `schools` by id."""
    import pyarrow.parquet as parquet

    found: dict[str, dict[str, Any]] = {}
    for path in sorted((out / "schools").glob("*.parquet")):
        try:
            with parquet.ParquetFile(path) as file:
                found |= {row["id"]: row for row in file.read(list(COLUMNS["schools"])).to_pylist()}
        except (OSError, ValueError, LookupError, TypeError, NotImplementedError):
            path.unlink(missing_ok=True)  # damaged: its workbook is checked again
    return found


def write(out: Path, key: str, rows: Mapping[str, list[dict[str, Any]]], before: Mapping[str, Any] | None) -> None:
    """Write one workbook's results, in place of those it had: the mark is taken away first and written last.

    Raises FileProblem; the next run goes on from there.
    """
    try:
        _replace(out, key, rows, before)
    except OSError as error:
        raise file_problem(error, out, next="Make room, and run it again: it goes on from there.") from None


def _replace(out: Path, key: str, rows: Mapping[str, list[dict[str, Any]]], before: Mapping[str, Any] | None) -> None:
    (out / "schools" / f"{key}.parquet").unlink(missing_ok=True)
    if before:
        for table in PARTITIONED:
            part(out, table, before).unlink(missing_ok=True)
    school = rows["schools"][0]
    for table in PARTITIONED:
        if rows[table]:
            _write(part(out, table, school), table, rows[table])
    _write(out / "schools" / f"{key}.parquet", "schools", rows["schools"])


def forget(out: Path, gone: Iterable[Mapping[str, Any]]) -> None:
    """Take away the results of workbooks that are no longer in the source."""
    for row in gone:
        (out / "schools" / f"{row['id']}.parquet").unlink(missing_ok=True)
        for table in PARTITIONED:
            part(out, table, row).unlink(missing_ok=True)


def part(out: Path, table: str, row: Mapping[str, Any]) -> Path:
    """The file of one workbook in a partitioned table."""
    school, session = (quote(str(row[name]) or "none", safe=" ") for name in ("school", "session"))
    return out / table / f"school={school}" / f"session={session}" / f"{row['id']}.parquet"


def _write(path: Path, table: str, rows: list[dict[str, Any]]) -> None:
    import pyarrow.parquet as parquet
    from pyarrow.fs import LocalFileSystem

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    try:
        parquet.write_table(
            _table(table, rows), str(temporary), compression="zstd", use_dictionary=False, filesystem=LocalFileSystem()
        )
        temporary.chmod(0o600)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _table(table: str, rows: list[dict[str, Any]]) -> pyarrow.Table:
    import pyarrow as pa

    columns = COLUMNS[table]
    ordered = sorted(rows, key=lambda row: [str(row[name]).zfill(12) for name in columns])
    arrays = [_array(kind, [row[name] for row in ordered]) for name, kind in columns.items()]
    return pa.Table.from_arrays(arrays, names=list(columns))


def _array(kind: str, values: list[Any]) -> pyarrow.Array:
    """A column of texts, whole numbers or dates, none of them missing.

    Built of its bytes: `pyarrow.array` loads pandas, which takes as long as the check of three workbooks.
    """
    import pyarrow as pa

    if kind == "string":
        texts = [value.encode() for value in values]
        ends = array("i", [0, *accumulate(len(text) for text in texts)])
        return pa.Array.from_buffers(
            pa.string(), len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(texts))]
        )
    numbers = [(value - EPOCH).days for value in values] if kind == "date32" else values
    return pa.Array.from_buffers(getattr(pa, kind)(), len(values), [None, pa.py_buffer(array("i", numbers))])
