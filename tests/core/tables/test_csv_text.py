"""CSV text: rows are what the writer meant, or the file is refused with its line; any text comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.core.tables.csv_text import DELIMITERS, CsvError, delimiter, from_csv, parse, to_csv

HEAD = "Code,Last name,First names,Notes\r\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '1,A,B,"open\r\n2,C,D,ok\r\n', 2),
        (HEAD + '1,A,B,ok\r\n"2,C,D,ok\r\n3,E,F,ok\r\n', 3),
        (HEAD + '1,A,B,"two\r\nlines"\r\n2,C,D,"open\r\n3,E,F,ok\r\n', 4),
        (HEAD + '1,A,B,"open\r\n2,C,D,"closed here"\r\n', 2),
        (HEAD + '1,A,B,"open\r\n2,C,D,ok\r\n3,E,F,closed"\r\n', 2),
        (HEAD + '1,A,B,ok\n2,"C,D,ok\n3,E,F",ok\n4,G,H,ok\n', 3),
        (HEAD + '1,A,B,"a "word" in it"\r\n', 2),
        (HEAD + '1,A,B,"open' + 200_000 * "x\r\n", 2),
    ],
)
def test_a_missing_quotation_mark_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(CsvError, match="quotation mark") as caught:
        parse(text, ",")
    assert caught.value.line == line


@pytest.mark.parametrize(
    "note",
    [
        "two\nlines",
        "we met Ann, Bob, Cy, Di\nand Eve, Flo, Gus, Hal",
        'she said "no"',
        "",
        "\n\n",
        'a, b\n"c", d\r\ne',
        "5'10\" tall",
        "1;2;3;4\n5;6;7;8",
    ],
)
def test_line_breaks_and_marks_inside_a_quoted_cell_are_text(note: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(
        [["Code", "Last name", "First names", "Notes"], ["1", "A", "B", note], ["2", "C", "D", ""]]
    )
    assert parse(file.getvalue(), ",")[1] == ["1", "A", "B", note]


@pytest.mark.parametrize("sign", DELIMITERS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_delimiter_and_line_end_is_found(sign: str, end: str) -> None:
    rows = [["Code", "Last name", "Notes"], ["0012", "D'Arc, Jo", "a; b | c"], ["0013", "Ito", 'x "y" z']]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=sign, lineterminator=end).writerows(rows)
    assert delimiter(file.getvalue()) == sign
    assert parse(file.getvalue(), sign) == rows


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_and_is_no_formula(text: str) -> None:
    written = to_csv(text)
    assert from_csv(written) == text
    assert not written.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not written.startswith(("\t", "\r", "\n"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), min_size=1))
def test_any_cells_come_back_from_what_a_writer_quotes(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    assert parse(file.getvalue(), ",") == rows


def test_our_own_exports_are_read_as_they_are() -> None:
    rows = '1,A,B,"open\r\n2,C,D,ok\r\n3,E,F,closed",r00001\r\n'
    assert parse(HEAD.replace("\r\n", ",IBT id\r\n") + rows, ",")[1][3] == "open\r\n2,C,D,ok\r\n3,E,F,closed"
    assert parse("", ",") == [] and parse('a,"b\nc",d\n1,2,3\n', ",")[0] == ["a", "b\nc", "d"]
