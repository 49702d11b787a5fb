"""The way a user would write it today: pandas.read_excel, pandera (lazy), openpyxl to mark the cells and save.

    python users_way.py WORKBOOK [openpyxl|calamine]      prints the number of problems

The same sixteen rules as bench_cas.toml. Imported by benchmark.py for the parts timed alone.
"""

from __future__ import annotations

import sys
import warnings

import pandas as pd
import pandera.pandas as pa
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

warnings.simplefilter("ignore")
STRANDS = ["Creativity", "Activity", "Service"]
STATUS = ["draft", "submitted", "approved", "rejected"]


def schema(students: pd.DataFrame) -> pa.DataFrameSchema:
    codes = set(students["Code"])
    text = {"nullable": True, "coerce": False}
    return pa.DataFrameSchema(
        {
            "Entry": pa.Column(None, [pa.Check.str_matches(r"^E\d{6}$")], nullable=False, unique=True),
            "Student": pa.Column(None, [pa.Check.str_matches(r"^S\d{5}$"), pa.Check.isin(codes)], nullable=False),
            "Title": pa.Column(None, [pa.Check.str_length(max_value=60)], nullable=False),
            "Strand": pa.Column(None, [pa.Check.isin(STRANDS)], **text),
            "Status": pa.Column(None, [pa.Check.isin(STATUS)], **text),
            "Start": pa.Column(None, [pa.Check(readable_date)], **text),
            "End": pa.Column(None, [pa.Check(readable_date)], **text),
            "Hours": pa.Column(None, [pa.Check(readable_number), pa.Check(at_least_0), pa.Check(at_most_200)], **text),
        },
        checks=[
            pa.Check(end_after_start, name="end-after-start"),
            pa.Check(approved_has_date, name="approved-needs-date"),
            pa.Check(hours_in_all, name="most-hours"),
        ],
    )


def readable_date(values: pd.Series) -> pd.Series:
    return values.isna() | pd.to_datetime(values, errors="coerce").notna()


def readable_number(values: pd.Series) -> pd.Series:
    return values.isna() | pd.to_numeric(values, errors="coerce").notna()


def at_least_0(values: pd.Series) -> pd.Series:
    return ~(pd.to_numeric(values, errors="coerce") < 0)


def at_most_200(values: pd.Series) -> pd.Series:
    return ~(pd.to_numeric(values, errors="coerce") > 200)


def end_after_start(frame: pd.DataFrame) -> pd.Series:
    start, end = (pd.to_datetime(frame[name], errors="coerce") for name in ("Start", "End"))
    return ~(end < start)


def approved_has_date(frame: pd.DataFrame) -> pd.Series:
    return ~((frame["Status"] == "approved") & frame["Approved on"].isna())


def hours_in_all(frame: pd.DataFrame) -> pd.Series:
    hours = pd.to_numeric(frame["Hours"], errors="coerce")
    return hours.groupby(frame["Student"]).transform("sum").le(4000) | frame["Student"].isna()


def problems(cas: pd.DataFrame, students: pd.DataFrame) -> pd.DataFrame:
    """Row, column and check of every problem."""
    try:
        schema(students).validate(cas, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return cases[cases["index"].notna()].drop_duplicates(["index", "check"])
    return pd.DataFrame(columns=["index", "column", "check"])


def mark(path: str, cas: pd.DataFrame, found: pd.DataFrame) -> None:
    """A fill and a note on each wrong cell and a sheet with the list, saved over the workbook."""
    book = load_workbook(path)
    sheet = book["CAS"]
    fill = PatternFill("solid", fgColor="F8CBAD")
    columns = {name: number for number, name in enumerate(cas.columns, 1)}
    if "Issues" in book:
        del book["Issues"]
    issues = book.create_sheet("Issues")
    issues.append(["row", "column", "check", "value"])
    for index, column, check in zip(found["index"], found["column"], found["check"], strict=True):
        row, name = int(index) + 2, column if column in columns else "End"
        cell = sheet.cell(row, columns[name])
        cell.fill = fill
        cell.comment = Comment(str(check), "me")
        issues.append([row, name, str(check), str(cell.value)])
    book.save(path)


def main(path: str, engine: str) -> None:
    cas = pd.read_excel(path, sheet_name="CAS", engine=engine)
    students = pd.read_excel(path, sheet_name="Students", engine=engine)
    found = problems(cas, students)
    mark(path, cas, found)
    print(len(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "openpyxl")
