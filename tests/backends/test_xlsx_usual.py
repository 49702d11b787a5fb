"""The quick way through a sheet says what the careful scan says, whatever stands in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.backends.ooxml import fast_reader as usual
from addin.backends.ooxml.file import OpenFile
from addin.backends.ooxml.package import Package
from addin.backends.ooxml.scan import rows
from addin.backends.ooxml.typed import Values
from addin.errors import BookProblem

TEXTS = ["plain", "", '17"', "a<b"]
VALUES = Values(lambda: TEXTS, {b"1": "date", b"17": "time"}, False)
CONTENTS = (
    "<v>17</v>", "<v></v>", "<v/>", "", '<is><t>17"</t></is>', "<is><t> a&lt;_x000D_</t></is>",
    "<is><t>a</t><t>b</t></is>", '<is><r><rPr><color rgb="1"/></rPr><t>x</t></r></is>',
    '<f>IF(B17="17",1,"17")</f><v>17</v>', '<f t="shared" ref="A1:A17" si="17">A17</f><v>3</v>',
    '<f>B17&amp;"17"</f><v>17"</v>', '<v>3</v><extLst><ext uri="17"/></extLst>', "<v> 2 </v>",
)  # fmt: skip
MARKS = ("", ' s="1"', ' s="17"', ' s="17" t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' cm="17"', ' s="2" ph="1"')
NAMES = ("A", "B", "C", "G", "Z", "AA", "ZZ", "AAB")
cells = st.builds(
    lambda name, marks, content: (name, marks, content if 't="s"' not in marks else "<v>2</v>"),
    st.sampled_from(NAMES),
    st.sampled_from(MARKS),
    st.sampled_from(CONTENTS),
)
ODD: dict[str, Callable[[str, int, str, str], str]] = {
    "usual": lambda name, row, marks, content: f'<c r="{name}{row}"{marks}>{content}</c>',
    "empty": lambda name, row, marks, content: f'<c r="{name}{row}"{marks}/>',
    "turned": lambda name, row, marks, content: f'<c{marks} r="{name}{row}">{content}</c>',
    "spread": lambda name, row, marks, content: f'<c r="{name}{row}"{marks}>\n {content}\n</c>\n',
    "quoted": lambda name, row, marks, content: f"<c r='{name}{row}'{marks}>{content}</c >",
    "of another row": lambda name, row, marks, content: f'<c r="{name}{row + 1}"{marks}>{content}</c>',
}
kinds = st.sampled_from(["usual"] * 12 + ["empty"] * 4 + ["turned", "spread", "quoted", "of another row"])
heads = st.sampled_from(
    [
        '<row r="{0}" spans="1:17">',
        '<row r="{0}">',
        '<row r="{0}" s="17" customFormat="1">',
        '<row r="{0}" ht="17">\n',
        '<row spans="1:17" r="{0}">',
    ]
)
written = st.lists(st.tuples(st.integers(1, 3), heads, st.lists(st.tuples(cells, kinds), max_size=6)), max_size=6)


def sheet(content: list[tuple[int, str, list[tuple[tuple[str, str, str], str]]]]) -> bytes:
    number, lines = 14, []
    for step, head, wanted in content:
        lines += [f'<row r="{number + more}"/>' for more in range(1, step)]
        number += step
        once = {cell[0]: (cell, kind) for cell, kind in wanted}
        made = [ODD[once[name][1]](name, number, *once[name][0][1:]) for name in NAMES if name in once]
        lines.append(head.format(number) + "".join(made) + "</row>")
    return f"<worksheet><sheetData>{''.join(lines)}</sheetData></worksheet>".encode()


@given(written)
def test_the_quick_way_says_what_the_careful_scan_says(content: list) -> None:
    xml = sheet(content)
    start, end = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
    scanned = (usual.careful(row.number, xml[row.cells : row.cells_end], VALUES) for row in rows(xml, start, end))
    with suppress(usual.Unusual):
        assert outcome(usual.lines(xml, start, end, VALUES)) == outcome(scanned)


def outcome(lines: Iterator[usual.Line]) -> object:
    """What the rows say, or why they are refused."""
    try:
        return messages(list(lines))
    except BookProblem as problem:
        return str(problem)


def messages(lines: list[usual.Line]) -> list[tuple[int, list[tuple[type, object]], list[tuple[int, bytes]]]]:
    """Rows that hold something, without blanks at the end, and with the type of each value."""
    found = []
    for number, line, calculated in lines:
        filled = max((place for place, value in enumerate(line, 1) if value is not None), default=0)
        if filled or calculated:
            found.append((number, [(type(value), value) for value in line[:filled]], calculated))
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("head", ['<row r="17">', '<row r="17" spans="1:17">', '<row r="16"/><row r="17">'])
def test_usual_rows_are_read_the_quick_way(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above would compare the careful scan with itself."""
    monkeypatch.setattr(usual, "careful", lambda *_: pytest.fail("the careful scan was asked"))
    xml = f'<sheetData>{head}<c r="A17" t="s"><v>0</v></c><c r="C17" s="1"><v>46000</v></c></row></sheetData>'
    if "spans" in head:
        monkeypatch.undo()  # `17"` stands in the head: this row is for the careful scan
    ((number, line, _),) = usual.lines(xml.encode(), 11, len(xml) - 12, VALUES)
    assert (number, line[0], str(line[2])) == (17, "plain", "2025-12-09")


def test_only_so_many_pieces_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "MOST_KEPT", 3)
    xml = "".join(f'<row r="{n}"><c r="A{n}"><v>{n + 100}</v></c></row>' for n in range(1, 20)).encode()
    assert [line for _, line, _ in usual.lines(xml, 0, len(xml), VALUES)] == [[n + 100] for n in range(1, 20)]


def test_what_a_spreadsheet_program_writes_is_read_the_quick_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Next to none of its rows is left to the careful scan."""
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet("Data")
    for number in range(400):
        page.write_row(number, 0, [f"E{number}", number, "x", None, number / 7])
    book.close()
    careful, asked = usual.careful, []

    def counted(number: int, stretch: bytes, values: Values) -> usual.Line:
        asked.append(number)
        return careful(number, stretch, values)

    monkeypatch.setattr(usual, "careful", counted)
    grid = OpenFile(Package(tmp_path / "a.xlsx")).grid("Data")
    assert len(grid.values) == 400 and len(asked) < 10
