"""The grid page in a real browser: a person plays the teacher."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from google_browser import Browser
from google_example import OWNER, READER, TEACHER, example

from addin.errors import Problem
from addin.google_emulator import Emulator, serve
from addin.google_emulator.people import Person

requests = pytest.importorskip("requests", reason="needs requests (the google extra)")

HEADER = {"X-Local-Emulator": "page"}


@pytest.fixture
def google_() -> Iterator[Emulator]:
    with Emulator(strict=False) as emulator:
        yield emulator


@pytest.fixture
def key(google_: Emulator) -> str:
    return example(google_)


@pytest.fixture
def teacher(google_: Emulator) -> Person:
    return google_.person(TEACHER)


def grid(google: Emulator, **query: str) -> Any:
    return requests.get(f"{google.url}/page/grid", params=query, headers=HEADER, timeout=5).json()


def edit(google: Emulator, **change: Any) -> Any:
    return requests.post(f"{google.url}/page/edit", json=change, headers=HEADER, timeout=5)


@pytest.mark.browser
def test_a_teacher_types_into_a_cell_and_a_program_s_change_shows(
    google_: Emulator, key: str, teacher: Person, tmp_path: Path
) -> None:
    with Browser() as browser:
        browser.open(f"{google_.url}/?as={TEACHER}&book={key}")
        browser.wait("document.querySelector('input[data-at=\"B2\"]')?.value === 'Ada Nwosu'")
        assert "not Google" in browser.run("document.title")
        assert browser.run("document.querySelector('input[data-at=\"A2\"]').readOnly") is True
        browser.run("document.querySelector('input[data-at=\"A2\"]').kept = true")
        browser.run("document.querySelector('input[data-at=\"F3\"]').kept = true")
        browser.run("document.querySelector('input[data-at=\"F3\"]').focus()")
        browser.type("21.5")
        browser.press("Enter")
        browser.wait("document.getElementById('say').textContent === 'Saved.'")
        assert teacher.cells(key, "CAS!F3") == [["21.5"]]
        browser.wait("!document.querySelector('input[data-at=\"F3\"]').kept")
        assert browser.run("document.querySelector('input[data-at=\"A2\"]').kept"), "only what changed is drawn anew"
        browser.run("document.querySelector('input[data-at=\"D4\"]').focus()")
        browser.type("Sleeping")
        browser.press("Enter")
        browser.wait("document.getElementById('say').className === 'refused'")
        assert teacher.cells(key, "CAS!D4") == [["Service"]]
        google_.person(OWNER).set_cell(key, "CAS!B5", "Dev Patel")
        browser.wait("document.querySelector('input[data-at=\"B5\"]')?.value === 'Dev Patel'")
        assert browser.picture(tmp_path / "page.png").stat().st_size > 10_000


def test_each_person_sees_what_is_shared_with_them(google_: Emulator, key: str) -> None:
    assert grid(google_, **{"as": TEACHER})["book"] == key
    assert grid(google_, **{"as": "stranger@school.example"})["books"] == []
    shown = grid(google_, **{"as": READER})
    assert all(cell.get("locked") for row in shown["rows"] for cell in row)


def test_protected_cells_and_strict_drop_downs_refuse_on_the_page(google_: Emulator, key: str) -> None:
    place = {"as": TEACHER, "book": key, "sheet": "CAS", "do": "type"}
    assert edit(google_, **place, at="A2", text="x").status_code == 400
    refused = edit(google_, **place, at="D2", text="Sleeping")
    assert "violates the data validation" in refused.json()["refused"]
    assert edit(google_, **place, at="D2", text="Service").status_code == 200


def test_rows_come_go_and_are_sorted_on_the_page(google_: Emulator, key: str) -> None:
    owner = google_.person(OWNER)
    place = {"as": OWNER, "book": key, "sheet": "CAS"}
    assert edit(google_, **place, do="sort", row=6).status_code == 200
    assert owner.cells(key, "CAS!F2:F4") == [["8"], ["12.5"], ["20"]]
    edit(google_, **place, do="insert row", row=2)
    edit(google_, **place, do="delete row", row=3)
    assert owner.cells(key, "CAS!F2:F4") == [[], ["12.5"], ["20"]]


def test_only_the_page_itself_may_ask_and_edit(google_: Emulator, key: str) -> None:
    """Another web page cannot: it can neither send the header nor use this name."""
    assert requests.get(f"{google_.url}/page/grid", timeout=5).status_code == 403
    assert requests.post(f"{google_.url}/page/edit", json={}, timeout=5).status_code == 403
    foreign = requests.get(f"{google_.url}/", headers={"Host": "evil.example:80"}, timeout=5)
    assert foreign.status_code == 403


def test_serve_says_where_it_is_and_keeps_the_state(tmp_path: Path) -> None:
    out, stop, state = StringIO(), threading.Event(), tmp_path / "google.json"
    running = threading.Thread(target=serve, args=(0, state), kwargs={"out": out, "stop": stop})
    running.start()
    while "Ctrl-C" not in out.getvalue():
        assert running.is_alive()
    said = out.getvalue()
    address = next(line.split()[-1] for line in said.splitlines() if "address" in line)
    assert requests.get(address, timeout=5).text.count("not Google") >= 1
    assert (tmp_path / "local-emulator-key.json").exists() and "not Google" in said
    stop.set()
    running.join(10)
    assert state.exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.org"])
def test_serve_refuses_to_be_reached_from_elsewhere(host: str) -> None:
    with pytest.raises(Problem, match="this machine only"):
        serve(0, host=host)


def test_a_damaged_state_file_is_a_sentence(tmp_path: Path) -> None:
    state = tmp_path / "google.json"
    state.write_text("{", encoding="utf-8")
    with pytest.raises(Problem, match="not a state file"):
        serve(0, state)
