"""The demo: a made-up school goes through everything the product does, told in plain words step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from addin.actions.export import export
from addin.actions.messages import validated
from addin.actions.new import new
from addin.actions.validate import validate
from addin.core.text import counted
from addin.demo.sample import school_of
from addin.demo.sharing import share

Say = Callable[[str], None]


def demo(folder: Path, say: Say, *, keep: bool = False) -> None:
    """Run the demo in a folder of its own; what an earlier run left there is kept under another name.

    With `keep` the emulator of Google stays on until Ctrl-C, so that a person can play the teacher.
    """
    place = free(folder)
    place.mkdir(parents=True)
    book = place / "School.xlsx"
    say("1. A workbook. A coordinator of a made-up school has 120 candidates, their subjects, 4,000 CAS entries,")
    say("   300 workshop records and 800 books and devices, and has made some 130 mistakes.")
    made = new(str(book), sample=school_of)
    say(f"   Made {book}")
    say("\n2. Validate. Every sheet is checked; each mistake gets a colour, a note and a line on the Findings sheet.")
    result = validate(str(book))
    for line in validated(result, book.name):
        say(f"   {line}")
    listed = made.planted_list.name if made.planted_list else ""
    say(f"   Planted were {counted(made.planted, 'mistake')}; {listed} names them.")
    for finding in [f for f in result.findings if f.level == "error"][:3]:
        say(f"   For example {finding.sheet}!{finding.cell}: {finding.message} {finding.suggestion}")
    say("\n3. Export. Clean files to send on; codes such as 000123 keep their zeros.")
    written = export(str(book), to="csv", out=place / "exports")
    say(f"   {counted(len(written.files), 'file')} in {place / 'exports'}")
    share(book, say, keep=keep)
    say(f"\nOpen {book} and look at the sheets Home, CAS and Findings.")
    say("Your own workbook: ib-trackers adopt MyOwn.xlsx --dry-run shows what would be understood; nothing is changed.")


def free(folder: Path) -> Path:
    """The folder, or one beside it with a number, where nothing is yet."""
    number, place = 1, folder
    while place.exists():
        number += 1
        place = folder.with_name(f"{folder.name}-{number}")
    return place
