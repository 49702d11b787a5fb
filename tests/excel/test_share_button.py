"""Share in an open workbook: from no key at all to a synced Google Sheet, without a command or a settings file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw
from google_school import School

from addin.core.names import LINKS
from addin.core.settings import Settings
from addin.excel.buttons import sync
from addin.excel.sharing import share
from addin.google.keys import ACCOUNT_FILE, config_folder
from addin.google_emulator.accounts import BOT
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

pytest_plugins = ("office", "google_desk")
pytestmark = pytest.mark.libreoffice

PEOPLE = [
    {
        "code": f"00900{n}",
        "last_name": name,
        "first_names": "Ida",
        "session": "M27",
        "category": "D",
        "adviser": adviser,
    }
    for n, (name, adviser) in enumerate([("Berg", "Ms Ito"), ("Diaz", "Mr Okafor")], 1)
]
ENTRIES = [
    {"candidate": f"00900{n}", "title": title, "strands": "Service", "start": date(2026, 9, 1)}
    for n, title in [(1, "Beach"), (2, "Choir")]
]


@pytest.fixture
def book(office: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "cas")}
    path = tmp_path / "School.xlsx"
    settings = Settings({"session": "M27", "programme": "dp"}, load_lists(), date.today(), {})
    build(path, trackers, settings, {"candidates": PEOPLE, "cas": ENTRIES})
    open_book = office.books.open(path)
    yield open_book
    open_book.close()


def test_from_no_key_to_a_synced_sheet(book: xw.Book, home: Path, service: School, tmp_path: Path) -> None:
    said = share(book)
    assert "not signed in to Google.\nOnce for the school" in said and len(said) < 1000 and "ib-trackers" not in said
    (home / "Downloads" / "invoice.json").write_text("{}")
    key = home / "Downloads" / "ib-trackers-4f2a.json"
    shutil.copy(service.folder / "local-emulator-key.json", key)
    assert str(key) in share(book) and not (config_folder() / ACCOUNT_FILE).exists()
    said = share(book)
    assert said.startswith(f"Signed in as {BOT}. Delete {key} now.") and f"add {BOT} as Editor" in said
    assert (config_folder() / ACCOUNT_FILE).exists() and book.sheets.active.name == LINKS
    sheet = book.sheets[LINKS]
    address = f"https://docs.google.com/spreadsheets/d/{service.key}/edit"
    sheet.range("A2").value, sheet.range("B2").value, sheet.range("D2").value = "CAS experiences", "Ms Ito", address
    said = share(book)
    assert said.startswith("CAS experiences: Ms Ito: the Google Sheet CAS is ready for the rows of Ms Ito.")
    assert sheet.range("G2").value == "Not synced yet: press Sync."
    sync(book)
    there = service.book().read(["CAS"])["CAS"]
    texts = [value for line in there.values for value in line]
    assert "Beach" in texts and "Choir" not in texts
    sheet.range("B2").value = "Ms Itoh"
    said = share(book)
    assert "No row is for Ms Itoh. There are: Mr Okafor, Ms Ito." in said
    assert [sheet.range(f"B{row}").value for row in (2, 3)] == ["Ms Ito", "Ms Itoh"]
