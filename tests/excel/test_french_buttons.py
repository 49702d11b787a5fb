"""Every button on a French workbook beside its English twin, in LibreOffice: no line of words is the same in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import xlwings as xw
from english_left import english_in

from addin.actions.new import new
from addin.backends.excel import ExcelBook
from addin.excel.buttons import BUTTONS
from addin.excel.reasons import reason
from addin.workspace.spoken import conversation, spoken

pytest_plugins = ("office",)
pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

TRACKERS = ("candidates", "registrations", "inventory")
WORD = re.compile(r"[^\W\d_]{3,}")
NAMES = re.compile(r"\S*/\S.*|ib-trackers( [a-z-]+)*|\S+\.(?:xlsx|html|ics|zip)\b")
"""Paths to the end of the line, commands and files."""
CALLED_SO = ("cron", "ib-trackers")


@pytest.fixture(scope="module")
def books(office: xw.App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, xw.Book]]:
    home = tmp_path_factory.mktemp("home")
    (home / "Downloads").mkdir()
    opened = {}
    for code in ("en", "fr"):
        path = home / f"{code}.xlsx"
        new(str(path), language=code, trackers=TRACKERS)
        opened[code] = office.books.open(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CONFIG_HOME", str(home))
        yield opened
    for book in opened.values():
        book.close()


def pressed(action: str, book: xw.Book) -> list[str]:
    """What the button answers, as the macro shows it."""
    with conversation("excel:") as talk:
        talk.about(ExcelBook(book))
        try:
            answer = spoken(BUTTONS[action](book))
        except Exception as error:
            answer = reason(error) or f"Unexpected error {error!r}"
    return answer.splitlines()


@pytest.mark.parametrize("action", BUTTONS)
def test_no_button_answers_in_english_on_a_french_workbook(action: str, books: dict[str, Any]) -> None:
    english, french = (pressed(action, books[code]) for code in ("en", "fr"))
    assert french and "Unexpected error" not in "".join(french)
    assert [line for line in french if line in set(english) and WORD.search(NAMES.sub(" ", line))] == []
    assert english_in("\n".join(french), "fr", data=CALLED_SO) == []
