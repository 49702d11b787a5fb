"""Just enough XML on bytes: a part is never parsed into a tree and written out again, so nothing unknown is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from addin.core.language import phrase
from addin.core.regex import regex
from addin.errors import BookProblem

ATTRIBUTE = regex(rb"""(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# A tag holds no "<", not even in an attribute: so every look at one ends at the next, however damaged the file is.
INSIDE = rb"""(?:[^<>"']|"[^<"]*"|'[^<']*')*?"""
TAG = regex(rb"<(/?)([A-Za-z_][\w:.-]*)(" + INSIDE + rb")(/?)>")
REST_OF_TAG = regex(rb"(?=[\s/>])(" + INSIDE + rb")(/?)>")
END_OF_TAG = regex(rb"\s*>")
ENTITY = regex(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
COMMENT_OR_DATA = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
ENCODING = regex(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
ROOT = regex(rb"<([A-Za-z_][\w.-]*)(:?)")


def unescape(text: str) -> str:
    """The characters that XML's entities stand for; only XML's own five names, never HTML's."""
    return ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    code, number, name = match.groups()
    if name:
        return NAMED[name]
    point = int(code, 16) if code else int(number)
    return chr(point) if point < 0x110000 else "\ufffd"


def escape(text: str) -> str:
    """Text made safe for element content and for attributes in double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def decode(raw: bytes) -> str:
    """The text that element content stands for; line ends become LF, as the XML standard asks."""
    text = raw.decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unescape(text)


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, in their order."""
    return {name.decode(): decode(double or single) for name, double, single in ATTRIBUTE.findall(tag)}


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """The start tag with one attribute set, or taken away when the value is None; what follows the tag stays."""
    if value is None and name.encode() not in tag:
        return tag
    if b"<" in tag[1:] and (start := TAG.match(tag)):
        return with_attribute(start[0], name, value) + tag[start.end() :]
    new, called = b"" if value is None else f' {name}="{escape(value)}"'.encode(), name.encode()
    for match in ATTRIBUTE.finditer(tag):
        if match[1] == called:
            return tag[: match.start()].rstrip() + new + tag[match.end() :]
    if value is None:
        return tag
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + new + tag[end:]


class Found:
    """An element, asked as a match is: 0 is all of it, 1 its attributes, 2 its content (None in <x/>)."""

    __slots__ = ("_spans", "_xml")

    def __init__(self, xml: bytes, *spans: tuple[int, int] | None) -> None:
        self._xml, self._spans = xml, spans

    def span(self, part: int = 0) -> tuple[int, int]:
        return self._spans[part] or (-1, -1)

    def start(self, part: int = 0) -> int:
        return self.span(part)[0]

    def end(self, part: int = 0) -> int:
        return self.span(part)[1]

    def __getitem__(self, part: int) -> Any:  # bytes, and None for the content of <x/>
        span = self._spans[part]
        return None if span is None else self._xml[span[0] : span[1]]


class Element:
    """Finds elements of one name that do not hold themselves. A pattern for each name would cost a click 5 ms."""

    def __init__(self, name: str) -> None:
        self.opening, self.closing = f"<{name}".encode(), f"</{name}".encode()

    def search(self, xml: bytes, place: int = 0) -> Found | None:
        """The first one from this place on."""
        return next(self.finditer(xml, place), None)

    def finditer(self, xml: bytes, place: int = 0) -> Iterator[Found]:
        """All of them from this place on. An element that is never closed is passed over, and looked for only once."""
        may_close = True
        while (start := xml.find(self.opening, place)) >= 0:
            place = start + len(self.opening)
            tag = REST_OF_TAG.match(xml, place)
            if tag and tag[2]:
                place = tag.end()
                yield Found(xml, (start, place), tag.span(1), None)
            elif tag and may_close:
                close = self._close(xml, tag.end())
                may_close = close is not None
                if close:
                    place = close[1]
                    yield Found(xml, (start, place), tag.span(1), (tag.end(), close[0]))

    def _close(self, xml: bytes, place: int) -> tuple[int, int] | None:
        while (start := xml.find(self.closing, place)) >= 0:
            place = start + len(self.closing)
            if end := END_OF_TAG.match(xml, place):
                return start, end.end()
        return None

    def sub(self, new: Callable[[Found], bytes], xml: bytes) -> bytes:
        """The XML with each of them replaced."""
        pieces, done = [], 0
        for found in self.finditer(xml):
            pieces += [xml[done : found.start()], new(found)]
            done = found.end()
        return b"".join([*pieces, xml[done:]])


@cache
def element(name: str) -> Element:
    """What finds elements of this name."""
    return Element(name)


@cache
def pattern(name: str) -> re.Pattern[bytes]:
    """The same as a pattern, for elements that hold nothing but text. It costs more to make and less to use, which pays
    for what is in many cells."""
    word = re.escape(name.encode())
    return re.compile(rb"<" + word + rb"(?=[\s/>])(" + INSIDE + rb")(?:/>|>([^<]*)</" + word + rb"\s*>)")


def children(xml: bytes, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of each element directly inside the stretch of XML."""
    depth, begun, name = 0, 0, ""
    for match in TAG.finditer(xml, start, end):
        closing, word, _, empty = match.groups()
        if closing:
            depth -= 1
            if depth < 0:
                return
        elif not depth:
            begun, name = match.start(), word.decode()
        if not closing and not empty:
            depth += 1
        if depth == 0:
            yield name, begun, match.end()


def normal(xml: bytes, part: str) -> bytes:
    """The same XML in the one dialect that the rest of the package knows: UTF-8, no comments, no CDATA, no prefix on
    the main namespace. What spreadsheet programs write passes through as it is. Refuses document type declarations,
    the stuff of XML bombs: workbooks never have them."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = xml.decode("utf-16")
        xml = re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.S).encode("utf-8")
    elif (encoding := ENCODING.match(xml)) and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        xml = xml[encoding.end() :].decode(encoding[1].decode()).encode("utf-8")
    if b"!" in xml and b"<!" in xml:  # one rare character is found ten times as fast as two
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise BookProblem(
                phrase(
                    "the part {part} declares a document type, which no spreadsheet program writes and which "
                    "can be used to attack a computer.",
                    part=part,
                ),
                next=phrase("Ask whoever sent the file for one saved by Excel."),
            )
        xml = _without_comments(xml, part)
    root = ROOT.search(xml)
    return without_prefix(xml, root[1]) if root and root[2] else xml


def _without_comments(xml: bytes, part: str) -> bytes:
    """The XML without comments, and with CDATA as plain text."""
    pieces, done = [], 0
    while (start := xml.find(b"<!", done)) >= 0:
        kind = next((kind for kind in COMMENT_OR_DATA if xml.startswith(kind, start)), None)
        end = xml.find(COMMENT_OR_DATA[kind], start) if kind else -1
        if kind is None or end < 0:
            raise BookProblem(
                phrase("the part {part} breaks off in the middle.", part=part),
                next=phrase("Open it in Excel and let it repair."),
            )
        text = xml[start + len(kind) : end] if kind == b"<![CDATA[" else b""
        pieces += [xml[done:start], escape(text.decode()).encode()]
        done = end + len(COMMENT_OR_DATA[kind])
    return b"".join([*pieces, xml[done:]])


def without_prefix(xml: bytes, prefix: bytes) -> bytes:
    """`<x:row>` becomes `<row>`, and `xmlns:x` becomes `xmlns`; only where that changes no meaning."""
    if re.search(rb"<[A-Za-z_][\w.-]*[\s/>]", xml) or re.search(rb"\sxmlns\s*=", xml):
        return xml
    xml = xml.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
    return re.sub(rb"\sxmlns:" + re.escape(prefix) + rb"(\s*=)", rb" xmlns\1", xml)


def with_prefixes(xml: bytes, wanted: dict[str, str]) -> bytes:
    """The XML with these prefixes for these namespaces, whatever a program called them (openpyxl writes `ns0:shape`).

    Where a prefix means something else in the part, or a namespace has several, nothing is changed.
    """
    if all(b' xmlns:%s="%s"' % (prefix.encode(), uri.encode()) in xml for prefix, uri in wanted.items()):
        return xml  # as Excel and we write it
    new: dict[bytes, bytes] = {}
    for prefix, uri in wanted.items():
        declared = {*re.findall(rb"""\sxmlns:([\w.-]+)\s*=\s*["']%s["']""" % re.escape(uri.encode()), xml)}
        if len(declared) > 1:
            return xml
        new |= {old: prefix.encode() for old in declared if old != prefix.encode()}
    taken = {*re.findall(rb"\sxmlns:([\w.-]+)\s*=", xml)} - new.keys()
    if not new or not taken.isdisjoint(new.values()):
        return xml
    old = b"|".join(map(re.escape, new))
    names = re.compile(rb"""("[^"]*"|'[^']*')|(?<=[<\s/])(?:(xmlns:)(%s)(?=\s*=)|(%s)(?=:))""" % (old, old))

    def renamed(match: re.Match[bytes]) -> bytes:
        return match[1] or (match[2] or b"") + new[match[3] or match[4]]

    return TAG.sub(lambda tag: names.sub(renamed, tag[0]), xml)
