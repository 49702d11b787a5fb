"""What cannot be read or written is refused in one sentence that says what, where and what next; the file stays."""

from __future__ import annotations

import errno
import os
import random
import stat
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsx_books import build, parts, with_parts
from xlsx_handmade import MAIN, handmade

from addin.backends.ooxml import guard
from addin.backends.xlsx import XlsxBook
from addin.core.book import Edits, Look, OwnSheet
from addin.errors import BookInUse, BookProblem

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EDIT = Edits(cells={("Data", 1, 1): "new"})


def good(path: Path) -> Path:
    return build(path, {"Data": [["old", 1], ["x", 2]]}, {})


def archive(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name.replace("__", "/").replace("_DOT_", "."), data)


def truncated(path: Path) -> None:
    data = good(path).read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def flipped(path: Path) -> None:
    """One bit of the sheet's compressed bytes is wrong."""
    with zipfile.ZipFile(good(path)) as opened:
        info = opened.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x10
    path.write_bytes(data)


def another_word(path: Path) -> None:
    """A part that is stored unpacked says something else than its checksum."""
    good(path)
    inside = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for name, data in inside.items():
            out.writestr(name, data)
    path.write_bytes(path.read_bytes().replace(b"<t>old</t>", b"<t>odd</t>"))


def lying_bomb(path: Path) -> None:
    """The directory says a few bytes, the part unpacks to megabytes."""
    handmade(path, "<row/>" + " " * 5_000_000)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as opened:
        real = struct.pack("<I", opened.getinfo("xl/worksheets/sheet1.xml").file_size)
    path.write_bytes(bytes(data).replace(real, struct.pack("<I", 1000)))


def honest_bomb(path: Path) -> None:
    handmade(path, " " * 60_000_000)


def same_part_twice(path: Path) -> None:
    good(path)
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "a") as out:
        out.writestr("xl/workbook.xml", "<workbook/>")


def entity_bomb(path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    handmade(path, "", sheet=f'<?xml version="1.0"?>{bomb}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')


def entity_bomb_in_utf_16(path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    sheet = f'<?xml version="1.0" encoding="UTF-16"?>{bomb}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    handmade(path, "", sheet=sheet.encode("utf-16"))


def without(part: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with_parts(good(path), {part: None})

    return make


def written(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None  # type: ignore[return-value]


UNREADABLE: list[tuple[str, str, Callable[[Path], object], str]] = [
    ("not there", "a.xlsx", lambda path: None, "no such file"),
    ("a folder", "a.xlsx", Path.mkdir, "folder"),
    ("empty", "a.xlsx", written(b""), "empty"),
    ("noise", "a.xlsx", written(os.urandom(4000)), "not an Excel workbook"),
    ("cut off", "a.xlsx", truncated, "incomplete or damaged"),
    ("a wrong bit", "a.xlsx", flipped, "damaged"),
    ("another word than was saved", "a.xlsx", another_word, "damaged"),
    ("an old workbook", "a.xls", written(OLD + b"\0" * 2000), ".xls"),
    ("an old workbook that says it is new", "a.xlsx", written(OLD + b"\0" * 2000), ".xls"),
    ("a password", "a.xlsx", written(OLD + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le")), "password"),
    ("CSV", "a.csv", written(b"a,b\n1,2\n"), "text file"),
    ("CSV that says it is a workbook", "a.xlsx", written(b"a,b\n1,2\n"), "not an Excel workbook"),
    ("PDF", "a.xlsx", written(b"%PDF-1.7 ..."), "PDF"),
    ("a web page", "a.xls", written(b"<html><table></table></html>"), "web page"),
    ("Excel 2003 XML", "a.xml", written(b'<?xml version="1.0"?><Workbook/>'), "XML"),
    ("OpenDocument", "a.ods", lambda p: archive(p, mimetype=b"x", content_DOT_xml=b"<a/>"), ".ods"),
    ("Numbers", "a.numbers", lambda p: archive(p, Index__Document_DOT_iwa=b"x"), "Numbers"),
    ("binary workbook", "a.xlsb", lambda p: archive(p, xl__workbook_DOT_bin=b"x"), ".xlsb"),
    ("Word", "a.docx", lambda p: archive(p, word__document_DOT_xml=b"<a/>"), "Word"),
    ("a zip of something", "a.xlsx", lambda p: archive(p, notes_DOT_txt=b"x"), "zip archive"),
    ("a shortcut of Google Drive", "a.gsheet", written(b'{"doc_id":"1a","email":"a@x.org"}'), "shortcut"),
    ("zeros of a cloud folder", "a.xlsx", written(bytes(3000)), "nothing but zeros"),
    ("a bomb", "a.xlsx", honest_bomb, "unpack to 60 MB"),
    ("a bomb that lies", "a.xlsx", lying_bomb, "damaged"),
    ("a part twice", "a.xlsx", same_part_twice, "same part twice"),
    ("an XML bomb", "a.xlsx", entity_bomb, "document type"),
    ("an XML bomb in UTF-16", "a.xlsx", entity_bomb_in_utf_16, "document type"),
    ("no list of sheets", "a.xlsx", without("xl/workbook.xml"), "xl/workbook.xml"),
    ("no sheet", "a.xlsx", without("xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml"),
    ("no data", "a.xlsx", lambda p: handmade(p, "", sheet=f'<worksheet xmlns="{MAIN}"/>'), "no data"),
    ("broken off", "a.xlsx", lambda p: handmade(p, "", sheet="<worksheet><sheetData><row>"), "breaks off"),
    ("a cell of another row", "a.xlsx", lambda p: handmade(p, '<row r="7"><c r="A5"/></row>'), "row 7 holds A5"),
    ("a text that is not there", "a.xlsx", lambda p: handmade(p, '<row><c t="s"><v>9</v></c></row>'), "text"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "said"), [u[1:] for u in UNREADABLE], ids=[u[0] for u in UNREADABLE])
def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    path = tmp_path / name
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BookProblem) as problem:
        XlsxBook.open(path).read(["Data"])
    assert said in problem.value.what
    assert problem.value.next and str(path) in problem.value.where
    assert "\n" not in str(problem.value)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("number", [362, errno.EDEADLK])
def test_a_file_that_is_only_in_the_cloud_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def absent(path: Path) -> bytes:
        error = OSError(number, "The cloud file provider is not running")
        error.winerror = number  # type: ignore[attr-defined]
        raise error

    path = good(tmp_path / "a.xlsx")
    monkeypatch.setattr(Path, "read_bytes", absent)
    with pytest.raises(BookProblem, match="in the cloud only") as problem:
        XlsxBook.open(path)
    assert "OneDrive" in problem.value.next


def test_too_many_cells_are_refused_with_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.backends.ooxml.reader.CELL_LIMIT", 3)
    with pytest.raises(BookProblem, match=r"has 4 cells \(limit 3\)"):
        XlsxBook.open(good(tmp_path / "a.xlsx")).read(["Data"])


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(guard.FILE_LIMIT + 1)
    with pytest.raises(BookProblem, match="300 MB"):
        XlsxBook.open(path)


def excel_has_it(path: Path) -> None:
    """Excel's owner file: a length and the name, then the same in UTF-16."""
    name = "Ms Kim"
    ansi = bytes([len(name)]) + name.encode() + b" " * (54 - len(name))
    wide = len(name).to_bytes(2, "little") + name.encode("utf-16-le") + b" \0" * (54 - len(name))
    path.with_name("~$" + path.name).write_bytes(ansi + wide)


def excel_s_file_is_damaged(path: Path) -> None:
    path.with_name("~$" + path.name).write_bytes(b"\x04Anna" + b" " * 160)


def libre_office_s_file_is_damaged(path: Path) -> None:
    path.with_name(f".~lock.{path.name}#").write_bytes(b"\xff\0" * 500)


def libre_office_has_it(path: Path) -> None:
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text("Mr Lee,lee,desk,01.02.2026 03:04,file:///home/lee;", encoding="utf-8")


def saved_by_somebody(path: Path) -> None:
    build(path, {"Data": [["somebody else's"]]}, {})


def deleted(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (excel_has_it, "open in Excel by Ms Kim"),
        (excel_s_file_is_damaged, "open in Excel by Anna\\. "),
        (libre_office_s_file_is_damaged, "open in LibreOffice\\. "),
        (libre_office_has_it, "open in LibreOffice by Mr Lee"),
        (saved_by_somebody, "changed since it was read"),
        (deleted, "moved or deleted"),
    ],
)
def test_a_workbook_in_use_is_not_touched(tmp_path: Path, happens: Callable[[Path], None], said: str) -> None:
    path = good(tmp_path / "a.xlsx")
    book = XlsxBook.open(path)
    happens(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(BookInUse, match=said) as problem:
        book.apply(EDIT)
    assert problem.value.next
    assert (path.read_bytes() if path.exists() else None) == before
    assert sorted(p.name for p in tmp_path.iterdir() if ".tmp" in p.name) == []


def test_a_workbook_that_is_open_elsewhere_can_still_be_read(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    excel_has_it(path)
    assert XlsxBook.open(path).read(["Data"])["Data"].values[0] == ["old", 1]


def test_a_read_only_file_is_not_touched(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    path.chmod(0o444)
    with pytest.raises(BookProblem, match="read-only"):
        XlsxBook.open(path).apply(EDIT)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no write permission on folders this way")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    path = good(tmp_path / "f" / "a.xlsx")
    path.parent.chmod(0o555)
    try:
        with pytest.raises(BookProblem, match="folder"):
            XlsxBook.open(path).apply(EDIT)
    finally:
        path.parent.chmod(stat.S_IRWXU)


def strict(path: Path) -> Path:
    strict_main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    good(path)
    changes = {name: data.replace(MAIN.encode(), strict_main.encode()) for name, data in parts(path).items()}
    return with_parts(path, changes)


def test_strict_workbooks_are_read_but_not_written(tmp_path: Path) -> None:
    path = strict(tmp_path / "a.xlsx")
    book = XlsxBook.open(path)
    assert book.read(["Data"])["Data"].values == [["old", 1], ["x", 2]]
    before = path.read_bytes()
    with pytest.raises(BookProblem, match="Strict"):
        book.apply(EDIT)
    assert path.read_bytes() == before


def test_a_signed_workbook_is_read_but_not_written(tmp_path: Path) -> None:
    path = with_parts(good(tmp_path / "a.xlsx"), {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    book = XlsxBook.open(path)
    before = path.read_bytes()
    with pytest.raises(BookProblem, match="signature"):
        book.apply(EDIT)
    assert path.read_bytes() == before
    book.apply(Edits(cells={("Data", 1, 1): "old"}))  # nothing differs, so nothing is refused


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (Edits(cells={("Nope", 1, 1): 1}), "no sheet 'Nope'"),
        (Edits(cells={("Data", 1, 1): "x" * 32_768}), "32,768 characters"),
        (Edits(cells={("Data", 1, 1): float("nan")}), "cannot hold the number nan"),
        (Edits(sheets={"a/b": OwnSheet([["x"]])}), "cannot be the name"),
        (Edits(looks={("Data", 1, 1): Look("theme:77")}), "no fill 'theme:77'"),
    ],
)
def test_edits_that_no_workbook_can_take_change_nothing(tmp_path: Path, edits: Edits, said: str) -> None:
    path = good(tmp_path / "a.xlsx")
    book = XlsxBook.open(path)
    before = path.read_bytes()
    with pytest.raises(BookProblem, match=said):
        book.apply(edits)
    assert path.read_bytes() == before
    book.apply(EDIT)  # the book is still good for the next batch
    assert XlsxBook.open(path).read(["Data"])["Data"].values[0] == ["new", 1]


@pytest.mark.parametrize("seed", range(60))
def test_damaged_xml_is_a_sentence_never_a_traceback(tmp_path: Path, seed: int) -> None:
    """Bytes of the parts we parse are overwritten, doubled or cut; the archive around them stays sound."""
    luck = random.Random(seed)
    path = good(tmp_path / "a.xlsx")
    inside = parts(path)
    name = luck.choice(sorted(name for name in inside if name.endswith((".xml", ".rels"))))
    data = bytearray(inside[name])
    for _ in range(luck.randint(1, 4)):
        at = luck.randrange(len(data))
        damage = luck.choice([b"", b"<", b">", b'"', b"\xff", b"</row>", b"999999999", b"&#x0;"])
        data[at : at + luck.randint(0, 12)] = damage
    with_parts(path, {name: bytes(data)})
    before = path.read_bytes()
    try:
        book = XlsxBook.open(path)
        book.read(book.sheets())
        book.apply(EDIT)
    except BookProblem:
        assert path.read_bytes() == before
    else:
        assert XlsxBook.open(path).read(["Data"])["Data"].value(1, 1) == "new"
