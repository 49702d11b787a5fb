"""The words of adopt: what was understood of a workbook, in few lines, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from addin.core.language import joined, phrase
from addin.core.names import ADOPTION
from addin.core.recognition.cohorts import in_words
from addin.core.records import as_dict
from addin.core.tables.layout import plain
from addin.core.tables.values import show
from addin.core.text import counted, typed

if TYPE_CHECKING:
    from addin.actions.adopt import AdoptedBook
    from addin.core.recognition.new_sheets import SheetPlan
    from addin.core.recognition.reading import Made, Question, Reading, SheetReading
    from addin.core.recognition.recognise import Understood


def reading_lines(reading: Reading, titles: Mapping[str, str]) -> list[str]:
    """What was understood, sheet by sheet, and what was left alone; the most important first."""
    lines: list[str] = []
    for one in reading.sheets:
        lines += _sheet_lines(one, titles)
    lines += [phrase("{sheet}: hidden, left alone.", sheet=name) for name in reading.hidden]
    lines += _left_lines(reading)
    return lines


def _sheet_lines(one: SheetReading, titles: Mapping[str, str]) -> list[str]:
    if one.way in ("rows", "joined"):
        counts = [phrase(_TITLE_AND_COUNT, title=titles.get(name, name), n=count) for name, count in one.made.items()]
        made = counts or phrase("joined to students of other sheets")
        listed = one.read - one.placed - one.headings - one.left
        cells = counted(one.read, "cell")
        parts = {"cells": cells, "placed": one.placed, "headings": one.headings, "left": one.left, "listed": listed}
        found = phrase(
            "{sheet}: {what}, {rows} -> {made}.",
            sheet=one.sheet,
            what=one.what,
            rows=counted(one.rows, "row"),
            made=made,
        )
        return [joined(" ", [found, phrase(PLACED_AND_LEFT if one.left else PLACED, **parts)]), *_remarks(one)]
    return []


_TITLE_AND_COUNT = "{title} ({n})"
PLACED = "{cells}: {placed} placed, {headings} headings and totals, {listed} unclear."
PLACED_AND_LEFT = "{cells}: {placed} placed, {headings} headings and totals, {left} left alone, {listed} unclear."


def _remarks(one: SheetReading) -> list[str]:
    lines = []
    if one.kept:
        lines.append(phrase("goes along as it is: {columns}", columns=_few(one.kept)))
    if one.alone:
        lines.append(phrase("left alone: {columns}", columns=_few(one.alone)))
    return _below([*lines, *one.remarks[:4]])


def _below(lines: Sequence[str]) -> list[str]:
    """Lines that belong to the one above them."""
    return [joined("", ["    ", line]) for line in lines]


def _few(names: list[str]) -> str:
    """`16 columns: Class, Sep … May, TOTAL`."""
    names = list(dict.fromkeys(names))
    if len(names) < 3:
        return _ends(names)
    return phrase("{columns}: {names}", columns=counted(len(names), "column"), names=_ends(names))


def _ends(names: list[str]) -> str:
    """The first and the last of many names."""
    return ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:3])} … {', '.join(names[-2:])}"


def _left_lines(reading: Reading) -> list[str]:
    left = [one for one in reading.sheets if one.way == "left"]
    if len(left) > 6:
        return [phrase("{n} sheets are left alone: {names}.", n=len(left), names=_ends([one.sheet for one in left]))]
    usual = phrase("it names no student of the other sheets")
    return [phrase("{sheet}: left alone, {why}.", sheet=one.sheet, why=one.why or usual) for one in left]


def place_lines(found: Understood, result: AdoptedBook) -> list[str]:
    """What a sheet that is adopted in place was taken for."""
    headers = result.headers[found.tracker]
    title = result.titles[found.tracker]
    first = phrase("{sheet}: {title}, headers in row {row}.", sheet=found.sheet, title=title, row=found.header_row)
    renamed = [
        phrase(_BECOMES, mine=m.header, ours=headers[m.column])
        for m in found.matches
        if m.sure and plain(m.header) != plain(headers[m.column])
    ]
    lines = [joined(", ", renamed)] if renamed else []
    lines += [
        phrase("{mine} -> {ours} (nearly that name, and its cells agree: please check)", mine=m.header, ours=ours)
        for m in found.matches
        if not m.sure and (ours := headers[m.column])
    ]
    lines += [phrase("{header}: {why}", header=u.header, why=u.why) for u in found.unknown if u.why][:3]
    perhaps = [
        phrase("{header} may be {other}", header=u.header, other=headers[u.perhaps])
        for u in found.unknown
        if u.perhaps and not u.why
    ]
    if perhaps:
        lines.append(phrase("not sure: {perhaps}; if so, rename the column", perhaps=perhaps))
    alone = [u.header for u in found.unknown if not u.why and not u.perhaps]
    if alone:
        lines.append(phrase("left alone: {columns}", columns=_few(alone)))
    if found.missing:
        missing = [phrase(header) for header in found.missing]
        lines.append(phrase("still needed: {missing}. Add the columns, or rename yours", missing=missing))
    remarks = next((one.remarks for one in result.reading.sheets if one.sheet == found.sheet), [])
    return [first, *_below([*lines, *found.remarks, *remarks[:4]])]


_BECOMES = "{mine} -> {ours}"


def setup_lines(result: AdoptedBook, again: str = "") -> list[str]:
    """What to do with the Setup sheet; `again` is how it is applied."""
    if not result.understood and not result.reading.made:
        return [phrase("Nothing was recognised, so there is nothing to set up.")]
    if result.is_settled:
        settled = phrase("How these sheets are read is settled: no sheet {sheet} was written.", sheet=result.setup)
        return ["", settled, phrase("Undo takes an adoption back.")]
    asked = len(result.reading.questions)
    shows = phrase("The sheet {sheet} shows how each column was read.", sheet=result.setup)
    if asked:
        asks = counted(asked, "question")
        shows = phrase("The sheet {sheet} shows how each column was read, and {asks}.", sheet=result.setup, asks=asks)
    return [
        "",
        shows,
        again or phrase(CHANGE_AND_ADOPT),
        phrase("Your own sheets stay as they are."),
    ]


CHANGE_AND_ADOPT = "Change what is wrong in the column Your choice, then save the workbook and adopt it again."
CHANGE_AND_PRESS = "Change what is wrong in the column Your choice, then press Adopt again."


def ending_lines(result: AdoptedBook, target: str, dry_run: bool) -> list[str]:
    """What was made of the workbook, and what to do next; `target` is "" for the workbook in front of the person."""
    if result.beside and (result.written or dry_run):
        target = str(result.beside.path)
    if result.is_ours:
        return [phrase("This workbook has its trackers already: there is nothing to adopt. Validate checks it.")]
    if result.setup:
        return setup_lines(result)
    if not result.understood and not result.new_sheets:
        headers = [phrase(header) for header in list(result.headers.get("candidates", {}).values())[1:3]]
        return [
            phrase("Nothing was recognised, and nothing was written.")
            if not target
            else phrase("Nothing in {target} was recognised, and nothing was written.", target=target),
            phrase(
                "Give the columns headers that a tracker knows, such as {headers}, and adopt it again.", headers=headers
            ),
        ]
    lines = ["", *_made_lines(result)]
    if result.open_questions:
        asked = [joined(" ", [one.text, one.flag or _by_file(one)]) for one in result.open_questions]
        return [*lines, phrase("Nothing was written. Still needed:"), *_below(asked)]
    if result.beside:
        lines[1:1] = result.beside.lines(dry_run=dry_run)
    lines += _assumed_lines(result, bool(target))
    if dry_run:
        lines.append(phrase("Nothing was written: this was a dry run."))
    elif not result.written:
        lines.append(phrase("Everything is adopted already; nothing was written."))
    elif target:
        lines.append(phrase("Next: {command}", command=f"ib-trackers validate {typed(target)}"))
    else:
        lines.append(phrase("Next: press Validate."))
    return lines


def _made_lines(result: AdoptedBook) -> list[str]:
    """A line for each sheet that was adopted in place or made, and what is to be checked."""
    lines = []
    for one in result.adopted:
        parts = {"sheet": one.sheet, "rows": counted(one.rows, "row"), "ids": counted(one.new_ids, "new row id")}
        if one.no_table and one.is_beside:
            lines.append(
                phrase(
                    "{sheet}: {rows}, {ids}, beside your table, as {why}. Sort whole rows.", **parts, why=one.no_table
                )
            )
        elif one.no_table:
            lines.append(phrase("{sheet}: {rows}, {ids}; no native table, as {why}.", **parts, why=one.no_table))
        else:
            lines.append(phrase("{sheet}: {rows}, {ids}.", **parts))
    lines += sheet_lines(result)
    if result.reading.listed:
        to_check = counted(len(result.reading.listed), "cell")
        placed = sum(one.placed for one in result.reading.listed)
        there = "{cells} to check, {placed} of them placed with a question: see the sheet {sheet}."
        sentence = there if placed else "{cells} to check: see the sheet {sheet}."
        lines.append(phrase(sentence, cells=to_check, placed=placed, sheet=phrase(ADOPTION)))
    return lines


def _assumed_lines(result: AdoptedBook, with_flags: bool) -> list[str]:
    """What the answers were, where rows were made by them."""
    said = {one: value for one, value in result.answers.items() if not one.startswith("column ")}
    if said.get("session") not in (None, "", "leave"):
        said["session"] = in_words(said["session"], result.reading.behind)
    assumed = [_assumed(one, value) for one, value in said.items() if value not in ("", "leave")]
    if not assumed or not result.new_sheets:
        return []
    if with_flags:
        return [phrase("Taken as: {assumed}. Change it with the flags or --answers FILE.", assumed=assumed[:6])]
    return [phrase("Taken as: {assumed}.", assumed=assumed[:6])]


ANSWERS = {
    "session": "exam session", "programme": "programme", "codes": "student codes", "name order": "names begin with",
    "withdrawn": "those who have left", "date order": "dates", "school year": "school year",
    "language": "response language", "past workshops": "workshops that are over", "level x": "cells without HL or SL",
    "history region": "region of History", "role": "IB role", "under way": "CAS entries under way",
}  # fmt: skip
"""What the answers are about, in words."""
SHOWN = {
    "make": "made", "none": "none", "leave out": "left out", "take": "taken", "dmy": "day first", "mdy": "month first",
    "attended": "attended", "ib": "the IB number", "dp": "Diploma", "cp": "Career-related", "English": "English",
    "French": "French", "Spanish": "Spanish", "first": "the first name", "last": "the last name",
}  # fmt: skip
"""Answers in words, where they are no names."""
_IS = "{name} = {value}"


def _assumed(name: str, value: str) -> str:
    """`exam session = M27`."""
    found = next((words for start, words in ANSWERS.items() if f"{name} ".startswith(f"{start} ")), "")
    about = phrase(found) if found else name.removeprefix("subject ")
    return phrase(_IS, name=about, value=phrase(SHOWN[value]) if value in SHOWN else value)


def sheet_lines(result: AdoptedBook) -> list[str]:
    """A line for each sheet that is made or brought up to date."""
    return [_sheet_plan_line(one, result.titles) for one in result.new_sheets]


def _by_file(question: Question) -> str:
    return f'(--answers FILE with "{question.name}", or --yes)'


def _sheet_plan_line(one: SheetPlan, titles: Mapping[str, str]) -> str:
    title = titles[one.tracker]
    if one.new:
        rows = counted(one.added, "row")
        return phrase("New sheet {sheet} ({title}): {rows}.", sheet=one.sheet, title=title, rows=rows)
    parts = [counted(one.added, "new row"), counted(one.changed, "changed cell")]
    if one.kept:
        parts.append(phrase("{cells} left, because you changed them too", cells=counted(one.kept, "cell")))
    if one.gone:
        parts.append(phrase("{rows} no longer in your sheets, kept", rows=counted(one.gone, "row")))
    return phrase("Sheet {sheet} ({title}): {parts}.", sheet=one.sheet, title=title, parts=parts)


def as_json(result: AdoptedBook) -> dict[str, Any]:
    """All that was understood, as plain data."""
    reading = result.reading
    return {
        "sheets": [{k: v for k, v in as_dict(one).items() if k != "understood"} for one in reading.sheets],
        "hidden": reading.hidden,
        "in_place": [_place_json(found) for found in result.understood],
        "rows": [_row_json(made) for made in reading.made],
        "to_check": [as_dict(one) for one in reading.listed],
        "questions": [_question_json(one) for one in result.open_questions or reading.questions],
        "answers": dict(result.answers),
        "written": result.written,
    }


def _place_json(found: Understood) -> dict[str, Any]:
    columns = {match.header: match.column for match in found.matches}
    named = {"sheet": found.sheet, "tracker": found.tracker, "header_row": found.header_row}
    return {**named, "columns": columns, "missing": list(found.missing)}


def _row_json(made: Made) -> dict[str, Any]:
    values = {name: show(value) for name, value in made.values.items() if value is not None}
    own = {name: show(value) for name, value in made.extra.items()}
    return {"tracker": made.tracker, "values": values, "own": own, "from": list(made.origin)}


def _question_json(one: Question) -> dict[str, Any]:
    options = [list(option) for option in one.options]
    return {"name": one.name, "text": one.text, "options": options, "default": one.default}
