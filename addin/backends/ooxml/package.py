"""The zip archive that a workbook is: parts in, changed parts out, everything else as the same compressed bytes."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from addin.backends.backup import how_to_restore
from addin.backends.ooxml import guard
from addin.backends.ooxml.markup import normal
from addin.core.language import in_one, phrase
from addin.errors import BookProblem

LEVEL = 2  # of zlib: on sheet XML three times as fast as 6 for a quarter more bytes; Excel packs "super fast", too
RECENT_LIMIT = 150_000_000  # bytes of unpacked parts that are kept at hand: a sheet of 200,000 rows among them
NEW_PART_DATE = (1980, 1, 1, 0, 0, 0)  # the zip format's zero: the same edit gives the same bytes


class Package:
    """One state of a workbook file, held in memory, and the parts that are to change."""

    def __init__(self, path: Path) -> None:
        self.path, self.where = path, str(path)
        self.data = guard.load(path)
        self.stamp = stamp(path)
        try:
            self._zip = ZipFile(io.BytesIO(self.data))
        except (BadZipFile, ValueError, NotImplementedError, OSError):
            raise BookProblem(
                phrase("the file is incomplete or damaged."),
                where=self.where,
                next=in_one(phrase("Download or copy it again."), how_to_restore(path)),
            ) from None
        guard.check_members(self._zip.infolist(), len(self.data), self.where)
        self.names = {member.filename for member in self._zip.infolist()}
        self._folded = {_folded(name): name for name in self.names}
        if len(self._folded) < len(self.names):
            raise guard.damaged("it holds the same part twice", self.where)
        guard.check_parts(set(self._folded), self.where)
        self.changed: dict[str, bytes | None] = {}
        self.spliced: dict[str, set[int]] = {}
        """Sheets in which only these rows differ from the file: the others need no second look."""
        self._usual: set[str] = set()  # parts that are in the package's dialect by themselves
        self._recent: dict[str, bytes] = {}  # unpacked parts, the one used longest ago first

    def is_current(self) -> bool:
        """Whether the file on disk is still the one that was read."""
        try:
            return stamp(self.path) == self.stamp
        except OSError:
            return False

    def has(self, name: str) -> bool:
        """Whether there is such a part (or will be, once the changes are written)."""
        name = self.actual(name)
        if name in self.changed:
            return self.changed[name] is not None
        return name in self.names

    def actual(self, name: str) -> str:
        """The name that a part has in the file: programs differ in case, and some write `xl\\workbook.xml`."""
        return name if name in self.names else self._folded.get(_folded(name), name)

    def part(self, name: str) -> bytes:
        """A part's XML in the package's one dialect, with the changes so far."""
        name = self.actual(name)
        changed = self.changed.get(name)
        if changed is not None:
            return changed
        xml = self._recent.pop(name, None)
        if xml is None:
            raw = self.raw(name)
            xml = normal(raw, name)
            if xml is raw:
                self._usual.add(name)
        self._recent[name] = xml
        while len(self._recent) > 1 and sum(map(len, self._recent.values())) > RECENT_LIMIT:
            del self._recent[next(iter(self._recent))]
        return xml

    def is_as_it_was(self, name: str) -> bool:
        """Whether `part` gives the very bytes that the file has."""
        self.part(name)
        name = self.actual(name)
        return name not in self.changed and name in self._usual

    def raw(self, name: str) -> bytes:
        """A part's bytes as the file has them."""
        name = self.actual(name)
        try:
            member = self._zip.getinfo(name)
        except KeyError:
            raise BookProblem(
                phrase("the part {name} of the workbook is missing.", name=name),
                where=self.where,
                next=phrase("Open it in Excel, let it repair, and save it."),
            ) from None
        if member.file_size > guard.PART_LIMIT:
            raise BookProblem(
                phrase(
                    "its part {name} unpacks to {size} MB (limit {limit}).",
                    name=name,
                    size=f"{member.file_size / 1e6:,.0f}",
                    limit=f"{guard.PART_LIMIT / 1e6:,.0f}",
                ),
                where=self.where,
                next=phrase("Split the sheet into several workbooks."),
            )
        data = _unpacked(member, self._packed(member))
        if data is None:
            raise BookProblem(
                phrase("the file is damaged at its part {name}.", name=name),
                where=self.where,
                next=phrase(
                    "Open it in Excel and let it repair. {how_to_restore}", how_to_restore=how_to_restore(self.path)
                ),
            )
        return data

    def _packed(self, member: ZipInfo) -> memoryview:
        """A member's bytes as they lie in the file."""
        header = member.header_offset
        name_length = int.from_bytes(self.data[header + 26 : header + 28], "little")
        extra_length = int.from_bytes(self.data[header + 28 : header + 30], "little")
        start = header + 30 + name_length + extra_length
        return memoryview(self.data)[start : start + member.compress_size]

    def put(self, name: str, xml: bytes) -> None:
        """Change or add a part; putting back the same bytes changes nothing."""
        name = self.actual(name)
        if name not in self.changed and name in self.names and self.part(name) == xml:
            return
        self.changed[name] = xml

    def holds_as_it_was(self, name: str, other: Package) -> bool:
        """Whether a part has the very bytes, still compressed, that it has in another package."""
        mine, its = self._zip.getinfo(name), other._zip.getinfo(name)
        return (mine.CRC, mine.file_size) == (its.CRC, its.file_size) and bytes(self._packed(mine)) == bytes(
            other._packed(its)
        )

    def remove(self, name: str) -> None:
        """Take a part away."""
        if self.has(name):
            self.changed[self.actual(name)] = None

    def free_name(self, pattern: str) -> str:
        """The first name of the pattern (`xl/comments{}.xml`) that no part has."""
        taken = {_folded(name) for name in (*self.names, *self.changed)}
        return next(name for n in range(1, 100_000) if _folded(name := pattern.format(n)) not in taken)

    def write(self, out: BinaryIO) -> None:
        """The archive with its changes, members in the order they had, new ones at the end."""
        target = ZipFile(out, "w", ZIP_DEFLATED)
        try:
            self._write_members(target)
            target.comment = self._zip.comment
            target.close()
        except BaseException:
            target.fp = None  # else it would try to finish the half-written archive when it is forgotten
            raise

    def _write_members(self, target: ZipFile) -> None:
        for member in self._zip.infolist():
            if member.filename not in self.changed:
                self._copy(target, member)
                continue
            xml = self.changed[member.filename]
            if xml is not None:
                info = _twin(member)
                info.extra, info.flag_bits = b"", member.flag_bits & 0x800
                _add(target, info, xml)
        for name, xml in self.changed.items():
            if name not in self.names and xml is not None:
                _add(target, ZipInfo(name, NEW_PART_DATE), xml)

    def _copy(self, target: ZipFile, member: ZipInfo) -> None:
        info = _twin(member)
        info.flag_bits &= ~8  # the sizes are in the header, not in a record after the data
        _append(target, info, self._packed(member))


def _folded(name: str) -> str:
    """A part's name as it is compared: Windows' own zip tools write backslashes, and case does not count."""
    return name.replace("\\", "/").lstrip("/").lower()


def _twin(member: ZipInfo) -> ZipInfo:
    """A copy of what the directory says of a member."""
    twin = ZipInfo.__new__(ZipInfo)
    for name in ZipInfo.__slots__:
        if hasattr(member, name):
            setattr(twin, name, getattr(member, name))
    return twin


def _unpacked(member: ZipInfo, packed: memoryview) -> bytes | None:
    """A member's content; None where it is not what the directory says (a bomb lies about its size, too)."""
    try:
        if member.compress_type == ZIP_DEFLATED:
            data = zlib.decompressobj(-15).decompress(packed, member.file_size + 1)
        else:
            data = bytes(packed)
    except zlib.error:
        return None
    return data if len(data) == member.file_size and zlib.crc32(data) == member.CRC else None


def _add(target: ZipFile, info: ZipInfo, xml: bytes) -> None:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    packed = packer.compress(xml) + packer.flush()
    info.compress_type, info.CRC = ZIP_DEFLATED, zlib.crc32(xml)
    info.file_size, info.compress_size = len(xml), len(packed)
    _append(target, info, packed)


def _append(target: ZipFile, info: ZipInfo, packed: bytes | memoryview) -> None:
    """Write one member whose bytes are already compressed; zipfile itself can only compress again."""
    out = target.fp
    assert out is not None
    info.extra = b""
    info.header_offset = out.tell()
    out.write(info.FileHeader(False))
    out.write(packed)
    target.filelist.append(info)
    target.NameToInfo[info.filename] = info
    target.start_dir = out.tell()
    target._didModify = True  # type: ignore[attr-defined]  # there is no public way to add raw members


def stamp(path: Path) -> tuple[int, int, int]:
    """What tells that a file is still the one that was read."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino
