"""Runs in the browser: answers the page with the actions of the command line, on the workbook in the folder /school.

`answer` takes one request as JSON, {"task": "check", ...}, and gives one answer as JSON; files are left in /made.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.actions import Tell
from addin.backends.ooxml.guard import LISTS
from addin.core.names import SETTINGS_FILE
from addin.core.records import as_dict
from addin.core.tables.values import brief, show
from addin.core.text import without_commands
from addin.errors import Problem

if TYPE_CHECKING:
    from addin.core.recognition.reading import Question, Reading

SCHOOL, MADE = Path("/school"), Path("/made")
BUTTONS = {"adopt": "Set up more sheets", "validate": "Mark the problems", "fix": "Fix", "undo": "Undo"}
"""The page's button for a command that a sentence advises."""
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", *LISTS)
"""What may be chosen: workbooks, and lists of which setting up makes one."""


def answer(text: str, tell: Tell) -> str:
    """The answer to one request; a problem is one sentence, and never says more of an error than its kind."""
    asked = json.loads(text)
    try:
        found = TASKS[asked.pop("task")](tell=tell, **asked)
    except Problem as problem:
        found = {"problem": _on_the_page(str(problem))}
    except Exception as error:
        found = {"problem": f"Unexpected error ({type(error).__name__}). Your file was not changed. Please report it."}
    for kind in ("lines", "new", "remarks"):
        if kind in found:
            found[kind] = [line for line in map(_on_the_page, found[kind]) if line]
    return json.dumps(found, ensure_ascii=False, default=show)


def begin(tell: Tell) -> dict[str, Any]:
    """Forget the last workbook and all that was made from it."""
    for folder in (SCHOOL, MADE):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    return {}


def check(tell: Tell, book: str, write: bool = False) -> dict[str, Any]:
    """What was recognised and what is wrong; with `write` the workbook is marked."""
    from addin.actions.messages import validated
    from addin.actions.validate import validate

    result = validate(_path(book), write=write, tell=tell)
    trackers = [
        {"title": result.titles[name], "rows": rows, "sheets": _sheets(result.findings, name)}
        | {level: result.count(level, name) for level in ("error", "warning", "info")}
        for name, rows in result.rows.items()
    ]
    findings = [{**as_dict(one), "fix": None if one.fix is None else brief(one.fix)} for one in result.findings]
    return {
        "trackers": trackers,
        "findings": findings,
        "remarks": list(result.remarks),
        "certain": sum(one.fix is not None for one in result.findings),
        "lines": validated(result, "this workbook"),
        **(_book(book) if write else {}),
    }


def _sheets(findings: Sequence[Any], tracker: str) -> list[str]:
    return list(dict.fromkeys(one.sheet for one in findings if one.tracker == tracker))


def repairs(tell: Tell, book: str) -> dict[str, Any]:
    """The certain repairs by group, each with what it writes."""
    from addin.actions.fix import fix

    shown = fix(_path(book), write=False, tell=tell)
    return {
        "groups": [
            {"number": number, "title": group.title(), "samples": group.samples()}
            for number, group in enumerate(shown.groups, 1)
        ]
    }


def fix(tell: Tell, book: str, groups: Sequence[int]) -> dict[str, Any]:
    """Write the chosen groups of repairs."""
    from addin.actions.fix import fix as run
    from addin.actions.messages import fixed

    return {"lines": [fixed(run(_path(book), groups=list(groups), tell=tell))], **_book(book)}


def look(tell: Tell, book: str, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What `adopt` understands of a workbook, and its questions; nothing is written."""
    return _adopt(book, answers or {}, dry_run=True, tell=tell)


def adopt(tell: Tell, book: str, answers: Mapping[str, str]) -> dict[str, Any]:
    """Make the workbook a live tracker, with a person's answers."""
    return _adopt(book, answers, dry_run=False, tell=tell)


def _adopt(book: str, answers: Mapping[str, str], *, dry_run: bool, tell: Tell) -> dict[str, Any]:
    from addin.actions.adopt import adopt as run
    from addin.actions.adopt_words import place_lines, reading_lines, sheet_lines

    open_: list[Question] = []

    def ask(reading: Reading, titles: Mapping[str, str]) -> None:
        """Keep the questions for the form; nothing goes on before they are answered there."""
        open_.extend(reading.questions)

    result = run(_path(book), dry_run=dry_run, answers=answers, ask=ask if dry_run else None, tell=tell)
    open_.extend(() if dry_run else result.open_questions)
    lines = [line for one in result.understood for line in place_lines(one, result)]
    lines += reading_lines(result.reading, result.titles)
    if result.beside and (dry_run or result.written):
        lines[:0] = result.beside.lines(dry_run=dry_run)
        book = book if dry_run else result.beside.path.name
    questions = [
        {"name": one.name, "text": one.text, "options": [list(option) for option in one.options]}
        | {"default": one.default, "free": one.name == "session"}
        for one in open_
    ]
    return {
        "lines": lines,
        "new": sheet_lines(result),
        "to_check": len(result.reading.listed),
        "questions": questions,
        "understood": bool(result.understood or result.new_sheets),
        "written": result.written,
        "book": book,
        **({} if dry_run else _book(book)),
    }


def undo(tell: Tell, book: str) -> dict[str, Any]:
    """Take the last change of ours back."""
    from addin.actions.undo import undo as run
    from addin.actions.undo_words import undone_lines

    done = run(_path(book))
    book = done.source or book
    return {"lines": undone_lines(done), "book": book, **_book(book)}


def export(tell: Tell, book: str, to: str) -> dict[str, Any]:
    """Clean files of every tracker: one file, or an archive of several."""
    from addin.actions.export import export as run

    folder = MADE / "export"
    shutil.rmtree(folder, ignore_errors=True)
    stem = Path(book).stem
    written = run(_path(book), to=to, out=folder / stem if to != "xlsx" else folder / f"{stem} clean.xlsx", tell=tell)
    files = list(written.files)
    if len(files) > 1:
        files = [_archive(files, folder, MADE / f"{stem} {to}.zip")]
    return {"files": [str(files[0])], "remarks": list(written.remarks), "rows": sum(written.rows.values())}


def report(tell: Tell, book: str, redacted: bool = False) -> dict[str, Any]:
    """The programme's status as a page of its own."""
    from addin.actions.report import report as run

    out = MADE / f"{Path(book).stem} report.html"
    made = run(_path(book), out, redacted=redacted, tell=tell)
    return {"files": [str(out)], "html": out.read_text("utf-8"), "errors": made.errors}


def _path(book: str) -> str:
    path = SCHOOL / Path(book).name
    if path.suffix.lower() not in WORKBOOKS:
        raise Problem(f"{path.name} is not an Excel workbook.", next="Save it as .xlsx, and choose that file.")
    return str(path)


def _book(book: str) -> dict[str, Any]:
    """The workbook as it is now, and the settings beside it where there are any."""
    settings = SCHOOL / SETTINGS_FILE
    return {"files": [_path(book), *([str(settings)] if settings.exists() else [])]}


def _archive(files: Sequence[Path], folder: Path, out: Path) -> Path:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.relative_to(folder).as_posix())
    return out


def _on_the_page(text: str) -> str:
    """A sentence as the page shows it: buttons for commands, the file's name without the folders of the browser."""
    return without_commands(text.replace(f"{SCHOOL}/", "").replace(f"{MADE}/", ""), BUTTONS)


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    one.__name__: one for one in (begin, check, repairs, fix, look, adopt, undo, export, report)
}
