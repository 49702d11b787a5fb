"""Writes the parts of README.md that can be known from the code: the commands and the trackers.

    python scripts/build_readme.py            writes them
    python scripts/build_readme.py --check    says whether they are as the code is (exit code 1 where not)

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; everything outside is left alone. NAME is one of
`commands`, `trackers` and `settings`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the README tells of the code beside it, not of what is installed

from addin.cli.verbs import verbs  # noqa: E402
from addin.core.tables.values import show  # noqa: E402
from addin.core.trackers import Tracker  # noqa: E402
from addin.core.trackers.describe import about_rule  # noqa: E402
from addin.workspace.tracker_files import load_all  # noqa: E402

README = ROOT / "README.md"
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
    """What can be typed, on one line, the things that a command is about before its options."""
    words = " ".join(of.format_usage().removeprefix("usage: ").removeprefix(of.prog).split())
    option = re.compile(r"\[--?[^\]]*\]|--\S+ \S+")
    return " ".join([of.prog, *option.sub("", words).split(), *option.findall(words)])


def trackers() -> str:
    """What each tracker is for, and how much of it there is; then what each checks over more than one cell."""
    known = load_all()
    rows = [
        (f"**{one.title}** (`{name}`)", one.about, ", ".join(one.programmes) or "all", *counts(one))
        for name, one in known.items()
    ]
    parts = [table(("Tracker", "What it is for", "Programmes", "Columns", "Checks"), rows)]
    parts += [
        f"<details><summary>What {one.title} checks</summary>\n\n{checks(one)}\n</details>\n" for one in known.values()
    ]
    parts.append("`ib-trackers trackers NAME` says what each column of a tracker holds and must keep.\n")
    return "\n".join(parts)


def counts(tracker: Tracker) -> tuple[str, str]:
    """How many columns there are, and how many checks: of single cells and over several."""
    words = sum(len(column.words) for column in tracker.columns.values())
    return str(len(tracker.columns)), str(words + len(tracker.rules))


def checks(tracker: Tracker) -> str:
    """The tracker's rules as a list."""
    must = [column.header for column in tracker.columns.values() if column.words.get("required")]
    lines = [f"Told apart by {joined(tracker.columns[name].header for name in tracker.key)}."]
    if must:
        lines[0] += f" Must be filled in: {joined(must)}."
    return "\n".join([*lines, "", *(f"* {about_rule(rule, tracker)} *({rule.level})*" for rule in tracker.rules), ""])


def settings() -> str:
    """Every setting that a school may change in ib-trackers.toml."""
    rows = [
        (f"`{one.name}`", f"`{show(one.value)}`" if show(one.value) else "not set", one.about, one.source, one.checked)
        for tracker in load_all().values()
        for one in tracker.settings.values()
    ]
    return table(("Setting", "Unless you say so", "What it does", "Source", "Checked"), dict.fromkeys(rows))


def joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


PARTS: dict[str, Callable[[], str]] = {"commands": commands, "trackers": trackers, "settings": settings}


def built(text: str) -> str:
    """The README with its generated parts as they should be."""

    def part(match: re.Match[str]) -> str:
        if match[2] not in PARTS:
            raise SystemExit(f"README.md: there is no generated part {match[2]!r}; there are: {', '.join(PARTS)}.")
        return f"{match[1]}\n{PARTS[match[2]]()}\n{match[4]}"

    if text.count("<!-- generated: ") != len(PART.findall(text)):
        raise SystemExit("README.md: a generated part has no <!-- end -->.")
    return PART.sub(part, text)


def main() -> int:
    """Write the README, or check it."""
    text = README.read_text("utf-8")
    new = built(text)
    if "--check" in sys.argv[1:]:
        print("README.md is up to date." if new == text else "README.md is stale: python scripts/build_readme.py")
        return int(new != text)
    if new != text:
        README.write_text(new, "utf-8")
    print("Wrote README.md." if new != text else "README.md was up to date.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
