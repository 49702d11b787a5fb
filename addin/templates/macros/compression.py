"""Compress a VBA source the way Office stores it ([MS-OVBA] 2.4.1, read 2026-11).

A container is the byte 01 and then, for every 4096 bytes of text, a header word and a chunk. A chunk is groups of one
flag byte and eight tokens: a token is a byte as it is, or a word that says "copy `length` bytes from `offset` back".
"""

import struct

CHUNK = 4096
SHORTEST_COPY = 3


def compress(data: bytes) -> bytes:
    """The compressed container for `data`."""
    container = bytearray(b"\x01")
    for start in range(0, len(data), CHUNK):
        plain = data[start : start + CHUNK]
        packed = _pack(plain)
        if len(packed) <= CHUNK:
            container += struct.pack("<H", 0xB000 | len(packed) - 1) + packed
        elif len(plain) == CHUNK:
            container += struct.pack("<H", 0x3FFF) + plain
        else:  # the format has no raw chunk that is shorter; VBA text never gets here
            raise ValueError("The last part of the text does not compress, so Office's format cannot hold it.")
    return bytes(container)


def _pack(plain: bytes) -> bytes:
    """One chunk: flag bytes and tokens, always the longest copy and the nearest among equals."""
    packed = bytearray()
    seen: dict[bytes, list[int]] = {}  # three bytes -> where they began in this chunk
    at = 0
    while at < len(plain):
        flag_at, flags = len(packed), 0
        packed.append(0)
        for bit in range(8):
            if at >= len(plain):
                break
            offset, length = _longest_copy(plain, at, seen.get(plain[at : at + SHORTEST_COPY], []))
            if length:
                packed += struct.pack("<H", (offset - 1) << (16 - _offset_bits(at)) | (length - SHORTEST_COPY))
                flags |= 1 << bit
            else:
                packed.append(plain[at])
            for begin in range(at, at + max(length, 1)):
                seen.setdefault(plain[begin : begin + SHORTEST_COPY], []).append(begin)
            at += max(length, 1)
        packed[flag_at] = flags
    return bytes(packed)


def _longest_copy(plain: bytes, at: int, begins: list[int]) -> tuple[int, int]:
    """(offset, length) of the best copy at this place; length 0 where there is none."""
    most = min((0xFFFF >> _offset_bits(at)) + SHORTEST_COPY, len(plain) - at)
    if most < SHORTEST_COPY:
        return 0, 0
    best_offset = best_length = 0
    for begin in reversed(begins):
        length = SHORTEST_COPY
        while length < most and plain[begin + length] == plain[at + length]:
            length += 1
        if length > best_length:
            best_offset, best_length = at - begin, length
        if length == most:
            break
    return best_offset, best_length


def _offset_bits(position: int) -> int:
    """How many of a copy token's 16 bits hold the offset: enough for the text so far, at least four."""
    return max(4, (position - 1).bit_length())
