"""The golden scenarios in golden_sync/: each .md tells a story with its inputs, the .txt beside it is the exact report.

python tests/sync/test_sync_golden.py            checks them, and names those that have no report yet
python tests/sync/test_sync_golden.py --write    writes the missing reports (and never overwrites one)
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from addin.core.book import CellError
from addin.core.sync import MINE, THEIRS, Choice, Conflict, IdProblem, apply, guard, identify, new_ids, plan
from addin.core.sync.words import id_problem, reason, report, show

FOLDER = Path(__file__).parent / "golden_sync"
STORIES = sorted(FOLDER.glob("*.md"))
SIDES = {"left": "the workbook", "right": "the shared sheet"}


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_the_report_is_exactly_the_golden_one(story):
    assert messages(story) == story.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_enough_stories_and_each_has_a_title_and_a_reason():
    assert len(STORIES) >= 33
    for story in STORIES:
        title, _, rest = story.read_text(encoding="utf-8").partition("\n")
        assert title.startswith("# "), story
        assert rest.strip().partition("\n")[0].endswith((".", "?", ":")), story
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in STORIES}


def messages(story: Path) -> str:
    """What a sync of this story reports, as a coordinator would read it."""
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", story.read_text(encoding="utf-8"), re.M | re.S))
    terms = tomllib.loads(sections.get("Terms", "").replace("```toml", "").replace("```", ""))
    before = rows(sections["Last time"])
    base = {name: cells for _, name, cells in before}
    key = terms.pop("key", ["name"])
    lines, tables = [], {}
    for side, title in (("left", "Workbook"), ("right", "Shared sheet")):
        found = rows(sections[title]) if "|" in sections[title] or "empty" in sections[title] else before
        tables[side], said = named(found, side, key, base)
        lines += said
    if any(line.startswith("Stopped") for line in lines):
        return "\n".join(lines) + "\n"
    return "\n".join(lines + outcome(base, tables["left"], tables["right"], terms)) + "\n"


def named(found, side, key, known):
    """The rows of one side by id, and what was said about their ids."""
    lengthened = {long(name): cells for name, cells in known.items()}
    ids = identify([long(name) for _, name, _ in found], [cells for *_, cells in found].__getitem__, lengthened, key)
    numbers = [number for number, *_ in found]
    if ids.problems:
        problems = [IdProblem(one.kind, tuple(numbers[index] for index in one.rows)) for one in ids.problems]
        said = [f"  {id_problem(one, side=side)}" for one in problems]
        return {}, [f"Stopped, nothing was written: {SIDES[side]}", *said]
    fresh = dict(zip(ids.new, new_ids(ids.ids, len(ids.new), Random(1)), strict=True))
    said = [f"Row {numbers[index]} of {SIDES[side]} is new and gets the id {name}" for index, name in fresh.items()]
    said += [f"Row {numbers[index]} of {SIDES[side]} has its id {ids.ids[index]} again" for index in ids.repaired]
    said = [line.replace(FILL, "") for line in said]
    return {
        fresh.get(index) or ids.ids[index].removesuffix(FILL): cells for index, (*_, cells) in enumerate(found)
    }, said


FILL = "bbbb"


def long(name):
    """An id of a story, `b2`, as long as ours are."""
    return name + FILL if isinstance(name, str) and re.fullmatch(r"[a-z]\d", name) else name


def outcome(base, left, right, terms):
    """The guard's reasons, or the plan, both tables afterwards and what a second run would do."""
    terms["choices"] = {(c["row"], c.get("column")): choice(c) for c in terms.pop("choice", [])}
    if "holds" in terms:
        terms["holds"] = terms["holds"]["left"], terms["holds"]["right"]
    reasons = guard(base, left, right, direction=terms.get("direction", "both"), holds=terms.get("holds"))
    if reasons:
        return ["Stopped, nothing was written", *(f"  {reason(one)}" for one in reasons)]
    made = plan(base, left, right, **terms)
    lines = report(made, left, right)
    left, right = apply(left, made.to_left), apply(right, made.to_right)
    lines += ["", "The workbook afterwards", *table(left), "", "The shared sheet afterwards", *table(right), ""]
    again = plan(made.base, left, right, **{**terms, "choices": {}})
    stand = "1 conflict stands" if len(again.conflicts) == 1 else f"{len(again.conflicts) or 'no'} conflicts stand"
    return [*lines, f"A second run writes {'MORE' if again else 'nothing'}; {stand}"]


def choice(messages):
    """A line of the Conflicts sheet: what a person picked, and the values that they saw."""
    take = {"mine": MINE, "theirs": THEIRS}.get(messages.get("take"), messages.get("value"))
    seen = messages.get("seen")
    return Choice(
        take, Conflict(messages["row"], messages["column"], None, seen["left"], seen["right"]) if seen else None
    )


def rows(section):
    """The table of a section as [(row number, id, cells)]; the header is row 1, as in a spreadsheet."""
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in section.splitlines()
        if line.lstrip().startswith("|")
    ]
    if not lines:
        return []
    (_, *columns), _, *body = lines
    return [
        (number, value(cells[0]), dict(zip(columns, map(value, cells[1:]), strict=True)))
        for number, cells in enumerate(body, 2)
    ]


def value(text):
    """What a person typed into a cell of the story."""
    if text == "":
        return None
    if text in ("yes", "no"):
        return text == "yes"
    if text.startswith("#"):
        return CellError(text)
    if text.startswith('"'):
        return json.loads(text)
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text):
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def table(found):
    """A table as lines."""
    if not found:
        return ["  (no rows)"]
    columns = list(dict.fromkeys(column for cells in found.values() for column in cells))
    grid = [["id", *columns]] + [
        [name, *("" if cells.get(column) is None else show(cells[column]) for column in columns)]
        for name, cells in found.items()
    ]
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in grid
    ]


def main(argv: list[str]) -> int:
    wrong = 0
    for story in STORIES:
        golden, text = story.with_suffix(".txt"), messages(story)
        if golden.exists():
            if golden.read_text(encoding="utf-8") != text:
                wrong += 1
                sys.stdout.write(f"{story.stem}: the report is another one now:\n{text}\n")
        elif "--write" in argv:
            with golden.open("x", encoding="utf-8") as file:
                file.write(text)
            sys.stdout.write(f"{story.stem}: written\n{text}\n")
        else:
            wrong += 1
            sys.stdout.write(f"{story.stem}: no report yet\n")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
