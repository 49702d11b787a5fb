"""What a button starts: python -P -m addin.excel.entry ACTION --wb=NAME [--hwnd=N] [--pipe=NAME] --log=FILE

It finds the open workbook, runs the button's function on it and writes the answer where the macro waits for it.
Whatever happens, there is an answer: a macro that waits in vain looks like a frozen Excel. Nothing is printed, because
pythonw has nowhere to print to.
"""

import os
import sys
import threading
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.core.language import in_one, joined, phrase
from addin.core.names import STATE_FOLDER
from addin.errors import Problem
from addin.excel.answer import forget_old_answers, write_answer
from addin.excel.paths import DEFAULT_PIPE, PIPE_VARIABLE, platform_name
from addin.excel.reasons import BUSY, LOOK_OVER, reason
from addin.workspace.spoken import Conversation, conversation, spoken

TIME_LIMIT = 9 * 60.0  # seconds; below the ten minutes for which the macro waits
PING = "ping"


@dataclass(frozen=True)
class Request:
    """What the macro asks for."""

    action: str
    book: str = ""
    window: int | None = None
    pipe: str = ""
    answer: Path | None = None


def main(arguments: list[str]) -> int:
    """Do what the macro asked for; the exit code, 0 when it was done."""
    platform = platform_name(sys.platform)
    request = parse(arguments, platform, os.environ.get(PIPE_VARIABLE, ""))
    if request.answer is not None:
        forget_old_answers(request.answer.parent)
    watchdog = threading.Timer(TIME_LIMIT, give_up, (request, platform))
    watchdog.daemon = True
    watchdog.start()
    code, message = outcome(request)
    watchdog.cancel()
    tell(request, code, message, platform)
    return code


def parse(arguments: list[str], platform: str, pipe: str = "") -> Request:
    """The request in these arguments. What is unknown is left aside: an older workbook may ask a newer Python."""
    options = dict(argument.split("=", 1) for argument in arguments if argument.startswith("--") and "=" in argument)
    actions = [argument for argument in arguments if not argument.startswith("--")]
    window = options.get("--hwnd", "")
    answer = options.get("--log")
    return Request(
        action=actions[0] if actions else PING,
        book=options.get("--wb", ""),
        window=int(window) if window.isdigit() else None,
        pipe=options.get("--pipe") or pipe or (DEFAULT_PIPE if platform == "linux" else ""),
        answer=Path(answer) if answer else None,
    )


def outcome(request: Request) -> tuple[int, str]:
    """(exit code, what to tell the person); an error is turned into its sentence here, at the edge."""
    with conversation("excel:") as talk:
        try:
            return 0, ping() if request.action == PING else press(request, talk)
        except (Exception, SystemExit) as error:  # a library that calls sys.exit must not leave the macro waiting
            sentence = reason(error)
            if sentence is None:
                where = note_error(error, request)
                sentence = spoken(unexpected(error, where))
            return 2, sentence


def unexpected(error: BaseException, where: Path) -> str:
    """What is said where nobody foresaw what went wrong."""
    first = phrase("Unexpected error: {kind}: {error}", kind=type(error).__name__, error=error)
    details = phrase("Nothing more was changed. The details are in {file}.", file=where)
    return joined("\n", [first, in_one(details, phrase(LOOK_OVER))])


def press(request: Request, talk: Conversation) -> str:
    """Run the button's function on the open workbook; its message, in the workbook's language."""
    from addin.backends.excel import ExcelBook
    from addin.backends.excel.window import open_workbook
    from addin.excel.buttons import BUTTONS

    if request.action not in BUTTONS:
        raise Problem(
            phrase(
                "This workbook has a button ({action}) that the installed IB Trackers does not know.",
                action=request.action,
            ),
            next=phrase("Update it: pip install --upgrade ib-trackers, then ib-trackers excel install."),
        )
    book = open_workbook(request.book, request.window, request.pipe)
    talk.about(ExcelBook(book))
    return spoken(BUTTONS[request.action](book))


def ping() -> str:
    """Prove that Python starts and has what it needs; touches no workbook."""
    import addin
    from addin.backends.excel.lean_xlwings import lean_xlwings

    xlwings = lean_xlwings()
    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"IB Trackers {addin.__version__}, Python {python}, xlwings {xlwings.__version__}"


def tell(request: Request, code: int, message: str, platform: str) -> None:
    """Write the answer for the macro; without a file to write to, say it on the terminal if there is one."""
    if request.answer is not None:
        write_answer(request.answer, code, message, platform)
    elif sys.stderr is not None:
        sys.stderr.write(message + "\n")


def give_up(request: Request, platform: str) -> None:
    """Stop when Excel has not answered for long: a person may have left a cell half edited."""
    late = phrase("Nothing came back for {minutes} minutes.", minutes=f"{TIME_LIMIT / 60:.0f}")
    tell(request, 2, spoken(in_one(late, phrase(BUSY))), platform)
    os._exit(2)  # the main thread hangs inside Excel and cannot be asked to stop


def note_error(error: BaseException, request: Request) -> Path:
    """Keep where it happened for whoever mends it: file names and lines, but no values, for they may name people."""
    folder = request.answer.parent if request.answer else Path.home() / STATE_FOLDER
    kept = folder / "last-error.txt"
    frames = "".join(f"{f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
    when = datetime.now().isoformat(timespec="seconds")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.write_text(f"{when} {request.action}\n{frames}{type(error).__name__}\n", encoding="utf-8")
    except OSError:
        return Path("no file: the folder cannot be written")
    return kept


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
