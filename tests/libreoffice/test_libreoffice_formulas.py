"""Formulas in Excel's spelling and in LibreOffice's: there and back, and what must not be touched."""

import pytest

from addin.libreoffice.formats import CODE_PARTS
from addin.libreoffice.formulas import to_calc, to_excel

PAIRS = [
    ("=SUM(A1:B1,1)", "=SUM(A1:B1;1)"),
    ("='My list 2'!$A$1+Sheet1!B2", "=$'My list 2'.$A$1+$Sheet1.B2"),
    ('=IF(A1>0,"a;b 1,5","say ""x,y""")', '=IF(A1>0;"a;b 1,5";"say ""x,y""")'),
    ("=SUM({1,2;3,4})", "=SUM({1;2|3;4})"),
    ("=A1*1.50+B00", "=A1*1.50+B00"),
    ("=10", "=10"),
]


@pytest.mark.parametrize(("excel", "calc"), PAIRS)
def test_there_and_back(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc
    assert to_excel(calc) == excel


@pytest.mark.parametrize("text", ["", "a;b", "1,5", "Sheet1!A1"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert to_calc(text) == to_excel(text) == text


@pytest.mark.parametrize(
    ("calc", "excel"),
    [
        ("MM/DD/YY;@", "mm/dd/yy;@"),
        ("[HH]:MM:SS", "[hh]:mm:ss"),
        ('"Days" D "of" MMMM', '"Days" d "of" mmmm'),
        ("[RED]-#,##0.00", "[RED]-#,##0.00"),
        ("H:MM AM/PM", "h:mm AM/PM"),
        ("General", "General"),
    ],
)
def test_number_formats_are_spelled_as_in_excel(calc: str, excel: str) -> None:
    assert CODE_PARTS.sub(lambda found: found[0].lower() if found[1] else found[0], calc) == excel
