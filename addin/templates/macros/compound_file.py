"""Write an Office compound file, the small file system inside one file ([MS-CFB] version 3, read 2026-11).

Sectors of 512 bytes hold everything; streams below 4096 bytes share a "mini stream" cut into 64 bytes. Each chain of
sectors is a list in a table (the FAT): entry n names the sector that follows sector n. Same input, same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SECTOR, MINI_SECTOR, MINI_LIMIT = 512, 64, 4096
END_OF_CHAIN, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NOBODY = -1
PER_SECTOR = SECTOR // 4
MAX_FAT_SECTORS = 109  # what the header lists by itself; about 7 MB
STREAM, STORAGE, ROOT = 2, 1, 5
ENTRY_FORMAT = "<64sHBBiii16sIQQIQ"


@dataclass
class Stream:
    """A file inside the file."""

    name: str
    data: bytes


@dataclass
class Storage:
    """A folder inside the file."""

    name: str
    children: Sequence[Stream | Storage]


@dataclass
class _Entry:
    """One line of the directory; `left`, `right` and `child` are the numbers of other lines."""

    item: Stream | Storage
    number: int
    kind: int
    children: list[_Entry] = field(default_factory=list)
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    red: bool = False
    start: int = 0
    size: int = 0

    @property
    def order(self) -> tuple[int, str]:
        """Siblings are ordered by the length of the name, then by its capitals."""
        return len(self.item.name), self.item.name.upper()

    def packed(self) -> bytes:
        name = (self.item.name + "\0").encode("utf-16-le")
        colour = 0 if self.red else 1
        links = (self.left, self.right, self.child)
        return struct.pack(
            ENTRY_FORMAT, name, len(name), self.kind, colour, *links, b"", 0, 0, 0, self.start, self.size
        )


@dataclass
class _Sectors:
    """Sectors of one size and the table of their chains."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def put(self, blob: bytes) -> int:
        """Store `blob` as a chain; where it starts."""
        if not blob:
            return END_OF_CHAIN
        first, count = len(self.table), -(-len(blob) // self.size)
        self.data += blob + bytes(-len(blob) % self.size)
        self.table += [first + k + 1 for k in range(count - 1)] + [END_OF_CHAIN]
        return first


def compound_file(children: Sequence[Stream | Storage]) -> bytes:
    """The bytes of a compound file with these streams and storages at its root."""
    entries = list(_directory(Storage("Root Entry", children)))
    entries[0].kind = ROOT
    for entry in entries:
        full_levels = (len(entry.children) + 1).bit_length() - 1
        entry.child = _tree(sorted(entry.children, key=lambda e: e.order), 0, full_levels)
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    for entry in entries:
        if isinstance(entry.item, Stream):
            entry.size = len(entry.item.data)
            entry.start = (mini if entry.size < MINI_LIMIT else sectors).put(entry.item.data)
    entries[0].size, entries[0].start = len(mini.data), sectors.put(bytes(mini.data))
    mini_table = _table(mini.table)
    mini_at = sectors.put(mini_table)
    directory_at = sectors.put(_directory_sectors(entries))
    fat_at, fat_count = _put_fat(sectors)
    listed = [fat_at + k for k in range(fat_count)] + [FREE] * (MAX_FAT_SECTORS - fat_count)
    mini_count = len(mini_table) // SECTOR
    return _header(directory_at, mini_at, mini_count, fat_count, listed) + bytes(sectors.data)


def _directory(item: Stream | Storage, first: int = 0) -> Iterator[_Entry]:
    """The entry of `item` and of all below it, numbered in this order."""
    entry = _Entry(item, first, STREAM if isinstance(item, Stream) else STORAGE)
    yield entry
    following = first + 1
    for child in item.children if isinstance(item, Storage) else ():
        below = list(_directory(child, following))
        entry.children.append(below[0])
        following += len(below)
        yield from below


def _tree(siblings: list[_Entry], depth: int, full_levels: int) -> int:
    """Link sorted siblings as a balanced tree; a last level that is not full is red, all others are black."""
    if not siblings:
        return NOBODY
    middle = len(siblings) // 2
    top = siblings[middle]
    top.left = _tree(siblings[:middle], depth + 1, full_levels)
    top.right = _tree(siblings[middle + 1 :], depth + 1, full_levels)
    top.red = depth == full_levels
    return top.number


def _directory_sectors(entries: list[_Entry]) -> bytes:
    lines = b"".join(entry.packed() for entry in entries)
    unused = struct.pack(ENTRY_FORMAT, b"", 0, 0, 0, NOBODY, NOBODY, NOBODY, b"", 0, 0, 0, 0, 0)
    return lines + unused * (-len(entries) % (SECTOR // len(unused)))


def _table(entries: list[int]) -> bytes:
    filled = entries + [FREE] * (-len(entries) % PER_SECTOR)
    return struct.pack(f"<{len(filled)}I", *filled)


def _put_fat(sectors: _Sectors) -> tuple[int, int]:
    """Append the FAT, which lists its own sectors too; where it starts and how many sectors it takes."""
    count = 1
    while -(-(len(sectors.table) + count) // PER_SECTOR) > count:
        count += 1
    if count > MAX_FAT_SECTORS:
        raise ValueError("The macros are too large: this writer stops at about 7 MB.")
    start = len(sectors.table)
    sectors.data += _table(sectors.table + [FAT_SECTOR] * count)
    return start, count


def _header(directory_at: int, mini_at: int, mini_count: int, fat_count: int, fat_sectors: list[int]) -> bytes:
    signature = bytes.fromhex("D0CF11E0A1B11AE1")
    versions = (0x3E, 3, 0xFFFE, 9, 6)  # minor, major, little-endian, 2**9 bytes a sector, 2**6 a mini sector
    places = (0, fat_count, directory_at, 0, MINI_LIMIT, mini_at, mini_count, END_OF_CHAIN, 0)
    return struct.pack("<8s16s5H6s9I109I", signature, b"", *versions, b"", *places, *fat_sectors)
