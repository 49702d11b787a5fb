"""Regular expressions of a module: compiled once, at their first use."""

from __future__ import annotations

import re

import pytest

from addin.core.regex import regex


def test_a_pattern_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile
    monkeypatch.setattr(re, "compile", lambda source, flags=0: compiled.append(source) or compile_(source, flags))
    word = regex("[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert [bool(word.fullmatch(text)) for text in ("Abc", "a1")] == [True, False]
    assert compiled == ["[a-z]+"]


def test_it_does_what_a_compiled_one_does() -> None:
    digits = regex(rb"(\d+)")
    assert digits.sub(rb"<\1>", b"a12") == b"a<12>"
    assert digits.pattern == rb"(\d+)"
    assert [match[1] for match in digits.finditer(b"1 22")] == [b"1", b"22"]
