"""Workbooks worked out anew by LibreOffice, whatever results stand in them: for tests of native formulas."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""A profile of our own that always recalculates (0), where the default trusts the results in the file."""
MARKS = re.compile(rb"<conditionalFormatting .*?</conditionalFormatting>", re.DOTALL)
"""Conditional formats: LibreOffice works all of them out when it saves, which takes longer than the formulas."""
TIME = 240


def without_results(source: Path, target: Path) -> Path:
    """A copy of the workbook in which no formula has a result, and no marks: what is read later was worked out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = MARKS.sub(b"", re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data))
            new.writestr(name, data)
    return target


def recalculated(books: Sequence[Path], folder: Path) -> list[Path]:
    """The workbooks as LibreOffice works them out, in one start of the program."""
    profile, bare, out = (folder / name for name in ("profile", "bare", "recalculated"))
    for made in (profile / "user", bare, out):
        made.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    sources = [without_results(book, bare / book.name) for book in books]
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "needs LibreOffice"
    done = subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            *map(str, sources),
        ],
        capture_output=True,
        text=True,
        timeout=TIME,
        check=False,
    )
    found = [out / source.name for source in sources]
    assert all(path.exists() for path in found), done.stderr or done.stdout
    return found
