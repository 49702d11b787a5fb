"""The sheet's own script on the emulator's page: a mistake is marked while it is typed, and requests are answered.

Node runs the product's Code.gs itself; the page is driven in a real browser.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from google_browser import Browser
from google_shared_school import TEACHER, Shared, shared_school

from addin.demo.sharing import OWNER
from addin.schedule.watch import watch

requests = pytest.importorskip("requests", reason="needs requests (the google extra)")
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js, which runs the sheet's script")
HEADER = {"X-Local-Emulator": "page"}
SECONDS = 2


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with shared_school(tmp_path_factory.mktemp("scripted")) as school:
        yield school


def post(shared: Shared, path: str, **change: Any) -> Any:
    body = {"as": TEACHER, "book": shared.key, "sheet": "CAS", **change}
    answer = requests.post(f"{shared.stage.google.url}{path}", json=body, headers=HEADER, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def cell(shared: Shared, at: str) -> dict[str, Any]:
    query = {"as": TEACHER, "book": shared.key, "sheet": "CAS"}
    messages = requests.get(f"{shared.stage.google.url}/page/grid", params=query, headers=HEADER, timeout=30).json()
    found: dict[str, Any] = next(one for row in messages["rows"] for one in row if one["at"] == at)
    return found


def test_a_mistake_is_marked_with_its_sentence_and_the_mark_goes_when_it_is_corrected(shared: Shared) -> None:
    (toast,) = post(shared, "/page/edit", do="type", at="K4", text="900")["toasts"]
    sentence = toast["text"]
    assert sentence.startswith("Hours is 900")
    assert "Enter 200 or less." in sentence
    assert (cell(shared, "K4")["note"], cell(shared, "K4")["fill"]) == (f"IB Trackers: {sentence}", "#ffe699")
    assert post(shared, "/page/edit", do="type", at="K4", text="20")["toasts"] == []
    assert "note" not in cell(shared, "K4")
    assert "fill" not in cell(shared, "K4")
    assert shared.stage.google.notes == []


def test_a_new_row_gets_an_id_that_the_sync_keeps(shared: Shared) -> None:
    rows = shared.values("CAS!A1:V500")
    last = len(rows) + 1
    post(shared, "/page/edit", do="type", at=f"F{last}", text="Choir concert")
    row_id = shared.values(f"CAS!V{last}:V{last}")[0][0]
    assert len(row_id) == 6
    assert row_id not in {row[21] for row in rows[1:]}
    shared.teacher.delete_rows(shared.key, "CAS", last)


def test_the_menu_is_only_for_those_who_may_edit(shared: Shared) -> None:
    body = {"as": "stranger@school.example", "book": shared.key, "sheet": "CAS", "item": "Sync now"}
    answer = requests.post(f"{shared.stage.google.url}/page/menu", json=body, headers=HEADER, timeout=30)
    assert answer.status_code in (400, 403, 404)


@pytest.mark.browser
def test_a_teacher_is_corrected_and_answered_on_the_page(shared: Shared) -> None:
    over = threading.Event()

    def answer() -> None:
        while not over.wait(SECONDS):
            watch(
                str(shared.book),
                timedelta(seconds=SECONDS),
                turns=1,
                watching=True,
                say=lambda line: None,
                complain=print,
                client=shared.stage.client(),
                open_=shared.stage.open,
            )

    watcher = threading.Thread(target=answer, daemon=True)
    with Browser(width=1300, height=700) as browser:
        browser.open(f"{shared.stage.google.url}/?as={TEACHER}&book={shared.key}&sheet=CAS")
        browser.wait("!!document.querySelector('input[data-at=\"K5\"]') && !document.getElementById('menu').hidden")
        enter(browser, "K5", "900")
        took = seconds(
            browser, "document.querySelector('input[data-at=\"K5\"]').parentElement.title.includes('Enter 200 or less')"
        )
        browser.wait("document.querySelector('.toast')?.innerText.includes('Enter 200 or less')")
        enter(browser, "K5", "9")
        browser.wait("!document.querySelector('input[data-at=\"K5\"]').parentElement.title.includes('Enter 200')")
        watcher.start()
        for item in ("Validate now", "Export", "Sync now"):
            browser.run(
                f"[...document.querySelectorAll('#menu li button')].find(b => b.textContent === '{item}').click()"
            )
            browser.wait(f"document.getElementById('toasts').innerText.includes('{WORDS[item]}')")
        until = time.monotonic() + 60
        while any(row[4] == "NEW" for row in shared.values("_requests!A2:G9")) and time.monotonic() < until:
            time.sleep(0.2)
        browser.run("[...document.querySelectorAll('#menu li button')].find(b => b.textContent === 'Help').click()")
        said = browser.wait("document.getElementById('alert').innerText")
    over.set()
    watcher.join(30)
    assert took < (1 if os.getloadavg()[0] < 1 else 30)
    assert "Next check:" in said
    assert "exported for your coordinator" in said
    assert "marked. The sheet Findings lists what to do." in said
    assert "sent to the coordinator" in said or "Already in sync." in said


WORDS = {"Validate now": "Problems marked: ", "Export": "Export requested.", "Sync now": "Sync requested."}


def enter(browser: Browser, at: str, text: str) -> None:
    browser.run(f"document.querySelector('input[data-at=\"{at}\"]').focus()")
    browser.type(text)
    browser.press("Enter")


def seconds(browser: Browser, script: str) -> float:
    began = time.monotonic()
    browser.wait(script)
    return time.monotonic() - began


@pytest.mark.browser
def test_two_people_see_each_others_edits(shared: Shared) -> None:
    address = f"{shared.stage.google.url}/?book={shared.key}&sheet=CAS&as="
    with Browser() as one, Browser() as other:
        one.open(address + TEACHER)
        other.open(address + OWNER)
        for browser in (one, other):
            browser.wait("!!document.querySelector('input[data-at=\"F3\"]')")
        enter(one, "F3", "Talk in May")
        other.wait("document.querySelector('input[data-at=\"F3\"]').value === 'Talk in May'")
        enter(other, "F4", "Another talk")
        one.wait("document.querySelector('input[data-at=\"F4\"]').value === 'Another talk'")


@pytest.mark.browser
def test_a_new_sheet_is_made_by_a_button_and_is_shared_with_the_program(shared: Shared) -> None:
    with Browser() as browser:
        browser.open(f"{shared.stage.google.url}/?as=new@school.example")
        browser.wait("document.getElementById('say')?.textContent.includes('Press New sheet')")
        browser.run("document.getElementById('new').click()")
        said = browser.wait("document.getElementById('say').textContent.match(/gsheet:[^ ]+/)?.[0]")
    book = shared.stage.google.service.books[said.removeprefix("gsheet:")]
    assert book.owner == "new@school.example"
    assert len(book.permissions) == 2
