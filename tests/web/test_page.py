"""The page in a real browser, with the server gone once it is loaded: as on a Chromebook without a network."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from google_browser import Browser
from web_page import PACKAGES, built_page, own_list, school

from addin.cli.main import main
from addin.errors import Problem
from addin.web.serve import Server, serve

PATIENCE = 240
"""Seconds for one step: Python is started, and the machine may be busy."""


def shown(element: str) -> str:
    return f"!document.getElementById('{element}').hidden"


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A visitor who has loaded the page, after which the server has gone."""
    folder = tmp_path_factory.mktemp("page")
    server = Server(built_page(folder / "out"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "down").mkdir()
    with Browser(1280, 900) as browser:
        browser.keep_downloads(folder / "down")
        browser.open(server.address)
        browser.wait(
            "document.body && document.body.dataset.ready && !document.getElementById('file').disabled", PATIENCE
        )
        server.shutdown()
        server.server_close()
        yield SimpleNamespace(browser=browser, folder=folder, asked=list(server.asked), address=server.address)


def choose(visit: SimpleNamespace, path: Path, element: str) -> Browser:
    browser: Browser = visit.browser
    browser.choose("#file", path)
    browser.wait(f"document.getElementById('status').textContent.startsWith('{path.name} is open')", PATIENCE)
    browser.wait(f"{shown(element)} && document.getElementById('progress').hidden", PATIENCE)
    return browser


def downloaded(visit: SimpleNamespace, name: str) -> Path:
    path = visit.folder / "down" / name
    visit.browser.wait(f"!!document.querySelector('#files a[download=\"{name}\"]')", PATIENCE)
    for _ in range(200):
        if path.exists():
            return path
        threading.Event().wait(0.05)
    raise AssertionError(f"{name} was not downloaded: {list(path.parent.iterdir())}")


def press(browser: Browser, element: str) -> None:
    browser.run(f"document.getElementById('{element}').click()")


def axe(browser: Browser) -> list[str]:
    """What axe-core finds that is serious."""
    browser.run((PACKAGES / "axe-core" / "axe.min.js").read_text("utf-8") + "; 0")
    found = browser.run(
        "axe.run(document, {resultTypes: ['violations']}).then((done) => JSON.stringify(done.violations))"
    )
    return [
        f"{one['id']}: {one['nodes'][0]['html']}"
        for one in json.loads(found)
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.browser
def test_a_workbook_is_checked_marked_and_taken_home_without_a_request(visit: SimpleNamespace, tmp_path: Path) -> None:
    mine = school(tmp_path / "School.xlsx", rows=130)
    before = mine.read_bytes()
    browser = choose(visit, mine, "result")
    assert main(["validate", str(mine), "--json", str(tmp_path / "found.json")]) == 1
    found = json.loads((tmp_path / "found.json").read_text("utf-8"))
    browser.run("for (const one of document.querySelectorAll('#findings details')) one.open = true")
    while browser.run("!!document.querySelector('#findings button:not([hidden])')"):
        browser.run("document.querySelector('#findings button:not([hidden])').click()")
    rows = browser.run(
        "[...document.querySelectorAll('#findings tbody tr')].map((row) => [...row.cells].map((c) => c.innerText))"
    )
    words = {"error": "Error", "warning": "Warning", "info": "Note"}
    assert sorted((row[0], row[1], row[2]) for row in rows) == sorted(
        (one["cell"], words[one["level"]], one["message"]) for one in found
    )
    assert "130" in browser.run("document.getElementById('trackers').innerText")
    press(browser, "mark")
    assert downloaded(visit, "School.xlsx").read_bytes() == mine.read_bytes() != before
    assert axe(browser) == []
    browser.size(390, 844)
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert axe(browser) == []
    assert browser.picture(tmp_path / "phone.png").stat().st_size > 10_000
    browser.size(1280, 900)
    outside = "performance.getEntriesByType('resource').map((one) => one.name)"
    assert all(one.startswith((visit.address, "blob:")) for one in browser.run(outside))
    large = [one for one in visit.asked if one.startswith(("/pyodide/", "/packages/"))]
    assert len(large) == len(set(large)) > 10  # they are fetched once


@pytest.mark.browser
def test_the_certain_repairs_are_chosen_written_and_taken_back(visit: SimpleNamespace, tmp_path: Path) -> None:
    browser = choose(visit, school(tmp_path / "Fix.xlsx"), "result")
    browser.size(390, 844)  # on a phone
    problems = "document.querySelectorAll('#findings tbody tr').length"
    before = browser.run(problems)
    press(browser, "repair")
    browser.wait(shown("groups"), PATIENCE)
    assert "May 2028 -> M28" in browser.run("document.getElementById('groups').innerText")
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert axe(browser) == []
    assert browser.picture(tmp_path / "repairs.png").stat().st_size > 10_000
    browser.run("document.querySelector('#groups button').click()")
    browser.wait("document.getElementById('said').innerText.startsWith('Fixed 1 cell')", PATIENCE)
    assert browser.run(problems) == before - 1
    assert browser.run("document.documentElement.scrollWidth") <= 390
    press(browser, "undo")
    browser.wait("document.getElementById('said').innerText.includes('exactly as before')", PATIENCE)
    assert browser.run(problems) == before
    press(browser, "export")
    assert b"000001,Berg1" in downloaded(visit, "candidates.csv").read_bytes()
    browser.size(1280, 900)


@pytest.mark.browser
def test_an_own_list_is_set_up_in_a_form(visit: SimpleNamespace, tmp_path: Path) -> None:
    browser = choose(visit, own_list(tmp_path / "Mine.xlsx"), "setup")
    assert "12A" in browser.run("document.getElementById('reading').innerText")
    fields = browser.run("[...document.querySelectorAll('#questions legend')].map((one) => one.innerText)")
    assert any("session" in one.casefold() for one in fields), fields
    assert axe(browser) == []
    browser.run("document.querySelector('#questions input[type=text]').focus()")
    browser.type("m28")
    browser.run("document.querySelector('#questions button').focus()")
    browser.run("document.getElementById('questions').requestSubmit()")
    browser.wait(f"{shown('result')} && !!document.querySelector('#files a')", PATIENCE)
    made = browser.run("[...document.querySelectorAll('#files a')].map((one) => one.download)")
    assert made == ["Mine.xlsx", "ib-trackers.toml"]
    assert "Candidates" in browser.run("document.getElementById('trackers').innerText")


@pytest.mark.browser
def test_a_csv_list_is_set_up_too_and_leaves_as_a_workbook(visit: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "Students.csv").write_text('Student,Bio,Hist\n"Ito, Aya",HL,SL\n"Roux, Eva",SL,HL\n', encoding="utf-8")
    browser = choose(visit, tmp_path / "Students.csv", "setup")
    assert "Students.xlsx would be made" in browser.run("document.getElementById('reading').innerText")
    browser.run("[...document.querySelectorAll('#questions button')].at(-1).click()")
    browser.wait(f"{shown('result')} && !!document.querySelector('#files a')", PATIENCE)
    assert "Registrations" in browser.run("document.getElementById('trackers').innerText")
    made = browser.run("[...document.querySelectorAll('#files a')].map((one) => one.download)")
    assert made == ["Students.xlsx", "ib-trackers.toml"]


@pytest.mark.browser
def test_a_school_s_own_tracker_file_is_chosen_with_the_workbook(visit: SimpleNamespace, tmp_path: Path) -> None:
    own = tmp_path / "candidates.toml"
    own.write_text(
        'extends = "candidates"\n[[rules]]\nid = "own"\nwhen = { session = { required = true } }\n'
        'then = { email = { one_of = ["x@school.example"] } }\nsay = "The school asks for another address."\n',
        "utf-8",
    )
    book = school(tmp_path / "Own.xlsx")
    visit.browser.choose("#file", book, own)
    visit.browser.wait("document.getElementById('status').textContent.startsWith('Own.xlsx is open')", PATIENCE)
    visit.browser.wait(f"{shown('result')} && document.getElementById('progress').hidden", PATIENCE)
    assert "The school asks for another address." in visit.browser.run("document.getElementById('findings').innerText")


@pytest.mark.browser
def test_what_is_no_workbook_is_a_sentence_and_the_page_goes_on(visit: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "Broken.xlsx").write_bytes(b"no zip at all")
    visit.browser.choose("#file", tmp_path / "Broken.xlsx")
    visit.browser.wait(f"{shown('problem')} && document.getElementById('progress').hidden", PATIENCE)
    said = visit.browser.run("document.getElementById('problem').innerText")
    assert "Broken.xlsx" in said
    assert "/school" not in said
    assert visit.browser.run("document.getElementById('file').disabled") is False


@pytest.mark.browser
def test_the_page_starts_again_offline(visit: SimpleNamespace) -> None:
    visit.browser.open(visit.address)
    visit.browser.wait("document.body && !!document.body.dataset.ready", PATIENCE)
    assert "Works offline." in visit.browser.run("document.body.innerText")


def test_it_is_served_on_this_computer_alone_with_a_strict_policy(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>hello", encoding="utf-8")
    (tmp_path / "packages").mkdir()
    said, stop = StringIO(), threading.Event()
    running = threading.Thread(target=serve, args=(tmp_path, 0, said.write, stop))
    running.start()
    while "Ctrl-C" not in said.getvalue():
        assert running.is_alive()
    address = said.getvalue().split()[1]
    assert address.startswith("http://127.0.0.1:")
    with urlopen(address, timeout=5) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    with pytest.raises(HTTPError):
        urlopen(f"{address}packages/", timeout=5)
    with pytest.raises(Problem, match="cannot be used"):
        Server(tmp_path, int(address.rstrip("/").rpartition(":")[2]))
    stop.set()
    running.join(10)


def test_the_verb_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["web"]) == 2
    assert "Which folder?" in capsys.readouterr().err
