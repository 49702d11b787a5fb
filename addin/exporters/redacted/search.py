"""The last look at a redacted copy: every part is read back and searched for everything private."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO

from addin.backends.ooxml.styles import Styles
from addin.backends.ooxml.values import from_serial, uncode
from addin.core.redaction import Redaction
from addin.core.regex import regex
from addin.exporters.redacted.sheets import CopiedSheet

PARTS = regex(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/(?:_rels/)?sheet\d+\.xml(?:\.rels)?|xl/tables/table\d+\.xml"
)
SAID = {
    "numFmt": "formatCode",
    "cellStyle": "name",
    "sheet": "name",
    "tableColumn": "name",
    "table": "displayName",
    "name": "val",
}
"""The attributes that may hold a person's words; all others are ours, or numbers."""
PSEUDONYM = regex(r"P-[a-z0-9]{7}")


def remains(data: bytes, sheets: list[CopiedSheet], redaction: Redaction) -> list[str]:
    """The parts that still hold something private, or should not be there at all."""
    listed = set().union(*(sheet.listed for sheet in sheets)) if sheets else set()
    found = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        kinds = Styles(archive.read("xl/styles.xml")).date_styles()
        for name in archive.namelist():
            if not PARTS.fullmatch(name):
                found.append(name)
                continue
            xml = archive.read(name)
            texts = {text for text in _said(xml) if text not in listed}
            if any(redaction.finder.spans(text) for text in texts) or _has_private_date(xml, kinds, redaction):
                found.append(name)
    return found


def _said(xml: bytes) -> Iterator[str]:
    """Every text of a part, and every attribute that may hold a person's words, decoded."""
    from defusedxml.ElementTree import fromstring

    for one in fromstring(xml).iter():
        word = one.tag.rpartition("}")[2]
        said = one.attrib.get(SAID.get(word, ""), "")
        if said:
            yield uncode(said)
        if one.text and word != "v":
            yield PSEUDONYM.sub("", uncode(one.text))


def _has_private_date(xml: bytes, kinds: dict[bytes, str], redaction: Redaction) -> bool:
    """Whether a cell shows a private date as a number of days."""
    for style, value in re.findall(rb'<c r="[A-Z]+\d+" s="(\d+)"><v>([\d.]+)</v>', xml):
        if style in kinds:
            shown = from_serial(float(value), "date", False)
            if isinstance(shown, date) and date(shown.year, shown.month, shown.day) in redaction.finder.private.dates:
                return True
    return False
