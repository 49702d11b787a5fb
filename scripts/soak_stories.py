"""Tell random stories of people at work to whole syncs, and check twelve promises after each sync; with a seed.

    python scripts/soak_stories.py --stories 5000 --seed 2026 --books memory
    python scripts/soak_stories.py --stories 500 --books files --record tests/sync/soak_stories.txt
    python scripts/soak_stories.py --one 2026-17 --books memory        one story, move by move

`--books`: memory (fast), files (workbooks on disk), sheet (a workbook and spreadsheets at the emulator), template and
template-sheet (the same with a workbook that `new` has made). The record is added only when the run came to its end.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
IN_MEMORY = Path("/dev/shm")
"""Writing to disk takes no time there; whether it is on the disk is what other tests ask."""
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests" / "support")]

from story_templates import TemplateBooks, TemplateSheets  # noqa: E402
from sync_stories import (  # noqa: E402 (found through the line above)
    PLANS,
    PROMISES,
    Broken,
    FileBooks,
    MemoryBooks,
    SheetBooks,
    Story,
    stories,
)

from addin.workspace import tracker_files  # noqa: E402


def main(argv: list[str] | None = None) -> int:
    """Tell the stories; 0 when no promise was broken."""
    options = parsed(argv)
    tracker_files.Head = cache(tracker_files.Head)  # type: ignore[misc, assignment]  # nobody changes them here
    tally: Counter[str] = Counter()
    begun = time.monotonic()
    with ExitStack() as stack:
        school = None
        if options.books in ("sheet", "template-sheet"):
            from google_school import google_school

            school = stack.enter_context(google_school(Path(stack.enter_context(TemporaryDirectory()))))
        if options.one:
            random = Random(options.one)
            return int(tell(options.one, random, random.choice(PLANS), options, school, tally, talk=True))
        for name, random, plan in stories(options.seed, options.stories, options.first):
            if options.minutes and time.monotonic() - begun > 60 * options.minutes:
                break
            tell(name, random, plan, options, school, tally)
    text = record(options, tally)
    print(text, end="")
    if options.record:
        with options.record.open("a", encoding="utf-8") as file:
            file.write(text)
    return int(any(name.startswith("broken") for name in tally))


def tell(
    name: str, random: Random, plan: str, options: Any, school: Any, tally: Counter[str], *, talk: bool = False
) -> bool:
    """One story; True when it breaks a promise."""
    story = None
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        place = Path(folder)
        try:
            made = make_books(options.books, place, school)
            story = Story(made, random, plan)
            story.play()
        except Broken as broken:
            tally[f"broken {broken.promise}"] += 1
            print(f"story {name} ({plan}): {broken}", file=sys.stderr)
        except Exception as error:
            tally["broken 0"] += 1
            print(f"story {name} ({plan}): {type(error).__name__}: {error}", file=sys.stderr)
            if talk:
                raise
        else:
            tally["whole"] += 1
    tally["stories"] += 1
    if story is not None:
        for what in ("syncs", "stops", "undos"):
            tally[what] += getattr(story, what)
        tally["open conflicts seen"] += story.conflicts_seen
        tally["moves"] += len(story.log)
        if talk:
            print("\n".join(story.log))
    return not tally["whole"]


def make_books(kind: str, place: Path, school: Any) -> Any:
    """The books of one story."""
    if kind in ("sheet", "template-sheet"):
        return (SheetBooks if kind == "sheet" else TemplateSheets)(place, school)
    return {"memory": MemoryBooks, "files": FileBooks, "template": TemplateBooks}[kind](place)


def parsed(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="number of the first story")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes")
    parser.add_argument("--books", choices=("memory", "files", "sheet", "template", "template-sheet"), default="memory")
    parser.add_argument("--one", help="tell one story, by its name, and show its moves")
    parser.add_argument("--record", type=Path, help="add the counts to this file")
    return parser.parse_args(argv)


def record(options: argparse.Namespace, tally: Counter[str]) -> str:
    """The counts as text."""
    lines = [
        (
            f"Stories told to whole syncs, {datetime.now(UTC):%Y-%m-%d}: {tally['stories']:,} stories, seed "
            f"{options.seed} from {options.first}, books: {options.books}."
        ),
        *(f"{tally[name]:>10,}  {name}" for name in ("moves", "syncs", "stops", "undos", "open conflicts seen")),
        *(f"{tally[f'broken {n}']:>10,}  broken: {promise}" for n, promise in enumerate(PROMISES, 1)),
        f"{tally['broken 0']:>10,}  ended in an error",
        "",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
