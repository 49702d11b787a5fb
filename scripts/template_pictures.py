"""Pictures of the sample workbook for the README: rendered by LibreOffice and pdftoppm, one for each kind of sheet."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from addin.sample import DAY, school
from addin.settings import Settings, load_lists
from addin.templates import build
from addin.trackers import load_all

SHOWN = ("candidates", "registrations", "cas", "pd", "inventory")
ROWS = 30
"""Rows of each tracker that are shown: a picture has no room for more."""
PAGES = {"Riverside International School": "home", "Candidates": "candidates", "CAS experiences": "cas",
         "CAS progress": "cas-progress"}  # fmt: skip
"""What a page begins with, and the name of its picture."""


def render(folder: Path) -> list[Path]:
    """The pictures, as PNG files in a folder. Needs LibreOffice and poppler."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        pages = _pdf(Path(temporary))
        found = {}
        for number in range(1, 60):
            words = _run("pdftotext", "-f", str(number), "-l", str(number), str(pages), "-").strip().splitlines()
            name = PAGES.get(words[0].strip()) if words else None
            if name and name not in found:
                target = folder / name
                _run("pdftoppm", "-r", "80", "-png", "-singlefile", "-f", str(number), "-l", str(number), str(pages),
                     str(target))  # fmt: skip
                found[name] = target.with_suffix(".png")
        return list(found.values())


def _pdf(folder: Path) -> Path:
    trackers = {name: tracker for name, tracker in load_all().items() if name in SHOWN}
    sample = school()
    settings = Settings({"session": "M27"}, load_lists(), DAY, {"name": "Riverside International School"})
    rows = {name: sample.rows[name][:ROWS] for name in SHOWN}
    codes = {row["code"] for row in rows["candidates"]}
    for name, step in (("registrations", 1), ("cas", 30)):
        rows[name] = [row for row in sample.rows[name] if row["candidate"] in codes][::step]
    build(folder / "sample.xlsx", trackers, settings, rows, sample.ids)
    _run("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / "sample.xlsx"))  # fmt: skip
    return folder / "sample.pdf"


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=400, check=False).stdout
