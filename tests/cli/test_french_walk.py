"""Every verb on a French workbook beside its English twin: no line of words is the same in both."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from english_left import english_in

from addin.cli.main import main

BOOK = "2027.xlsx"
VERBS = {
    "new": ["new", BOOK, "--sample", "--trackers", "core,inventory"],
    "new again": ["new", BOOK],
    "validate": ["validate", BOOK],
    "fix": ["fix", BOOK],
    "fix --yes": ["fix", BOOK, "--yes"],
    "history": ["history", BOOK],
    "restore": ["restore", BOOK],
    "restore a sheet": ["restore", BOOK, "1", "--sheet", "CAS", "--dry-run"],
    "restore all, not yet": ["restore", BOOK, "1", "--dry-run"],
    "restore a copy that is not there": ["restore", BOOK, "99"],
    "restore a row that is not there": ["restore", BOOK, "1", "--row", "zzz"],
    "restore all": ["restore", BOOK, "1"],
    "undo, not yet": ["undo", BOOK, "--dry-run"],
    "undo": ["undo", BOOK],
    "undo of a sync": ["undo", BOOK, "--run", "7"],
    "export csv": ["export", BOOK, "--to", "csv", "--out", "csv"],
    "export ics": ["export", BOOK, "--to", "ics", "--out", "ics"],
    "export what": ["export", BOOK, "--to", "docx", "--out", "d.docx"],
    "export no format": ["export", BOOK, "--out", "d"],
    "export redacted": ["export", BOOK, "--redact", "--out", "shared.xlsx"],
    "export to IBIS": ["export", BOOK, "--to", "ibis", "--template", "template.xlsx", "--out", "filled.xlsx"],
    "export without template": ["export", BOOK, "--to", "ibis", "--out", "filled.xlsx"],
    "import, not yet": ["import", "list.csv", "--into", BOOK, "--tracker", "candidates", "--dry-run"],
    "import": ["import", "list.csv", "--into", BOOK, "--tracker", "candidates"],
    "import nothing": ["import", "none.csv", "--into", BOOK],
    "compare": ["compare", BOOK, "--with", "list.csv", "--tracker", "candidates"],
    "report": ["report", BOOK, "--out", "report.html"],
    "report docx": ["report", BOOK, "--out", "report.docx"],
    "report of nobody": ["report", BOOK, "--candidate", "zzz", "--out", "one.html"],
    "report pack": ["report", BOOK, "--pack", "missing", "--out", "pack"],
    "report empty pack": ["report", BOOK, "--pack", "travel", "--out", "travel"],
    "remind": ["remind", BOOK, "--dry-run"],
    "remind --send": ["remind", BOOK, "--send"],
    "rollover": ["rollover", BOOK, "--dry-run"],
    "rollover backwards": ["rollover", BOOK, "--session", "M20", "--dry-run"],
    "register nobody": ["register", BOOK],
    "lend": ["stock", BOOK, "--lend", "zzz", "--to", "Mme Dubois"],
    "lend to nobody": ["stock", BOOK, "--lend", "zzz"],
    "count": ["stock", BOOK, "--count", "zzz=x"],
    "privacy due": ["privacy", "due", BOOK],
    "privacy log": ["privacy", "log", BOOK],
    "privacy held": ["privacy", "held", BOOK, "zzz", "--out", "held.html"],
    "privacy erase nobody": ["privacy", "erase", BOOK],
    "privacy erase": ["privacy", "erase", BOOK, "zzz", "--dry-run"],
    "sync without links": ["sync", BOOK],
    "conflicts without links": ["conflicts", BOOK],
    "handover": ["handover", BOOK],
    "handover again": ["handover", BOOK],
    "take over": ["handover", "list.zip", "--language", "{code}"],
    "schedule": ["schedule", "show", BOOK, "--scheduler", "cron"],
    "google sign-in": ["google", "sign-in", "none.json", "--language", "{code}"],
    "google doctor": ["google", "doctor", "--language", "{code}"],
    "adopt": ["adopt", BOOK],
    "a workbook that is not there": ["validate", "none.xlsx", "--language", "{code}"],
    "a damaged workbook": ["validate", "damaged.xlsx", "--language", "{code}"],
    "a locked folder": ["report", BOOK, "--out", "none/there/report.html"],
    "first sync": ["sync", "link/log.xlsx", "--language", "{code}"],
    "sync, not yet": ["sync", "link/log.xlsx", "--dry-run", "--language", "{code}"],
    "sync": ["sync", "link/log.xlsx", "--language", "{code}"],
    "conflicts": ["conflicts", "link/log.xlsx", "--language", "{code}"],
    "history of a sync": ["history", "link/log.xlsx", "--language", "{code}"],
    "undo a sync": ["undo", "link/log.xlsx", "--language", "{code}"],
    "stopped sync": ["sync", "link/log.xlsx", "--language", "{code}"],
}
BEFORE = {"sync, not yet": "edit"}
WORD = re.compile(r"[^\W\d_]{3,}")
NAMES = (
    r"\S*/\S*", r"\S+\.(?:xlsx|csv|html|ics|json|toml|zip|pdf|txt|docx)\b", r"ib-trackers( [a-z-]+)*", r"--[a-z-]+",
    r"^crontab$", r"^    Code -> Code \(C1\)$",
)  # fmt: skip
"""Paths, files, commands, options; a header and a file that are called so in both."""
DATA = {
    "CAS", "TOK", "IBIS", "Google", "Sheets", "Kim", "Log", "Hours", "Entry", "Riverside", "International", "School",
}  # fmt: skip
"""Proper names, and what is called so everywhere."""


CALLED_SO = (
    "2027 planted mistakes.csv",
    "Riverside International School",
    "What you need to know.html",
    "ib-trackers",
    "--row",
    "--sheet",
)


def prepared(folder: Path) -> None:
    folder.mkdir()
    (folder / "list.csv").write_text("Code,Last name,First names\nC1,Ito,Aiko\n", "utf-8")
    (folder / "damaged.xlsx").write_bytes(b"PK\x03\x04 half a workbook")
    (folder / "list.zip").write_bytes(b"no archive")
    template = openpyxl.Workbook()
    template.active.append(["Last name", "First names", "Birth date", "Shoe size"])
    template.save(folder / "template.xlsx")
    link = folder / "link"
    (link / "trackers").mkdir(parents=True)
    (link / "trackers" / "log.toml").write_text(
        'title="Log"\nsheet="Log"\nkey=["entry"]\n[columns.entry]\n[columns.hours]\ntype="number"\n', "utf-8"
    )
    (link / "ib-trackers.toml").write_text('[[links]]\nname="Kim"\ntarget="kim.xlsx"\ntracker="log"\n', "utf-8")
    for name, rows in (("log.xlsx", [["0001", 2], ["0002", 3], ["0003", 4]]), ("kim.xlsx", [])):
        book = openpyxl.Workbook()
        book.active.title = "Log"
        for row in [["Entry", "Hours", "IBT id"], *rows]:
            book.active.append(row)
        book.save(link / name)


def edit(folder: Path) -> None:
    """Two people change one cell; one changes another, deletes a row and adds one."""
    for name, value in (("log.xlsx", 5), ("kim.xlsx", 6)):
        book = openpyxl.load_workbook(folder / "link" / name)
        book["Log"]["B2"] = value
        if name == "kim.xlsx":
            book["Log"]["B3"] = 9
            book["Log"].delete_rows(4)
            book["Log"].append(["0009", 1])
        book.save(folder / "link" / name)


def walked(folder: Path, code: str) -> Iterator[tuple[str, list[str]]]:
    prepared(folder)
    here = Path.cwd()
    os.chdir(folder)
    try:
        for label, argv in VERBS.items():
            if label in BEFORE:
                edit(folder)
            words = [word.format(code=code) for word in argv]
            words += ["--language", code] if label.startswith("new") else []
            shown = io.StringIO()
            with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
                main(words)
            yield label, shown.getvalue().splitlines()
    finally:
        os.chdir(here)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    """What each verb says in English and in French."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IB_TRACKERS_HANDOVER_PASSWORD", "0123456789abcdef")
        patch.setenv("LC_ALL", "C.UTF-8")
        home = tmp_path_factory.mktemp("home")
        patch.setenv("HOME", str(home))
        english, french = (dict(walked(tmp_path_factory.mktemp("walk") / code, code)) for code in ("en", "fr"))
    return {label: (english[label], french[label]) for label in VERBS}


def words_of(line: str) -> list[str]:
    """The words of a line that are no names."""
    for pattern in NAMES:
        line = re.sub(pattern, " ", line)
    return [word for word in WORD.findall(line) if word not in DATA]


@pytest.mark.parametrize("label", VERBS)
def test_no_line_of_words_is_the_same_in_english_and_french(
    label: str, both: dict[str, tuple[list[str], list[str]]]
) -> None:
    english, french = both[label]
    assert french, "it says nothing"
    assert [line for line in french if line in set(english) and words_of(line)] == []
    assert english_in("\n".join(french), "fr", data=CALLED_SO) == []
