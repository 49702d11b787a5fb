"""The evaluation pack: the evidence by standard and practice, with owner, state, link, and what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from addin.core.ib.days import day
from addin.core.language import phrase
from addin.core.regex import regex
from addin.core.tables.values import show
from addin.core.text import counted
from addin.reports import facts
from addin.reports.evidence import Held, grid, held_elsewhere
from addin.reports.packs import Pack, Row, Sheet, file_name, needed
from addin.reports.page import Block, Grid, Item, Link, Page, Pill, Tile, Tiles, Words, on
from addin.reports.redact import FullView
from addin.workspace.workbook import Workbook

WEB_ADDRESS = regex(r"https?://", re.IGNORECASE)
"""Only web addresses become links that can be clicked."""
TONES = {"In place": "good", "Partly": "warning", "Not in place": "error"}
NO_CODE = "without code"


def pack(workbook: Workbook, copy: FullView) -> Pack:
    """Return the index and a page for each standard. Raises Problem where there is no evidence."""
    table = needed(workbook, "evaluation", phrase("evaluation pack"))
    rows = [table.row(index) for index in range(len(table))]
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (not row["code"], show(row["code"]), show(row["evidence"]))):
        groups.setdefault(_part(row, 1), []).append(row)
    without, elsewhere = _without_evidence(workbook, rows), held_elsewhere(workbook, copy)
    for one in elsewhere:
        groups.setdefault(_part({"code": one.code}, 1), [])
    groups = dict(sorted(groups.items(), key=lambda group: (group[0] == NO_CODE, group[0])))
    sheets = [
        Sheet(file_name("standard", number, code), _standard(workbook, code, found, without, elsewhere, copy))
        for number, (code, found) in enumerate(groups.items(), 1)
    ]
    remarks = []
    if NO_CODE in groups:
        remarks.append(
            phrase(
                "{rows} of Evaluation without a PSP code: see the last page.", rows=counted(len(groups[NO_CODE]), "row")
            )
        )
    index = _index(workbook, groups, sheets, without, elsewhere, copy)
    return Pack([Sheet("index.html", index), *sheets], remarks)


def _part(row: Row, parts: int) -> str:
    """Return the standard (1 part) or practice (2) of a row's code; a code of another form as it is."""
    return "-".join(show(row["code"]).strip().split("-")[:parts]) or NO_CODE


def _listed(workbook: Workbook) -> dict[str, tuple[str, str]]:
    """Return the school's list of codes: code -> its words and its programme."""
    listed = workbook.settings.lists.get("psp_codes", {})
    codes = listed.get("code", [])
    words, programmes = (listed.get(name) or [""] * len(codes) for name in ("about", "programme"))
    return {code: (about, programme) for code, about, programme in zip(codes, words, programmes, strict=True)}


def _without_evidence(workbook: Workbook, rows: Sequence[Row]) -> dict[str, str]:
    """Return the listed codes of the programmes concerned that no row has, with their words."""
    used = {show(row["code"]).strip() for row in rows}
    programmes = {part.strip().casefold() for row in rows for part in show(row["programme"]).split(";") if part.strip()}
    programmes |= {"all", "", str(workbook.settings.values.get("programme") or "").casefold()}
    return {
        code: about
        for code, (about, programme) in _listed(workbook).items()
        if programme.casefold() in programmes and not any(one == code or one.startswith(f"{code}-") for one in used)
    }


def missing(row: Row, today: date) -> list[str]:
    """Return what one piece of evidence still needs, in words."""
    state, due = row["state"], day(row["due"])
    gaps = [name for name in ("state", "owner") if not row[name]]
    if not row["link"] and state != "Not in place":
        gaps.append("link")
    if state in ("Partly", "Not in place") and not row["plan"]:
        gaps.append("development plan")
    if due and due < today and not row["submitted"]:
        gaps.append(f"submission, due {on(due)}")
    return gaps


def _standard(
    workbook: Workbook,
    code: str,
    rows: Sequence[Row],
    without: Mapping[str, str],
    elsewhere: Sequence[Held],
    copy: FullView,
) -> Page:
    """One standard: a table for each practice, what other trackers hold, then the listed codes without evidence."""
    listed = _listed(workbook)
    practices: dict[str, list[Row]] = {}
    for row in rows:
        practices.setdefault(_part(row, 2), []).append(row)
    blocks: list[Block] = []
    for practice, found in practices.items():
        about = listed.get(practice, ("", ""))[0]
        title = (
            f"Practice {practice}{f': {about}' if about else ''}" if practice != NO_CODE else "Evidence without code"
        )
        blocks.append(_grid(workbook, title, found, copy))
    if mine := [one for one in elsewhere if _part({"code": one.code}, 1) == code]:
        blocks.append(grid("In other trackers", mine))
    empty = [f"{one}: {about}" for one, about in without.items() if one.startswith(code)]
    if empty:
        blocks.append(Words("Codes without evidence", empty))
    title = f"Standard {code}" if code != NO_CODE else "Evidence without code"
    return Page(title, facts.heading_lines(workbook), blocks, facts.foot(copy))


def _grid(workbook: Workbook, title: str, rows: Sequence[Row], copy: FullView) -> Grid:
    tracker = workbook.trackers["evaluation"]
    lines: list[list[Item]] = []
    for row in rows:
        gaps = missing(row, workbook.settings.today)
        link, owner, evidence = (copy.value(tracker, name, row[name]) for name in ("link", "owner", "evidence"))
        state = show(row["state"])
        lines.append(
            [
                show(row["code"]),
                evidence,
                Pill(state, TONES.get(state, "plain")) if state else "",
                owner,
                Link(link, link) if WEB_ADDRESS.match(link) else link,
                ", ".join(gaps) or "nothing",
            ]
        )
    return Grid(title, ("Code", "Evidence", "State", "Owner", "Link", "Missing"), lines, (2.4, 3, 1.5, 1.6, 2.6, 2))


def _index(
    workbook: Workbook,
    groups: Mapping[str, Sequence[Row]],
    sheets: Sequence[Sheet],
    without: Mapping[str, str],
    elsewhere: Sequence[Held],
    copy: FullView,
) -> Page:
    today = workbook.settings.today
    rows = [row for found in groups.values() for row in found]
    gaps = sum(bool(missing(row, today)) for row in rows)
    tiles = Tiles(
        [
            Tile(str(len(rows)), "pieces of evidence"),
            Tile(str(sum(row["state"] == "In place" for row in rows)), "in place", "good"),
            Tile(str(gaps), "with something missing", "warning" if gaps else "good"),
        ]
    )
    lines: list[list[Item]] = []
    others = Counter(_part({"code": one.code}, 1) for one in elsewhere)
    for sheet, (code, found) in zip(sheets, groups.items(), strict=True):
        states = [sum(row["state"] == state for row in found) for state in TONES]
        open_ = sum(bool(missing(row, today)) for row in found)
        lines.append([Link(sheet.page.title, sheet.name), len(found), *states, open_, others[code]])
    headers = ("Standard", "Evidence", *TONES, "Incomplete", "Elsewhere")
    widths = (3, 1, 1, 1, 1.2, 1.2, 1.2)
    blocks: list[Block] = [tiles, Grid("Standards", headers, lines, widths, frozenset(range(1, 7)))]
    empty = [f"{code}: {about}" for code, about in without.items() if code[:4] not in groups]
    if empty:
        blocks.append(Words("Listed codes of other standards without evidence", empty))
    blocks.append(
        Words("Codes", ["The codes and their names come from your own list: compare it with the IB's document."])
    )
    return Page("Evaluation evidence", facts.heading_lines(workbook), blocks, facts.foot(copy))
