"""Elements are found alike by both means, however odd the XML is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.backends.ooxml.markup import INSIDE, attributes, element, normal, pattern, with_attribute
from addin.errors import BookProblem

PIECES = st.sampled_from([
    b"<f>", b"</f>", b"<f/>", b'<f a="1>2"/>', b"<f a='/>'>", b"<fx>", b"</fx>", b"</f >", b"<f", b' b="c"', b" ",
    b"x", b'"', b"/>", b">",
])  # fmt: skip

WHOLE = re.compile(rb"<f(?=[\s/>])(" + INSIDE + rb")(?:/>|>(.*?)</f\s*>)", re.S)
"""Any element of the name, found by the plainest of patterns (which takes its time where none is closed)."""


@given(st.lists(PIECES, max_size=14).map(b"".join), st.integers(0, 9))
def test_an_element_is_found_as_by_a_pattern(xml: bytes, place: int) -> None:
    ours = [(m.span(), m.span(1), m.span(2)) for m in element("f").finditer(xml, place)]
    assert ours == [(m.span(), m.span(1), m.span(2)) for m in WHOLE.finditer(xml, place)]
    assert element("f").sub(lambda found: b"[%s]" % (found[2] or b""), xml) == WHOLE.sub(
        lambda match: b"[%s]" % (match[2] or b""), xml
    )


@pytest.mark.parametrize("piece", [b"<f>", b"<f a='", b'<f a="<f', b"<f/><f>", b"<fx", b"<f a=b" + b"x" * 9])
def test_what_is_never_closed_takes_no_time(piece: bytes) -> None:
    start = time.process_time()
    xml = piece * 60_000
    list(element("f").finditer(xml)), pattern("f").findall(xml)
    assert attributes(b"<f " + b"a" * 200_000) == {}
    assert time.process_time() - start < 2


def test_comments_and_data_are_plain_text_and_an_open_one_is_damage() -> None:
    assert normal(b"<a><!-- <b> --><![CDATA[1<2]]></a>", "a") == b"<a>1&lt;2</a>"
    start = time.process_time()
    with pytest.raises(BookProblem, match="breaks off"):
        normal(b"<a>" + b"<!--" * 200_000, "a")
    assert time.process_time() - start < 1


@given(st.dictionaries(st.sampled_from(["s", "t", "r", "xs"]), st.sampled_from(["1", 'a"b', "<&>"])), st.booleans())
def test_one_attribute_is_set_or_taken_away_and_the_others_stay(words: dict[str, str], gone: bool) -> None:
    tag = b"<c/>"
    for name, value in words.items():
        tag = with_attribute(tag, name, value)
    wanted = {**words, "s": "9"}
    if gone:
        wanted.pop("s")
    changed = with_attribute(tag, "s", None if gone else "9")
    assert attributes(changed) == wanted and changed.endswith(b"/>")
