"""Results letters: one for each candidate, with grades, points and result; never a PIN."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from addin.core.ib import session as sessions
from addin.core.language import phrase
from addin.core.tables.values import show
from addin.core.text import counted
from addin.reports import dates, facts
from addin.reports.packs import (
    Pack,
    Row,
    Sheet,
    file_name,
    for_people,
    in_order,
    latest_session,
    names_of,
    needed,
    rows_of,
    some,
)
from addin.reports.page import Block, Fields, Grid, Item, Link, Page, Signatures, Words, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

NAME = phrase("results letters")
LEVELS = {"HL": 0, "SL": 1, "EE": 2, "TK": 3}
AFTER = ("transcript", "enquir")
"""Words of the IB's dates that a family must know once the results are there."""
CHECK = "These grades are as the school entered them. The IB's own results are what counts."


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return an index and a letter for each candidate with results. Raises Problem where there are none."""
    for_people(copy, NAME)
    needed(workbook, "results", NAME)
    everything = rows_of(workbook, "results")
    session, remark = latest_session(workbook, everything)
    grades = _by_candidate(everything, session)
    awards = {code: rows[0] for code, rows in _by_candidate(rows_of(workbook, "awards"), session).items()}
    names, lines = names_of(workbook), facts.heading_lines(workbook)
    sheets = []
    for number, code in enumerate(in_order([*grades, *awards], workbook), 1):
        page = _letter(workbook, code, names.get(code, ""), grades.get(code, []), awards.get(code), session)
        sheets.append(Sheet(file_name("letter", number, code), page))
    remarks = [one for one in (remark, *_gaps(workbook, session, grades, awards)) if one]
    return Pack([Sheet("index.html", _index(sheets, grades, awards, remarks, lines, copy)), *sheets], remarks)


def _by_candidate(rows: Iterable[Row], session: str) -> dict[str, list[Row]]:
    wanted = sessions.parse(session)
    found: dict[str, list[Row]] = {}
    for row in rows:
        code = show(row["candidate"]).strip()
        if code and sessions.parse(show(row["session"])) == wanted:
            found.setdefault(code, []).append(row)
    return found


def _letter(workbook: Workbook, code: str, name: str, rows: Sequence[Row], award: Row | None, session: str) -> Page:
    ordered = sorted(rows, key=lambda row: (LEVELS.get(show(row["level"]), 9), show(row["subject"])))
    lines: list[list[Item]] = [[show(row["subject"]), show(row["level"]), show(row["grade"]) or "-"] for row in ordered]
    blocks: list[Block] = []
    if lines:
        blocks.append(Grid("Grades", ("Subject", "Level", "Grade"), lines, (5, 1.2, 1.2)))
    if award:
        pairs = (("Total points", "points"), ("Points for essay and TOK", "core_points"), ("Result", "result"))
        known = [(title, show(award[key])) for title, key in pairs if award[key] is not None]
        blocks.append(Fields("Result", [*known, *_codes(workbook, award)]))
    blocks.append(Words("What comes next", _next(workbook)))
    blocks.append(Signatures("Signed", CHECK, ("Coordinator",)))
    head = [f"Candidate {code} · Session {session}", *facts.heading_lines(workbook)[:1]]
    return Page(name or f"Candidate {code}", head, blocks, "Confidential: for the candidate and the family.")


def _codes(workbook: Workbook, award: Row) -> list[tuple[str, str]]:
    """Why the diploma is not awarded, in the words of the list of requirements codes."""
    known = workbook.settings.lists.get("diploma_codes", {})
    meaning = dict(zip(known.get("code", ()), known.get("meaning", ()), strict=False))
    codes = [part.strip() for part in show(award["codes"]).split(";") if part.strip()]
    words = "; ".join(f"{code}: {meaning[code]}" if code in meaning else code for code in codes)
    return [("Requirements not met", words)] if words else []


def _next(workbook: Workbook) -> list[str]:
    """The IB's dates for transcripts and enquiries that are still to come."""
    today = workbook.settings.today
    found = [
        f"{one.event}: {on(one.starts)}."
        for one in dates.of_the_ib(workbook.settings)
        if one.starts and one.starts >= today and any(word in one.event.casefold() for word in AFTER)
    ]
    return [*found, "An enquiry upon results and a transcript need your written consent: ask the coordinator."]


def _gaps(
    workbook: Workbook, session: str, grades: Mapping[str, Sequence[Row]], awards: Mapping[str, Row]
) -> list[str]:
    """Who is registered and has no result, and who has no line on Awards."""
    registered = _by_candidate(rows_of(workbook, "registrations"), session)
    missing = [code for code in registered if code not in grades]
    found = [phrase("No results, so no grades in the letter: {names}.", names=some(missing))] if missing else []
    if "awards" in workbook.tables:
        without = [code for code in grades if code not in awards]
        found += [phrase("No line on Awards, so no points: {names}.", names=some(without))] if without else []
    open_ = [code for code, rows in grades.items() if any(show(row["grade"]) in ("", "N") for row in rows)]
    return found + ([phrase("A grade is missing or N: {names}.", names=some(open_))] if open_ else [])


def _index(
    sheets: Sequence[Sheet],
    grades: Mapping[str, Sequence[Row]],
    awards: Mapping[str, Row],
    remarks: Sequence[str],
    lines: Sequence[str],
    copy: FullView,
) -> Page:
    rows: list[list[Item]] = []
    for sheet in sheets:
        code = sheet.page.lines[0].split(" ")[1]
        award = awards.get(code)
        rows.append(
            [
                Link(sheet.page.title, sheet.name),
                code,
                len(grades.get(code, ())),
                show(award["result"]) if award else "",
            ]
        )
    blocks: list[Block] = [
        Grid(f"{counted(len(rows), 'letter')}", ("Candidate", "Code", "Grades", "Result"), rows, (3, 1.5, 1, 3))
    ]
    if remarks:
        blocks.append(Words("Missing or to check", list(remarks)))
    return Page("Results letters", lines, blocks, facts.foot(copy))
