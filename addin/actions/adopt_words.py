"""The words of adopt: what was understood of a workbook, in few lines, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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
    lines += [f"{name}: hidden, left alone." for name in reading.hidden]
    lines += _left_lines(reading)
    return lines


def _sheet_lines(one: SheetReading, titles: Mapping[str, str]) -> list[str]:
    if one.way in ("rows", "joined"):
        made = ", ".join(f"{titles.get(name, name)} ({count})" for name, count in one.made.items())
        made = made or "joined to students of other sheets"
        listed = one.read - one.placed - one.headings - one.left
        left = f", {one.left} left alone" if one.left else ""
        cells = f"{one.read} cells: {one.placed} placed, {one.headings} headings and totals{left}, {listed} to check"
        return [f"{one.sheet}: {one.what}, {counted(one.rows, 'row')} -> {made}. {cells}.", *_remarks(one)]
    return []


def _remarks(one: SheetReading) -> list[str]:
    lines = []
    if one.kept:
        lines.append(f"    goes along as it is: {_few(one.kept)}")
    if one.alone:
        lines.append(f"    left alone: {_few(one.alone)}")
    return lines + [f"    {remark}" for remark in one.remarks[:4]]


def _few(names: list[str]) -> str:
    """`16 columns: Class, Sep … May, TOTAL`."""
    names = list(dict.fromkeys(names))
    return _ends(names) if len(names) < 3 else f"{len(names)} columns: {_ends(names)}"


def _ends(names: list[str]) -> str:
    """The first and the last of many names."""
    return ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:3])} … {', '.join(names[-2:])}"


def _left_lines(reading: Reading) -> list[str]:
    left = [one for one in reading.sheets if one.way == "left"]
    if len(left) > 6:
        return [f"{len(left)} sheets are left alone: {_ends([one.sheet for one in left])}."]
    return [f"{one.sheet}: left alone, {one.why or 'it names no student of the other sheets'}." for one in left]


def place_lines(found: Understood, result: AdoptedBook) -> list[str]:
    """What a sheet that is adopted in place was taken for."""
    headers = result.headers[found.tracker]
    lines = [f"{found.sheet}: {result.titles[found.tracker]}, headers in row {found.header_row}."]
    renamed = [
        f"{m.header} -> {headers[m.column]}"
        for m in found.matches
        if m.sure and plain(m.header) != plain(headers[m.column])
    ]
    if renamed:
        lines.append(f"    {', '.join(renamed)}")
    lines += [
        f"    {m.header} -> {headers[m.column]} (nearly that name, and its cells agree: please check)"
        for m in found.matches
        if not m.sure
    ]
    lines += [f"    {u.header}: {u.why}" for u in found.unknown if u.why][:3]
    perhaps = [f"{u.header} may be {headers[u.perhaps]}" for u in found.unknown if u.perhaps and not u.why]
    if perhaps:
        lines.append(f"    not sure: {', '.join(perhaps)}; if so, rename the column")
    alone = [u.header for u in found.unknown if not u.why and not u.perhaps]
    if alone:
        lines.append(f"    left alone: {_few(alone)}")
    if found.missing:
        lines.append(f"    still needed: {', '.join(found.missing)}. Add the columns, or rename yours")
    remarks = next((one.remarks for one in result.reading.sheets if one.sheet == found.sheet), [])
    return lines + [f"    {remark}" for remark in remarks[:4]]


def setup_lines(result: AdoptedBook, again: str = "save the workbook and adopt it again") -> list[str]:
    """What to do with the Setup sheet; `again` is how it is applied."""
    if not result.understood and not result.reading.made:
        return ["Nothing was recognised, so there is nothing to set up."]
    asked = len(result.reading.questions)
    questions = f", and {counted(asked, 'question')}" if asked else ""
    return [
        "",
        f"The sheet Setup shows how each column was read{questions}.",
        f"Change what is wrong in the column Your choice, then {again}. Your own sheets stay as they are.",
    ]


def ending_lines(result: AdoptedBook, target: str, dry_run: bool) -> list[str]:
    """What was made of the workbook, and what to do next."""
    if result.setup:
        return setup_lines(result)
    if not result.understood and not result.new_sheets:
        return [
            f"Nothing in {target} was recognised, and nothing was written.",
            "Give the columns headers that a tracker knows: ib-trackers trackers candidates, for example, lists them.",
        ]
    lines = [""]
    for one in result.adopted:
        table = f"; no native table, as {one.no_table}" if one.no_table else ""
        lines.append(f"{one.sheet}: {counted(one.rows, 'row')}, {counted(one.new_ids, 'new row id')}{table}.")
    lines += sheet_lines(result)
    if result.reading.listed:
        lines.append(f"{counted(len(result.reading.listed), 'cell')} to check: see the sheet Adoption notes.")
    if result.open_questions:
        lines.append("Nothing was written. Still needed:")
        lines += [f"    {one.text} {one.flag or _by_file(one)}" for one in result.open_questions]
        return lines
    said = {one: value for one, value in result.answers.items() if not one.startswith("column ")}
    assumed = [f"{one} = {value}" for one, value in said.items() if value not in ("", "leave")]
    if assumed and result.new_sheets:
        lines.append(f"Taken as: {', '.join(assumed[:6])}. Change it with the flags or --answers FILE.")
    if dry_run:
        lines.append("Nothing was written: this was a dry run.")
    elif not result.written:
        lines.append("Everything is adopted already; nothing was written.")
    else:
        lines.append(f"Next: ib-trackers validate {typed(target)}")
    return lines


def sheet_lines(result: AdoptedBook) -> list[str]:
    """A line for each sheet that is made or brought up to date."""
    return [_sheet_plan_line(one, result.titles) for one in result.new_sheets]


def _by_file(question: Question) -> str:
    return f'(--answers FILE with "{question.name}", or --yes)'


def _sheet_plan_line(one: SheetPlan, titles: Mapping[str, str]) -> str:
    title = titles[one.tracker]
    if one.new:
        return f"New sheet {one.sheet} ({title}): {counted(one.added, 'row')}."
    parts = [f"{counted(one.added, 'new row')}", f"{counted(one.changed, 'changed cell')}"]
    if one.kept:
        parts.append(f"{counted(one.kept, 'cell')} left, because you changed them too")
    if one.gone:
        parts.append(f"{counted(one.gone, 'row')} no longer in your sheets, kept")
    return f"Sheet {one.sheet} ({title}): {', '.join(parts)}."


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
