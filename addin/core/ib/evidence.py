"""The IB's codes for its standards and practices: how they are built, and what is known of their names.

`CCSS-PP-RRpn`: category and standard, practice, requirement with its programme (1 PYP, 2 MYP, 3 DP, 4 CP, 0 all).
Sources: school and evaluation documents that quote the codes (vdocuments.net, aism.co.mz, brainscape), checked
2026-11-21; titles of 0402 to 0404 were not verified. The text of the requirements is the IB's and is not kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.language import phrase
from addin.core.regex import regex

CATEGORIES: Mapping[str, str] = {"01": "Purpose", "02": "Environment", "03": "Culture", "04": "Learning"}
STANDARDS: Mapping[str, str] = {
    "0101": "purpose", "0201": "leadership and governance", "0202": "student support", "0203": "teacher support",
    "0301": "culture", "0401": "curriculum", "0402": "lifelong learners", "0403": "approaches to teaching",
    "0404": "assessment",
}  # fmt: skip
PROGRAMMES: Mapping[str, str] = {"1": "PYP", "2": "MYP", "3": "DP", "4": "CP"}
_CODE = regex(r"(\d{4})(?:-(\d{2})(?:-(\d{4}))?)?")


def name_of(code: str) -> str:
    """`Environment, leadership and governance` for `0201-01-0223`; "" for a standard that is not known."""
    standard = STANDARDS.get(code[:4], "")
    category = CATEGORIES.get(code[:2], "")
    return category if category.casefold() == standard else f"{category}, {standard}" if standard else ""


def codes(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Codes that cannot be: another form, a standard that does not exist, the line of another programme.

    A code on the school's own list (psp_codes) is known; what the list lacks is held against the structure alone.
    """
    listed = set(context.list("psp_codes").get("code", ()))
    column = next((name for name in ("code", "codes") if rows and name in rows[0]), "")
    for index, row in enumerate(rows) if column else ():
        for code in (part.strip() for part in (row.get(column) or "").split(";")):
            if column == "code" and not _CODE.fullmatch(code):
                continue  # the pattern of the column says so
            if code and (fault := _fault(code, row.get("programme"), known=code in listed)):
                yield Violation(index, column, *fault)


def _fault(code: str, programme: str | None, *, known: bool) -> tuple[str, str] | None:
    match = _CODE.fullmatch(code)
    if not match:
        return phrase(
            "{code} is not a code of the standards and practices.", code=code
        ), "Write it as 0201, 0201-01 or 0201-01-0231."
    if not known and match[1] not in STANDARDS:
        return phrase("There is no standard {standard} (in {code}).", standard=match[1], code=code), phrase(
            "The standards are {standards}.", standards=list(STANDARDS)
        )
    asked = PROGRAMMES.get((match[3] or "0000")[2], "")
    if not known and match[3] and match[3][2] not in "01234":
        return phrase(
            "{code} names no programme.", code=code
        ), "The third digit of the last part is 0 (all), 1 PYP, 2 MYP, 3 DP or 4 CP."
    mine = [part.strip() for part in (programme or "").split(";") if part.strip()]
    if asked and mine and asked not in mine and "All" not in mine:
        return (
            phrase("{code} is a line of the {asked}, but the row is for {mine}.", code=code, asked=asked, mine=mine),
            "Correct the code or programme.",
        )
    return None
