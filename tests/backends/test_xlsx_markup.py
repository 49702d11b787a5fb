"""Elements are found alike by both means, however odd the XML is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addin.backends.ooxml.markup import attributes, element, pattern, with_attribute

PIECES = st.sampled_from([
    b"<f>", b"</f>", b"<f/>", b'<f a="1>2"/>', b"<f a='/>'>", b"<fx>", b"</fx>", b"</f >", b"<f", b' b="c"', b" ",
    b"x", b'"', b"/>", b">",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map(b"".join), st.integers(0, 9))
def test_an_element_is_found_as_by_a_pattern(xml: bytes, place: int) -> None:
    ours = [(m.span(), m.span(1), m.span(2)) for m in element("f").finditer(xml, place)]
    assert ours == [(m.span(), m.span(1), m.span(2)) for m in pattern("f").finditer(xml, place)]
    assert element("f").sub(lambda found: b"[%s]" % (found[2] or b""), xml) == pattern("f").sub(
        lambda match: b"[%s]" % (match[2] or b""), xml
    )


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
