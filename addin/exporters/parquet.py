"""Parquet: a folder with a typed file for each tracker, its findings and a codebook, for pandas, R or Power BI."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from addin.core.language import phrase
from addin.errors import Problem
from addin.exporters.typed import TypedTable, typed_tables
from addin.files import private_bytes
from addin.workspace.workbook import Workbook


def write(workbook: Workbook, out: Path) -> list[Path]:
    """`out` is a folder."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise Problem(
            phrase("Parquet files need the package pyarrow."),
            next=phrase("Install it: pip install 'ib-trackers[data]'"),
        ) from None
    if out.suffix.lower() == ".parquet":
        raise Problem(phrase("cannot hold several tables."), where=str(out), next=phrase("Name a folder."))
    written = []
    for table in typed_tables(workbook):
        data = BytesIO()
        pyarrow.parquet.write_table(_arrow(table), data)
        path = out / f"{table.name}.parquet"
        private_bytes(path, data.getvalue())
        written.append(path)
    return written


def _arrow(table: TypedTable) -> Any:
    """The table in pyarrow's terms; what a column is about goes along."""
    import pyarrow as arrow

    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("us"),
        "time": arrow.time64("us"),
        "yes_no": arrow.bool_(),
    }
    fields = [
        arrow.field(column.header, types[column.kind], metadata={"about": column.about} if column.about else None)
        for column in table.columns
    ]
    arrays = [arrow.array(list(column.values), types[column.kind]) for column in table.columns]
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata={"title": table.title}))
