"""CSV of any shape: encoding and delimiter are found, or the file is refused; our own export comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.core.book import Grid, Value, trimmed
from addin.core.language import phrase
from addin.core.recognition.source import Source
from addin.core.tables.csv_text import NAMES, CsvError, declared_delimiter, delimiter, from_csv, parse
from addin.core.tables.encodings import Decoded, decode, decode_as, has_bad_byte, name_of
from addin.errors import Problem

SUFFIXES = [".csv", ".tsv", ".txt"]
ENCODED = True
AGAIN = phrase("Save it again as CSV UTF-8, or as a workbook.")
OTHER_FILES = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}
"""The first bytes of files that are no text."""
MOST_DAMAGED = 0.05
"""With more rows than this part unreadable the file is refused."""
SAMPLE = 60


def read(path: Path, encoding: str = "") -> list[Source]:
    """The file's one sheet, every cell text; it bears the file's name. Raises Problem."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Problem(
            phrase("cannot be read: {strerror}.", strerror=error.strerror),
            where=str(path),
            next=phrase("Check the name."),
        ) from None
    for mark, suffix in OTHER_FILES.items():
        if data.startswith(mark):
            raise Problem(
                phrase("is a workbook ({suffix}), not text.", suffix=suffix),
                where=str(path),
                next=phrase("Rename it to {suffix}.", suffix=suffix),
            )
    found = _named(data, encoding, path) if encoding else decoded(data, path)
    declared, text = declared_delimiter(found.text)
    sign = declared or delimiter(text)
    try:
        rows = parse(text, sign)
    except CsvError as error:
        where = f"{path}, line {error.line + (text is not found.text)}"
        raise Problem(f"{error}.", where=where, next=phrase("Correct that line, then import again.")) from None
    return [_source(path, found, sign, rows)]


def _named(data: bytes, encoding: str, path: Path) -> Decoded:
    """The text in the encoding that the person named."""
    try:
        return Decoded(decode_as(data, encoding), encoding)
    except LookupError:
        raise Problem(
            phrase("There is no encoding {encoding}.", encoding=f"{encoding!r}"),
            next=phrase("Use, for example, utf-8, cp1252 or gb18030."),
        ) from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Problem(
            phrase("is not written in {name_of}.", name_of=name_of(encoding)),
            where=f"{path}, line {line}",
            next=phrase("Name another --encoding."),
        ) from None


def decoded(data: bytes, path: Path) -> Decoded:
    """The text in the encoding that was found. Raises Problem where that is not certain."""
    found = decode(data)
    if found.text or not data:
        return found
    if not found.others:
        raise Problem(phrase("is not text in any usual encoding."), where=str(path), next=AGAIN)
    texts = [one.text.splitlines() for one in found.others]
    lines = next((lines for lines in zip(*texts, strict=False) if len(set(lines)) > 1), None)
    shown = map(_sample, lines or (one.text for one in found.others))
    readings = " or ".join(f"{name_of(one.encoding)}, “{line}”" for one, line in zip(found.others, shown, strict=True))
    raise Problem(
        phrase("its encoding is not certain: it may be {readings}.", readings=readings),
        where=str(path),
        next=phrase(
            "Add --encoding {others} if one of these is right, else save it as CSV UTF-8.",
            others=" or ".join(one.encoding for one in found.others),
        ),
    )


def _sample(text: str) -> str:
    """The first line with a character that depends on the encoding, and only what is around it."""
    line = next((line for line in text.splitlines() if not line.isascii()), "")
    first = next((index for index, sign in enumerate(line) if not sign.isascii()), 0)
    return line[max(0, first - SAMPLE // 2) : first + SAMPLE // 2].strip()


def _source(path: Path, found: Decoded, sign: str, rows: Sequence[Sequence[str]]) -> Source:
    damaged: dict[int, str] = {}
    if found.assumed and found.encoding == "utf-8":
        damaged = {
            number: "it holds a byte that is no UTF-8 character"
            for number, row in enumerate(rows, 1)
            if any(map(has_bad_byte, row))
        }
        if 1 in damaged or len(damaged) > max(1, MOST_DAMAGED * len(rows)):
            line = next(n for n, line in enumerate(found.text.splitlines(), 1) if has_bad_byte(line))
            raise Problem(phrase("holds bytes that are no UTF-8 characters."), where=f"{path}, line {line}", next=AGAIN)
    cells = [[] if number in damaged else [_cell(text) for text in row] for number, row in enumerate(rows, 1)]
    assumed = _sample(found.text) if found.assumed and found.encoding != "utf-8" else ""
    separator = phrase(NAMES[sign]) if sign in NAMES else repr(sign)
    reading = phrase("{encoding}, separated by {separator}", encoding=name_of(found.encoding), separator=separator)
    return Source(
        Grid(path.stem, trimmed(cells)), reading, assumed, [len(row) for row in rows], damaged, separator=sign
    )


def _cell(text: str) -> Value:
    return from_csv(text) if text and not text.isspace() else None
