"""Write the generated parts of the documentation: commands, trackers, settings, rule words.

    python scripts/build_docs.py            write them
    python scripts/build_docs.py --check    check that they are up to date (exit code 1 where not)

A generated part is between `<!-- generated: NAME -->` and `<!-- end -->`; everything else is left alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # document the code beside it, not an installed version

from addin.cli.verbs import verbs  # noqa: E402
from addin.core.checks.words import WORDS  # noqa: E402
from addin.core.tables.values import show  # noqa: E402
from addin.core.trackers import Tracker, grammar  # noqa: E402
from addin.core.trackers.describe import about_rule  # noqa: E402
from addin.workspace.tracker_files import load_all  # noqa: E402

DOCUMENTS = tuple(
    ROOT / name
    for name in (
        "README.md",
        "sheets_templates/TRACKERS.md",
        "sheets_templates/SETTINGS.md",
        "sheets_templates/RULES.md",
        "sheets_templates/GRAMMAR.md",
    )
)
PART = re.compile(r"(<!-- generated: ([a-z]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
WIDE = 500
"""Characters in which any command's usage fits on one line."""


def commands() -> str:
    """Every verb with what can be typed, what it does and an example."""
    rows = []
    for name in verbs():
        module = import_module(f"addin.cli.verbs.{name}")
        one = argparse.ArgumentParser(
            prog=f"ib-trackers {name.strip('_').replace('_', '-')}",
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=WIDE),
            add_help=False,
        )
        module.options(one)
        rows.append((f"`{usage(one)}`", module.HELP, f"`{module.EXAMPLE}`"))
    return table(("Command", "What it does", "For example"), rows)


def usage(of: argparse.ArgumentParser) -> str:
    """The verb and what it is about, on one line; `--help` shows its options, also where one of several is required."""
    words = " ".join(of.format_usage().removeprefix("usage: ").removeprefix(of.prog).split())
    words = re.sub(r"\(--[^()]*\)", "", words)
    optional = re.sub(r"\[--?[^\]]*\]", "", words)
    required = re.findall(r"--\S+ \S+", optional)
    return " ".join([of.prog, *re.sub(r"--\S+ \S+", "", optional).split(), *required])


def names() -> str:
    """The trackers of each programme, by title."""
    rows = []
    for programme in ("DP", "MYP", "PYP", "CP"):
        mine = [one.title for one in load_all().values() if not one.programmes or programme in one.programmes]
        rows.append((programme, ", ".join(mine)))
    return table(("Programme", "Trackers"), rows)


def trackers() -> str:
    """What each tracker is for, and how much of it there is; then what each checks over more than one cell."""
    known = load_all()
    rows = [
        (f"**{one.title}** (`{name}`)", one.about, ", ".join(one.programmes) or "all", *counts(one))
        for name, one in known.items()
    ]
    parts = [table(("Tracker", "What it is for", "Programmes", "Columns", "Checks"), rows)]
    parts += [f"## {one.title}\n\n{one.about}\n\n{checks(one)}" for one in known.values()]
    parts.append("`ib-trackers trackers NAME` explains every column of one tracker.\n")
    return "\n".join(parts)


def counts(tracker: Tracker) -> tuple[str, str]:
    """How many columns there are, and how many checks: of single cells and over several."""
    words = sum(len(column.words) for column in tracker.columns.values())
    return str(len(tracker.columns)), str(words + len(tracker.rules))


def checks(tracker: Tracker) -> str:
    """The tracker's rules as a list."""
    must = [column.header for column in tracker.columns.values() if column.words.get("required")]
    lines = [f"Unique key: {joined(tracker.columns[name].header for name in tracker.key)}."]
    if must:
        lines[0] += f" Required: {joined(must)}."
    return "\n".join([*lines, "", *(f"* {about_rule(rule, tracker)} *({rule.level})*" for rule in tracker.rules), ""])


def settings() -> str:
    """Every setting that a school may change, with its source."""
    rows = [
        (f"`{one.name}`", f"`{show(one.value)}`" if show(one.value) else "not set", one.about, one.source, one.checked)
        for tracker in load_all().values()
        for one in tracker.settings.values()
    ]
    return table(("Setting", "Default", "What it does", "Source", "Checked"), dict.fromkeys(rows))


def duties() -> str:
    """What carries each duty of a coordinator, from sheets_templates/duties.csv."""
    known = load_all()
    with (ROOT / "sheets_templates" / "duties.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["id"], row["duty"], ", ".join(_title(name, known) for name in row["trackers"].split("; ")), row["how"])
            for row in csv.DictReader(file)
        ]
    return table(("Duty", "What it is", "Carried by", "How"), rows)


def _title(name: str, known: Mapping[str, Tracker]) -> str:
    return "all trackers" if name == "*" else known[name].title


def words() -> str:
    """The words that a rule in a tracker file can use."""
    return table(("Word", "Meaning"), [(f"`{word}`", entry.description.format("…")) for word, entry in WORDS.items()])


def grammar_tables() -> str:
    """Every table of a tracker's file with its keys."""
    titles = {
        "tracker": "The file", "column": "[columns.NAME]", "rule": "[[rules]]", "view": "[[views]]",
        "measure": "[views.columns.NAME]", "setting": "[settings.NAME]", "example": "[[examples]]",
    }  # fmt: skip
    parts = []
    for name, keys in grammar.PARTS.items():
        rows = [(f"`{key}`", kind(one.schema), "yes" if one.required else "", one.about) for key, one in keys.items()]
        parts.append(f"## {titles[name]}\n\n{table(('Key', 'Holds', 'Required', 'What it is'), rows)}")
    return "\n".join(parts)


def kind(schema: Mapping[str, object]) -> str:
    """What a key holds, in a few words."""
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])  # type: ignore[attr-defined]
    if schema in (grammar.NAMES, {}):
        return "a name or names" if schema else "a value"
    if "$ref" in schema:
        return "conditions"
    names = {
        "string": "text",
        "array": "list",
        "boolean": "true or false",
        "integer": "whole number",
        "object": "table",
    }
    found = schema.get("type", "")
    return names.get(found, "number") if isinstance(found, str) else "text, number, true or false"


def joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "names": names,
    "trackers": trackers,
    "settings": settings,
    "words": words,
    "duties": duties,
    "grammar": grammar_tables,
}
SCHEMA = ROOT / "sheets_templates" / "tracker.schema.json"


def built(text: str, name: str = "README.md") -> str:
    """A document with its generated parts as they should be."""

    def part(match: re.Match[str]) -> str:
        if match[2] not in PARTS:
            raise SystemExit(f"{name}: there is no generated part {match[2]!r}; known: {', '.join(PARTS)}.")
        return f"{match[1]}\n{PARTS[match[2]]()}\n{match[4]}"

    if text.count("<!-- generated: ") != len(PART.findall(text)):
        raise SystemExit(f"{name}: a generated part has no <!-- end -->.")
    return PART.sub(part, text)


def main() -> int:
    """Write the documents, or check them."""
    wanted = {path: built(path.read_text("utf-8"), path.name) for path in DOCUMENTS}
    wanted[SCHEMA] = json.dumps(grammar.schema(), ensure_ascii=False, indent=1) + "\n"
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if "--check" in sys.argv[1:]:
            print(f"{path.name} is out of date. Run: python scripts/build_docs.py")
        else:
            path.write_text(wanted[path], "utf-8")
            print(f"Wrote {path.name}.")
    if not stale:
        print("The documents are up to date.")
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
