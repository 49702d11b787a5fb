"""What a person names on the command line: workbooks, folders of them, patterns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from addin.core import target as targets
from addin.core.language import phrase
from addin.errors import BookProblem

ENDINGS = (".xlsx", ".xlsm")


def workbooks(named: Iterable[str]) -> Iterator[str]:
    """The workbooks that were named, one by one; a folder stands for those in it, `*` and `?` for any characters.

    Files that begin with `~$` or `.` are no workbooks but what Excel and we leave beside them. Raises BookProblem.
    """
    for text in named:
        if not targets.is_file(text) or Path(text).is_file():
            yield text
        elif Path(text).is_dir():
            yield from _some(
                (str(path) for path in sorted(Path(text).iterdir())), text, phrase("there is no workbook in it.")
            )
        elif any(sign in text for sign in "*?["):
            import glob

            yield from _some(sorted(glob.glob(text)), text, phrase("no workbook has such a name."))  # noqa: PTH207 (a whole path)
        else:
            yield text  # opening it says what is wrong


def _some(paths: Iterable[str], text: str, problem: str) -> list[str]:
    found = [one for one in paths if Path(one).suffix.lower() in ENDINGS and Path(one).name[:1] not in "~."]
    if not found:
        raise BookProblem(problem, where=text, next=phrase("Name a workbook (.xlsx or .xlsm)."))
    return found
