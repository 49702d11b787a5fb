"""What goes wrong is said in the language of the workbook: files, disks, Google, and the stops of a sync."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from english_left import english_in

from addin.core.sync.guard import KINDS, Reason
from addin.core.sync.words import reason
from addin.core.text import sentences_of
from addin.errors import Problem, file_problem
from addin.google import problems
from addin.workspace.languages import language
from addin.workspace.spoken import conversation, said, spoken

LANGUAGES = ["fr", "es", "de"]
DATA = ("ib-trackers sync --force", "ib-trackers google sign-in", "KEY.json")


def errors() -> list[Problem]:
    """One of each kind that a file, the disk, Google or the network causes."""
    found: list[Problem] = [
        file_problem(OSError(number, words), "Liste.csv", doing=doing)
        for number, words in (
            (errno.EACCES, "Permission denied"),
            (errno.ENOENT, "No such file or directory"),
            (errno.EROFS, "Read-only file system"),
            (errno.ENOSPC, "No space left on device"),
            (errno.ENAMETOOLONG, "File name too long"),
        )
        for doing in ("made", "read", "used", "written")
    ]
    found += [
        problems.gave_up(problems.why_no_answer(Exception(text)), where="", tries=tries, seconds=3)
        for text, tries in (("timed out", 1), ("ProxyError", 2), ("getaddrinfo", 3), ("SSLError", 4), ("", 5))
    ]
    return [*found, problems.too_long(120, where=""), problems.not_google(where="")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_goes_wrong_with_files_and_google_has_no_english_left(code: str) -> None:
    with conversation(asked=code):
        for problem in errors():
            for words in (said(problem), spoken(sentences_of(problem))):
                assert words != str(problem) and english_in(words, code, data=DATA) == [], words
    assert str(file_problem(OSError(errno.EACCES, "Permission denied"), Path("a.csv"))) == (
        "a.csv: could not be written (Permission denied). Check the folder and your permissions."
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_stop_of_a_sync_is_said_in_the_language(code: str) -> None:
    spoken_in = language(code)
    for kind in KINDS:
        for side in ("left", "right"):
            stop = reason(Reason(kind, side, 3, 12, ("hours",)), rows={"left": 1, "right": 12})  # type: ignore[arg-type]
            assert english_in(spoken_in.speak(stop), code, data=DATA) == [], stop
