"""Equality of people, codes and headers: what differs only in the way it is written is the same; nothing else is."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.core.tables.equality import difference, fold, fold_code, loose_code, rounded_to, same


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("0012", " 0012\t", "blanks"),
        ("0012", "0012\N{NO-BREAK SPACE}", "blanks"),
        ("0012", "0012\N{IDEOGRAPHIC SPACE}", "blanks"),
        ("0012", "0012\u200b", "invisible characters"),
        ("0012", "\ufeff0012", "invisible characters"),
        ("0012", "00\u00ad12", "invisible characters"),
        ("0012", "\u202a0012\u202c", "invisible characters"),
        ("0012", "0012\u3164", "invisible characters"),
        ("0012", "0012\ufe0f", "invisible characters"),
        ("0012", "0012\x00", "invisible characters"),
        ("0012", "００１２", "full-width characters"),
        ("ガク", "ｶﾞｸ", "full-width characters"),
        ("A-12", "A–12", "another apostrophe or dash"),
        ("A-12", "A−12", "another apostrophe or dash"),
        ("A-12", "A－12", "full-width characters"),
        ("O'Neill", "O’Neill", "another apostrophe or dash"),
        ("O'Neill", "O´Neill", "another apostrophe or dash"),
        ("José", "Jose\u0301", "accents stored in another way"),
        ("각", "\u1100\u1161\u11a8", "accents stored in another way"),
        ("ab12", "AB12", "capital letters"),
        ("straße", "STRASSE", "capital letters"),
        ("iade", "İADE", "capital letters"),
    ],
)
def test_the_same_in_another_writing(one: str, other: str, how: str) -> None:
    assert same(one, other)
    assert fold_code(other) == fold_code(one)
    assert difference(one, other) == how


@pytest.mark.parametrize("written", ["٠٠١٢", "۰۰۱۲", "००१२", "๐๐๑๒", "𝟎𝟎𝟏𝟐"])
def test_the_numerals_of_every_script_are_the_same_code(written: str) -> None:
    assert fold_code("0012") == fold_code(written)
    assert difference("0012", written) == "numerals of another script"


@pytest.mark.parametrize(
    "written",
    ["#0012", "No. 0012", "ID 0012", '"0012"', "0012.", "00 12", "00\n12", "OO12", "ОО12", "00l2", "001²", "001②"],
)
def test_what_people_and_scanners_make_of_a_code_may_be_it(written: str) -> None:
    assert loose_code(written) == loose_code("0012")
    assert fold_code(written) != fold_code("0012")


@pytest.mark.parametrize(
    ("one", "other"), [("A12", "12"), ("IB12", "1812"), ("0x12", "0012"), ("BIO1", "8101"), ("1-11", "11-1")]
)
def test_another_code_is_no_question(one: str, other: str) -> None:
    assert loose_code(one) != loose_code(other)


@pytest.mark.parametrize("written", ["'0012", '="0012"', '= "0012"', "’0012", "' 0012 ", '="００12"', '="\u200b0012"'])
def test_a_code_kept_as_text_by_a_mark_is_that_code(written: str) -> None:
    assert fold_code("0012") == fold_code(written)
    assert not same("0012", written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0012", "12"),
        ("10012", "10012.0"),
        ("Fee ($)", "Fee (€)"),
        ("Diaz", "Díaz"),
        ("กำ", "กา"),
        ("A²", "A2"),
        ("?", "✓"),
        ("-", "?"),
        ("A.1", "A1"),
        ("Ⅳ", "IV"),
        ("=1+1", "1+1"),
        ("12.5", "125"),
    ],
)
def test_what_says_something_else_is_not_the_same(one: str, other: str) -> None:
    assert not same(one, other)
    assert fold_code(one) != fold_code(other)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("12", "0012"),
        ("10012.0", "10012"),
        ("10012,00", "10012"),
        ("1.00012E+11", "100012000000"),
        ("10,012", "10012"),
        ("10 012", "0010012"),
        ("0", "0000"),
        ("00A1", "A1"),
    ],
)
def test_a_code_that_went_through_a_number_may_be_the_other(written: str, code: str) -> None:
    assert loose_code(written) == loose_code(code)
    assert fold_code(written) != fold_code(code)


@pytest.mark.parametrize(
    "kept", ["'0012", '="0012"', '="="0012""', "＝＂００１２＂", '="＝＂００１２＂"', "''0012", '\'="0012"']
)
def test_a_code_kept_as_text_more_than_once_is_the_code(kept: str) -> None:
    assert fold_code(kept) == "0012"


def test_a_rounded_code_may_be_any_that_rounds_to_it() -> None:
    codes = ["100012345678", "100011500000", "100013000000", "10001", "abc"]
    assert rounded_to("1.00012E+11", codes) == ["100012345678", "100011500000"]
    assert rounded_to("123456789012345000", ["123456789012345678", "123456789012346000"]) == ["123456789012345678"]
    assert rounded_to("0012", codes) == []


def test_folding_twice_is_folding_once_for_every_character() -> None:
    characters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert [hex(ord(one)) for one in characters if fold(fold(one)) != fold(one)] == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(fold_code(text)) == fold_code(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["", " ", "\u200b", "\u200e", "\ufeff", "\N{NBSP}"]))
def test_form_blanks_and_invisible_characters_change_nothing(text: str, form: str, more: str) -> None:
    assert same(text, f"{more}{unicodedata.normalize(form, text)}{more}")
    assert fold_code(text) == fold_code(unicodedata.normalize(form, text) + more)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1.2E+5", "120000"), ("1.234567E+3", "1234"), ("1E+2", "100"), ("1.2e5", "120000"), ("1.200E+02", "120")],
)
def test_a_code_with_an_exponent_is_the_number_it_was_taken_for(written: str, meant: str) -> None:
    assert loose_code(written) == meant


@pytest.mark.parametrize(
    "sign", [0x00AD, 0x034F, 0x1160, 0x200B, 0x200F, 0x2060, 0xFE0F, 0xFEFF, 0x1BCA0, 0x1BCA3, 0xE0001]
)
def test_signs_that_nobody_sees_make_no_other_text(sign: int) -> None:
    assert fold(f"a{chr(sign)}b") == "ab" == fold_code(f"a{chr(sign)}b")
