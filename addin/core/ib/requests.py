"""Requests around the results: transcripts to institutions, enquiries upon results, and the consent that each needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from addin.core.ib import Row
from addin.core.ib.days import day
from addin.core.language import phrase

TRANSCRIPTS, ENQUIRIES = "transcripts", "eur"
REQUESTS = (TRANSCRIPTS, ENQUIRIES)
OF_ONE = ("1 re-mark", "1 report", "2B")
"""Kinds of enquiry that are about one candidate; the others are about all candidates of a subject and level."""


def is_open(name: str, row: Row) -> bool:
    """Whether a request still has to be entered in IBIS."""
    if name == TRANSCRIPTS:
        return row.get("state") in (None, "Asked") and row.get("entered") is None
    return row.get("state") in (None, "Wanted") and row.get("requested") is None


def is_for_everybody(name: str, row: Row) -> bool:
    """Whether an enquiry is about all candidates of a subject and level."""
    return name == ENQUIRIES and row.get("type") not in (*OF_ONE, None)


def needs_consent(name: str, row: Row, kinds: Mapping[str, Sequence[str]]) -> bool:
    """Whether a request needs consent: each transcript, and the kinds of enquiry whose list does not say no."""
    if name == TRANSCRIPTS:
        return True
    codes, says = kinds.get("code", ()), kinds.get("consent", ())
    return dict(zip(codes, says, strict=False)).get(str(row.get("type")), "yes") != "no"


def missing_consent(name: str, row: Row, kinds: Mapping[str, Sequence[str]], today: date) -> str:
    """Why a request may not be made: its consent is missing, refused or of a day to come; "" where nothing is."""
    given = row.get("consent")
    if not needs_consent(name, row, kinds):
        return ""
    if given is None or given is False:
        return phrase("consent is refused") if given is False else phrase("consent is missing")
    signed = day(given)
    return phrase("consent is of a day to come") if signed and signed > today else ""
