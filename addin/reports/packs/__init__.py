"""One pack, one file: pages made together for one occasion, with an index.

A module here has `pack(workbook, copy) -> Pack`, and its name is the pack's, with a hyphen for each underscore. Its
docstring's first line says what the pack is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.core.book import Value
from addin.core.ib import session as sessions
from addin.core.language import joined, phrase
from addin.core.tables.layout import plain
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.errors import Problem, SheetMissing
from addin.reports.page import Page
from addin.reports.redact import FullView
from addin.workspace.tracker_files import heads, load_named
from addin.workspace.workbook import Workbook

LONGEST = 60
"""The longest file name of a page, in letters, without number and ending."""
MOST_NAMES = 12
PARTS = ("__init__", "sittings")
"""Modules of this folder that are no packs."""
PACKS = tuple(
    sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("*.py") if path.stem not in PARTS)
)
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a pack, and the name of its file in a folder."""

    name: str
    page: Page


@dataclass(frozen=True, slots=True)
class Pack:
    """All pages, the index first, and what its reader must know about missing data."""

    sheets: Sequence[Sheet]
    remarks: Sequence[str] = ()


def file_name(kind: str, number: int, *parts: str) -> str:
    """Return a name that every file system takes: `attendance-01-biology-hl-paper-1.html`."""
    words = plain(" ".join(parts)).replace(" ", "-")
    return f"{kind}-{number:02d}-{words[:LONGEST].strip('-')}".rstrip("-") + ".html"


def needed(workbook: Workbook, name: str, pack: str) -> Table:
    """Return a tracker's table. Raises Problem where it is missing or empty."""
    table = workbook.tables.get(name)
    if table is None or not len(table):
        sheet = workbook.settings.written.say(load_named([name], heads())[name].sheet)
        more = phrase("It is needed for the {pack}.", pack=pack)
        if table is None:
            raise SheetMissing(phrase("The {sheet} sheet is missing.", sheet=sheet), where=workbook.target, next=more)
        raise Problem(phrase("The {sheet} sheet has no rows.", sheet=sheet), where=workbook.target, next=more)
    return table


def for_people(copy: FullView, pack: str) -> None:
    """Raise Problem for a redacted copy of a pack that is nothing without names."""
    if copy.redacted:
        raise Problem(
            phrase("The {pack} is for names and numbers.", pack=pack), next=phrase("Make it without --redacted.")
        )


def rows_of(workbook: Workbook, name: str) -> list[Row]:
    """Return a tracker's rows; none where the workbook has no such sheet."""
    table = workbook.tables.get(name)
    return [table.row(index) for index in range(len(table))] if table else []


def latest_session(workbook: Workbook, rows: Sequence[Row]) -> tuple[str, str]:
    """Return the school's session as the rows write it, else the last one they have, and a remark where it is another.

    Letters about results are often written when the workbook is already on the next session.
    """
    found = {parsed: show(row["session"]) for row in rows if (parsed := sessions.parse(show(row["session"])))}
    own = sessions.parse(str(workbook.settings.values.get("session") or ""))
    if own in found or not found:
        return str(own) if own else "", ""
    last = max(found, key=lambda one: (one.year, one.month))
    return str(last), phrase(
        "There is nothing for {own}; these are of {last}, the last session there is.",
        own=own or phrase("the session"),
        last=last,
    )


def names_of(workbook: Workbook) -> dict[str, str]:
    """Return candidates' names by code: `Ida Berg`."""
    return {
        show(row["code"]).strip(): " ".join(show(row[one]) for one in ("first_names", "last_name") if row[one])
        for row in rows_of(workbook, "candidates")
    }


def some(names: Iterable[str]) -> str:
    """Return names for a remark, each once: the first few, and how many more there are."""
    once = list(dict.fromkeys(names))
    more = len(once) - MOST_NAMES
    names = ", ".join(once[:MOST_NAMES])
    return joined("", [names, phrase(" and {more} more", more=more)]) if more > 0 else names


def in_order(codes: Sequence[str], workbook: Workbook) -> list[str]:
    """Return codes in the order of last and first names."""
    rows = {show(row["code"]).strip(): row for row in rows_of(workbook, "candidates")}

    def key(code: str) -> tuple[str, str, str]:
        row = rows.get(code, {})
        return plain(show(row.get("last_name"))), plain(show(row.get("first_names"))), code

    return sorted(dict.fromkeys(codes), key=key)
