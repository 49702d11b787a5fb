"""python scripts/fuzz_workbooks.py [--count 3000] [--seed 1]: damaged, hostile and odd workbooks through the verbs.

Each input is made from a seed of its own, which is printed when something goes wrong, and is given to adopt, validate,
export and import in a process of its own. Wanted: an answer (exit code 0, 1 or 2 with a sentence), never a traceback;
at most 20 seconds a verb and 500 MB; a file that was refused is as it was, one that was written has no new defect.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SECONDS, MEGABYTES = 20, 500
PROGRAM = 100
"""Megabytes of a process that has loaded the program; what one holds beyond them before the fork is not the input's."""
Parts = dict[str, bytes]
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
ROWS = [
    ["Code", "Last name", "First names", "Session", "Category", "Birth date", "Own"],
    ["0012", "Ito", "Aya", "M27", "D", 39815, "=B2&C2"],
    ["0013", "Berg", "Ann", "M27", "X", 39816, 12.5],
    ["0014", "Li", "Kim", "N27", "C", "31/02/2009", None],
]


def base(dice: random.Random) -> Parts:
    """A small sound workbook: by XlsxWriter with a table, or by openpyxl with a note."""
    data = io.BytesIO()
    if dice.random() < 0.5:
        import xlsxwriter

        book = xlsxwriter.Workbook(data, {"in_memory": True})
        sheet = book.add_worksheet("Candidates")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.add_table(0, 0, 3, 6, {"name": "tbl", "columns": [{"header": head} for head in ROWS[0]]})  # type: ignore[attr-defined]
        sheet.conditional_format(1, 1, 3, 1, {"type": "duplicate", "format": book.add_format({"bold": True})})
        book.add_worksheet("Other").merge_range("A1:B3", "merged")
        book.close()
    else:
        import openpyxl
        from openpyxl.comments import Comment

        made = openpyxl.Workbook()
        made.active.title = "Candidates"
        for row in ROWS:
            made.active.append(row)
        made.active["B3"].comment = Comment("hers", "Ana")
        made.active.merge_cells("A3:A4")
        made.save(data)
    with zipfile.ZipFile(data) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def put_rows(text: bytes | str) -> Callable[[Parts, random.Random], Parts]:
    """The sheet with this in place of its rows (or after them)."""

    def change(parts: Parts, dice: random.Random) -> Parts:
        content = text.encode() if isinstance(text, str) else text
        xml = parts[SHEET]
        start, end = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        kept = xml[start:end] if dice.random() < 0.5 else b""
        return {**parts, SHEET: xml[:start] + kept + content + xml[end:]}

    return change


def put_strings(text: str) -> Callable[[Parts, random.Random], Parts]:
    return lambda parts, dice: {**parts, STRINGS: f'<sst xmlns="{MAIN}">{text}</sst>'.encode()}


def put_tail(text: str) -> Callable[[Parts, random.Random], Parts]:
    """The sheet with this behind its rows."""
    return lambda parts, dice: {
        **parts,
        SHEET: parts[SHEET].replace(b"</sheetData>", b"</sheetData>" + text.encode(), 1),
    }


MANY = 60_000
HOSTILE: dict[str, Callable[[Parts, random.Random], Parts]] = {
    "row number": put_rows('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
    "last row": put_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "row zero": put_rows('<row r="0"><c r="A0"><v>1</v></c></row>'),
    "row minus": put_rows('<row r="-3"><c r="A-3"><v>1</v></c></row>'),
    "row digits": put_rows(f'<row r="{"9" * 6000}"><c><v>1</v></c></row>'),
    "column": put_rows('<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>'),
    "column XFE": put_rows('<row r="2"><c r="XFE2"><v>1</v></c></row>'),
    "wide rows": put_rows("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(9, 9 + 9000))),
    "wide blanks": put_rows(
        "".join(f'<row r="{n}"><c r="A{n}"/><c r="XFD{n}" s="0"/></row>' for n in range(9, 60_000))
    ),
    "unclosed c": put_rows("<row>" + "<c>" * MANY + "</row>"),
    "unclosed c, values": put_rows('<row r="9">' + '<c r="A9"><v>1</v>' * MANY),
    "unclosed row": put_rows('<row r="9">' * MANY),
    "unclosed v": put_rows('<row r="9"><c r="A9">' + "<v>" * MANY + "</c></row>"),
    "unclosed f": put_rows("".join(f'<row r="{n}"><c r="A{n}"><f>1</c></row>' for n in range(9, 20_000))),
    "unclosed is": put_rows('<row r="9"><c r="A9" t="inlineStr">' + "<is><t>" * MANY + "</c></row>"),
    "open quote": put_rows('<row r="9"><c r="A9' * MANY),
    "open quotes in one row": put_rows('<row r="9">' + "<c r='A9\" " * MANY + "</row>"),
    "open comment": put_rows("<!--" * MANY),
    "open data": put_rows("<![CDATA[" * MANY),
    "empty rows": put_rows("<row/>" * 1_100_000),
    "empty cells": put_rows("<row>" + "<c/>" * 20_000 + "</row>"),
    "same row": put_rows('<row r="3"><c r="A3"><v>1</v></c></row>' * 30_000),
    "deep": put_rows("<row>" * 50_000),
    "shared formulas": put_rows(
        f'<row r="9"><c r="A9"><f t="shared" ref="A9:A40000" si="0">{"1+" * 4000}1</f><v>1</v></c></row>'
        + "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>1</v></c></row>' for n in range(10, 40_000))
    ),
    "quotes in a formula": put_rows(
        f'<row r="9"><c r="A9"><f t="shared" ref="A9:A11" si="0">{"[&quot;&apos;" * 4000}</f><v>1</v></c></row>'
        '<row r="10"><c r="A10"><f t="shared" si="0"/><v>1</v></c></row>'
    ),
    "numbers": put_rows(
        '<row r="9"><c r="A9"><v>1e999</v></c><c r="B9"><v>' + "9" * 5000 + '</v></c><c r="C9"><v>-0</v></c>'
        '<c r="D9"><v>nan</v></c><c r="E9" s="1"><v>-1e300</v></c><c r="F9" s="2"><v>3e6</v></c></row>'
    ),
    "text index": put_rows('<row r="2"><c r="A2" t="s"><v>99999</v></c><c r="B2" t="s"><v>-1</v></c></row>'),
    "style index": put_rows('<row r="2"><c r="A2" s="99999"><v>1</v></c><c r="B2" s="x"><v>2</v></c></row>'),
    "style minus": put_rows('<row r="2"><c r="A2" s="-1"><v>1</v></c></row>'),
    "unknown type": put_rows(
        '<row r="2"><c r="A2" t="zz"><v>1</v></c><c r="B2" t="d"><v>x</v></c><c r="C2" t="e"/></row>'
    ),
    "arrays": put_rows("".join(f'<row r="{n}"><c r="A{n}"><f t="array" ref="A1:XFD1048576">1</f></c></row>'
                               for n in range(9, 4000))),
    "unclosed si": put_strings("<si>" * MANY),
    "si without end": put_strings("<si><t>a</t>" * MANY),
    "unclosed t": put_strings("<si>" + "<t>" * MANY + "</si>"),
    "many runs": put_strings("<si>" + "<r><t>a</t></r>" * MANY + "</si>"),
    "no texts": put_strings(""),
    "phonetic": put_strings("<si>" + "<rPh>" * MANY + "<t>a</t></si>"),
    "merges": put_tail("<mergeCells>" + '<mergeCell ref="A2:A1048576"/>' * 20_000 + "</mergeCells>"),
    "merge of all": put_tail('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "merge backwards": put_tail('<mergeCells><mergeCell ref="C9:A1"/><mergeCell ref="ZZZ1"/><mergeCell/></mergeCells>'),
    "columns": lambda parts, dice: {**parts, SHEET: parts[SHEET].replace(
        b"<sheetData>", b"<cols>" + b'<col min="1" max="16383" style="1"/>' * 30_000 + b"</cols><sheetData>", 1)},
    "endless columns": lambda parts, dice: {**parts, SHEET: parts[SHEET].replace(
        b"<sheetData>", b'<cols><col min="1" max="99999999999" style="1"/></cols><sheetData>', 1)},
    "entities": lambda parts, dice: {**parts, SHEET: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts[SHEET]},
    "long attribute": put_rows(f'<row r="9" {"a" * 300_000}><c r="A9"><v>1</v></c></row>'),
    "endless number format": lambda parts, dice: {**parts, STYLES: parts[STYLES].replace(
        b"<fonts", b'<numFmts count="1"><numFmt numFmtId="164" formatCode="' + b"0" * 50_000 + b'"/></numFmts><fonts', 1
    ).replace(b"<xf ", b'<xf numFmtId="164" ', 1)},
    "open format": lambda parts, dice: {**parts, STYLES: parts[STYLES].replace(
        b"<fonts", b'<numFmts><numFmt numFmtId="164" formatCode="' + b"&quot;[" * 20_000 + b'"/></numFmts><fonts', 1)},
    "unclosed xf": lambda parts, dice: {**parts, STYLES: re.sub(rb"<xf [^>]*/>", b"<xf>", parts[STYLES])},
    "many styles": lambda parts, dice: {**parts, STYLES: parts[STYLES].replace(
        b"</cellXfs>", b'<xf numFmtId="0"/>' * 70_000 + b"</cellXfs>")},
    "bomb": lambda parts, dice: {**parts, SHEET: b"<worksheet>" + b" " * 30_000_000},
    "many small bombs": lambda parts, dice: {
        **parts, **{f"xl/worksheets/sheet{n}.xml": b" " * 19_000_000 for n in range(9, 19)}},
    "zeros": lambda parts, dice: {**parts, SHEET: b"\0" * 100_000},
}  # fmt: skip

TOKENS = (b"<", b"</c>", b"<c>", b'"', b"]]>", b"<!--", b"&#x0;", b"&#99999999;", b"_x0000_")


def flip(parts: Parts, dice: random.Random) -> Parts:
    """Some bytes of a part changed, cut or doubled."""
    name = dice.choice([name for name in parts if parts[name]])
    data = bytearray(parts[name])
    for _ in range(dice.choice((1, 1, 2, 5, 30))):
        place = dice.randrange(len(data) or 1)
        what = dice.random()
        if what < 0.4 and data:
            data[place] = dice.choice(b"<>/\"'=& 0129azAZ!\0\xff\n")
        elif what < 0.6:
            del data[place : place + dice.choice((1, 3, 20, 200))]
        elif what < 0.8:
            data[place:place] = data[place : place + dice.choice((1, 10, 80))]
        else:
            data[place:place] = dice.choice(
                (b"<", b"</c>", b"<c>", b'"', b"]]>", b"<!--", b"&#x0;", b"&#99999999;", b"_x0000_")
            )
    return {**parts, name: bytes(data)}


def words(parts: Parts, dice: random.Random) -> Parts:
    """The value of some attributes replaced by another one's, by nothing, or by a number."""
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels", ".vml"))])
    values = re.findall(rb'="([^"]*)"', parts[name]) or [b""]
    odd = [*values, b"", b"-1", b"0", b"99999999999", b"x", b"A1:", b"XFD1048576", b"../../x.xml", b"rId999", b"1.5"]
    spans = [m.span(1) for m in re.finditer(rb'="([^"]*)"', parts[name])]
    data = parts[name]
    for start, end in sorted(dice.sample(spans, min(len(spans), dice.choice((1, 1, 2, 4)))), reverse=True):
        data = data[:start] + dice.choice(odd) + data[end:]
    return {**parts, name: data}


def drop(parts: Parts, dice: random.Random) -> Parts:
    """Some parts left out, or one in the place of another."""
    names = list(parts)
    if dice.random() < 0.5:
        gone = set(dice.sample(names, dice.choice((1, 1, 2))))
        return {name: content for name, content in parts.items() if name not in gone}
    return {**parts, dice.choice(names): parts[dice.choice(names)]}


def made(seed: int) -> tuple[str, bytes]:
    """(what it is, the bytes) of the input of a seed."""
    dice = random.Random(seed)
    parts = base(dice)
    kind = dice.random()
    if kind < 0.2:
        name = dice.choice(sorted(HOSTILE))
        return name, packed(HOSTILE[name](parts, dice))
    if kind < 0.3:
        data = packed(parts)
        return "cut", data[: dice.randrange(len(data))] if dice.random() < 0.5 else _scratched(data, dice)
    change = dice.choice((flip, flip, words, words, drop))
    return change.__name__, packed(change(parts, dice))


def _scratched(data: bytes, dice: random.Random) -> bytes:
    scratched = bytearray(data)
    for _ in range(dice.choice((1, 3, 20))):
        scratched[dice.randrange(len(scratched))] = dice.randrange(256)
    return bytes(scratched)


def run(name: str, data: bytes, folder: Path) -> list[str]:
    """What went wrong with one input; it runs in a process of its own."""
    inherited = max(0, memory_now() - PROGRAM)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        code = 1
        try:
            found = "\n".join(verbs(data, folder))
            os.write(writer, found.encode()[:8000])
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    _, status, usage = os.wait4(child, 0)
    wrong = said.splitlines()
    if os.WIFSIGNALED(status):
        wrong.append(f"hangs (signal {os.WTERMSIG(status)})")
    elif os.WEXITSTATUS(status):
        wrong.append("the process ended")
    taken = usage.ru_maxrss / 1000 - inherited
    if taken > MEGABYTES:
        wrong.append(f"takes {taken:.0f} MB")
    return wrong


def memory_now() -> float:
    """Megabytes that this process holds: a forked one begins with as many."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def verbs(data: bytes, folder: Path) -> list[str]:
    """What the verbs do wrong with this workbook."""
    import traceback

    from package_validator import problems

    from addin.cli.main import main

    path = folder / "Own.xlsx"
    path.write_bytes(data)
    wrong = []
    for argv in (
        ["validate", str(path)],
        ["adopt", str(path)],
        ["validate", str(path)],
        ["export", str(path), "--to", "csv", "--out", str(folder / "out")],
        ["import", str(path), "--into", str(folder / "School.xlsx"), "--dry-run"],
    ):
        before, out = path.read_bytes(), io.StringIO()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # processor time: other programs may be busy
        try:
            with redirect_stdout(out), redirect_stderr(out):
                code = main(argv)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        except BaseException:
            last = traceback.format_exc().strip().splitlines()
            wrong.append(f"{argv[0]}: {last[-1]} | {' '.join(line.strip() for line in last[-4:-1])}")
            continue
        signal.setitimer(signal.ITIMER_PROF, 0)
        after = path.read_bytes()
        if code == 2 and after != before:
            wrong.append(f"{argv[0]}: refused, and changed the file")
        if code not in (0, 1, 2) or (code == 2 and not out.getvalue().strip()):
            wrong.append(f"{argv[0]}: exit code {code}, {out.getvalue()[:80]!r}")
        if re.search(r"\b\w+Error\b|Traceback|list index", out.getvalue()):
            wrong.append(f"{argv[0]}: speaks like a program: {out.getvalue()[:200]!r}")
        if after != before and _is_whole(before):
            wrong += [f"{argv[0]}: writes {one}" for one in problems(io.BytesIO(after))[:3]]
    return wrong


def _is_whole(data: bytes) -> bool:
    """True where nothing was wrong with a workbook before: what was damaged may stay so."""
    from package_validator import problems

    try:
        return not problems(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, LookupError, EOFError, ValueError, OSError, NotImplementedError):
        return False


def main_(count: int, first: int, folder: Path) -> int:
    """Run so many inputs; the number of those that went wrong."""

    school = folder / "School.xlsx"
    from addin.cli.main import main

    with redirect_stdout(io.StringIO()):
        main(["new", str(school), "--session", "M27", "--trackers", "candidates"])
    kinds, failed, slowest = Counter[str](), 0, (0.0, 0)
    for seed in range(first, first + count):
        name, data = made(seed)
        kinds[name if name in ("flip", "words", "drop", "cut") else "hostile"] += 1
        place = folder / "one"
        place.mkdir()
        shutil.copy(school, place)
        start = time.monotonic()
        for wrong in run(name, data, place):
            failed += 1
            print(f"seed {seed} ({name}): {wrong}", flush=True)
        slowest = max(slowest, (time.monotonic() - start, seed))
        shutil.rmtree(place)
    print(f"{count} inputs from seed {first}: {dict(kinds)}; {failed} went wrong;", end=" ")
    print(f"slowest {slowest[0]:.1f} s (seed {slowest[1]})")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(bool(main_(options.count, options.seed, Path(folder))))
