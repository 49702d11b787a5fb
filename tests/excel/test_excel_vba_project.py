"""vbaProject.bin is read back by other people's readers exactly as it was written."""

import io
import random
import re
import struct

import olefile
import pytest
from excel_readers import needed, read_project, unpacked

from addin.templates.macros.compound_file import Storage, Stream, compound_file
from addin.templates.macros.compression import compress
from addin.templates.macros.vba_project import Module, vba_project

SIZES = [*range(40), 4093, 4094, 4095, 4096, 4097, 8191, 8192, 8193, 20_000]
BOOK = Module("ThisWorkbook", kind="document")


def words(size: int) -> bytes:
    choose = random.Random(size)
    return bytes(choose.choice(b"Sub End If Then RunPython\r\n  ") for _ in range(size))


@pytest.mark.parametrize("size", SIZES)
def test_compressed_text_comes_back(size):
    """Two readers agree, on text that compresses badly and on text that compresses well."""
    vba = needed("pyopenvba.vba")
    for plain in (words(size), (b'Attribute VB_Name = "Module1"\r\n' * (size // 31 + 1))[:size]):
        packed = compress(plain)
        assert unpacked(packed) == plain
        assert bytes(vba.decompress(packed)) == plain


def test_bytes_that_do_not_compress_are_stored_or_refused():
    """A full chunk goes in as it is; a shorter one has no form in the format, so it is refused, not damaged."""
    noise = random.Random(1).randbytes(4096)
    assert unpacked(compress(noise)) == noise
    with pytest.raises(ValueError, match="does not compress"):
        compress(noise[:4000])


def test_long_text_gets_smaller():
    source = b"".join(f"    Cells({n}, {n % 7}).Value = {n * n}\r\n".encode() for n in range(1500))
    assert len(compress(source)) < len(source) / 2


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 20, 60])
def test_every_stream_of_a_compound_file_is_found(count):
    """Small and large streams, in folders too, whatever the shape of the directory's tree."""
    contents = {f"{'S' * (n % 5 + 1)}{n}": words(n * 517 % 9000) for n in range(count)}
    streams = [Stream(name, content) for name, content in contents.items()]
    ole = olefile.OleFileIO(
        io.BytesIO(compound_file([Storage("VBA", streams), *streams])), raise_defects=olefile.DEFECT_UNSURE
    )
    assert not ole.parsing_issues
    assert {name: ole.openstream(name).read() for name in contents} == contents
    assert {name: ole.openstream(f"VBA/{name}").read() for name in contents} == contents


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 4095, 4096, 4097, 8192])
def test_a_stream_of_any_size_is_found(size):
    ole = olefile.OleFileIO(io.BytesIO(compound_file([Stream("one", words(size)), Stream("other", b"x" * 70)])))
    assert ole.openstream("one").read() == words(size)
    assert ole.direntries[ole._find("one")].is_minifat == (0 < size < 4096)


def test_the_table_of_sectors_lists_its_own_sectors():
    """Readers forgive what Excel may not: each sector is free, in a chain, or marked as one of the table's own."""
    content = compound_file([Stream(f"s{n}", words(9000)) for n in range(40)])
    assert len(content) % 512 == 0
    count, first = struct.unpack_from("<I", content, 0x2C)[0], struct.unpack_from("<I", content, 0x4C)[0]
    assert count > 5
    table = struct.unpack_from(f"<{count * 128}I", content, (first + 1) * 512)
    sectors = len(content) // 512 - 1
    own = [number for number, following in enumerate(table) if following == 0xFFFFFFFD]
    assert own == list(range(first, first + count))
    assert set(table[sectors:]) <= {0xFFFFFFFF} and 0xFFFFFFFF not in table[:sectors]


def test_the_directory_is_a_proper_tree():
    """Siblings are sorted by length, then capitals; no red entry has a red child; Excel searches this tree."""
    names = ["dir", "_VBA_PROJECT", "ThisWorkbook", *(f"Sheet{n}" for n in range(1, 24))]
    ole = olefile.OleFileIO(io.BytesIO(compound_file([Stream(name, b"x") for name in names])))
    assert in_order(ole, ole.root.sid_child) == sorted(names, key=lambda name: (len(name), name.upper()))


def in_order(ole, number, above_is_red=False):
    if number == olefile.NOSTREAM:
        return []
    entry = ole.direntries[number] or ole._load_direntry(number)
    red = entry.color == 0
    assert not (red and above_is_red)
    return [*in_order(ole, entry.sid_left, red), entry.name, *in_order(ole, entry.sid_right, red)]


def test_a_file_too_large_for_the_writer_is_refused():
    with pytest.raises(ValueError, match="too large"):
        compound_file([Stream("big", bytes(8_000_000))])


def test_modules_come_back_as_written():
    modules = [Module("IBButtons", 'Option Explicit\n\nSub A()\n    Range("A1").Value = 1\nEnd Sub\n'), BOOK]
    modules += [Module(f"Sheet{n}", kind="document") for n in range(1, 30)]
    content = vba_project(modules)
    assert content == vba_project(modules)
    project = read_project(content)
    assert project.sources == {module.name: module.text() for module in modules}
    assert project.kinds["ThisWorkbook"] == project.kinds["Sheet29"] == "Document"
    assert project.kinds["IBButtons"] == "Module"
    assert project.references == ["stdole", "Office"]


@pytest.mark.parametrize("line, plain", [("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")])
def test_the_project_is_neither_protected_nor_hidden(line, plain):
    """The scrambled lines say: not protected, no password, visible ([MS-OVBA] 2.4.3.3, undone here)."""
    text = olefile.OleFileIO(io.BytesIO(vba_project([BOOK]))).openstream("PROJECT").read().decode()
    identity = re.search(r'ID="(.*?)"', text)[1]
    assert unscrambled(bytes.fromhex(re.search(rf'{line}="(.*?)"', text)[1]), identity) == plain


def unscrambled(data: bytes, identity: str) -> bytes:
    seed, version, key = data[0], data[1] ^ data[0], data[2] ^ data[0]
    assert (version, key) == (2, sum(identity.encode()) & 0xFF)
    plain, older, newer = key, data[1], data[2]
    out = []
    for cipher in data[3:]:
        plain = cipher ^ (older + plain & 0xFF)
        out.append(plain)
        older, newer = newer, cipher
    body = bytes(out)[(seed & 6) // 2 :]
    assert int.from_bytes(body[:4], "little") == len(body) - 4
    return body[4:]


@pytest.mark.parametrize(
    "modules, why",
    [
        ([Module("IBBridge")], "ThisWorkbook"),
        ([BOOK, Module("1st")], "module's name"),
        ([BOOK, Module("Größe")], "module's name"),
        ([BOOK, Module("A" * 32)], "module's name"),
        ([BOOK, Module("Sheet1"), Module("sheet1")], "same name"),
    ],
)
def test_names_that_office_refuses_are_refused_here(modules, why):
    with pytest.raises(ValueError, match=why):
        vba_project(modules)
