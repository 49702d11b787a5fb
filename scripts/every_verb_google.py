"""The part of every_verb.py that shares trackers: the program's own emulator runs, and a teacher types on its page."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from verb_walk import Walk

TEACHER = "r.calloway@school.example"
READY = r"address +(http://127.0.0.1:(\d+))"
TOKEN = """
from pathlib import Path
from addin.google.sign_in import SCOPES
from addin.google_emulator import Emulator
with Emulator(Path("trial.json"), port={port}) as google:
    google.token_file(Path("."), "{who}", " ".join(SCOPES))
"""
"""What signing in with the browser leaves behind for a person of the emulator."""


class Page:
    """What the teacher sees and does on the emulator's page, over HTTP."""

    def __init__(self, address: str, book: str = "") -> None:
        self.address, self.book = address, book

    def ask(self, path: str, **given: str) -> Any:
        """Ask for something (`grid`), or do something."""
        given = {"as": TEACHER, "book": self.book, **given}
        url = f"{self.address}/page/{path}" + (f"?{urlencode(given)}" if path == "grid" else "")
        body = None if path == "grid" else json.dumps(given).encode()
        headers = {"X-Local-Emulator": "page", "Content-Type": "application/json"}
        with urlopen(Request(url, body, headers), timeout=60) as answer:
            return json.load(answer)

    def rows(self, sheet: str) -> list[list[str]]:
        """The texts of a sheet that is shown."""
        return [[cell["text"] for cell in row] for row in self.ask("grid", sheet=sheet)["rows"]]

    def place(self, sheet: str, key: str, header: str) -> str:
        """The cell in the row that begins with `key`, below a header."""
        grid = self.ask("grid", sheet=sheet)["rows"]
        column = [cell["text"] for cell in grid[0]].index(header)
        return str(next(row[column]["at"] for row in grid if row[0]["text"] == key))

    def type(self, sheet: str, at: str, text: str) -> None:
        self.ask("edit", do="type", sheet=sheet, at=at, text=text)


def walk(walk: Walk) -> None:
    """Sign in, share, sync, disagree, be asked from the sheet; then once more as a person."""
    with walk.running("emulator --state trial.json", READY) as ready:
        port = int(ready[2]) if ready else 0
        page = Page(ready[1] if ready else "")
        page.book = page.ask("new", title="CAS of R. Calloway")["book"]
        target = f"gsheet:{page.book}"
        walk.run("google sign-in local-emulator-key.json", 0, "^ok .*accepts the sign-in")
        walk.run(f"google doctor {target}", 0, "^ok .*is shared with")
        wish = "--tracker cas --only 'candidate.adviser=R. Calloway' --name hers"
        walk.run(f"google link School.xlsx {target} {wish}", 0, "^The sheet CAS is ready")
        first_sync(walk, page)
        walk.run(f"validate {target} --json shared.json", 1, "^CAS experiences: ")
        conflict(walk, page)
        request(walk, page)
        scripts(walk)
    as_a_person(walk, port)


def first_sync(walk: Walk, page: Page) -> None:
    """Each entry of her students arrives, and none of another's."""
    walk.run("sync School.xlsx --dry-run", 0, "^Nothing was written")
    walk.check(len([row for row in page.rows("CAS")[1:] if row[0]]) == 0, "wrote in a dry run")
    walk.run("sync School.xlsx", 0, "new rows to the shared sheet")
    hers = {row["Code"] for row in walk.rows("School.xlsx", "Candidates", "Code") if row["Adviser"] == "R. Calloway"}
    entries = [row["Entry"] for row in walk.rows("School.xlsx", "CAS", "Entry") if row["Candidate"] in hers]
    there = [row[0] for row in page.rows("CAS")[1:] if row[0]]
    walk.check(len(there) > 100 and there == entries[: len(there)], "the shared sheet has other entries")


def conflict(walk: Walk, page: Page) -> None:
    """Both change the hours of one entry; nothing is overwritten. She alone changes another's: it is taken over."""
    first, second = [row[0] for row in page.rows("CAS")[1:3]]
    walk.run("export School.xlsx --tracker cas --to csv --out cas.csv --overwrite", 1, "cas.csv$")
    head, *lines = csv.reader(io.StringIO(walk.text("cas.csv")))
    line = next(one for one in lines if one[0] == first)
    line[head.index("Hours")] = "31"
    with (walk.folder / "hours.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, line])
    walk.run("import hours.csv --into School.xlsx --tracker cas --yes", 0, r"1 changed \(1 cell\)")
    page.type("CAS", page.place("CAS", first, "Hours"), "47")
    page.type("CAS", page.place("CAS", second, "Hours"), "23")
    walk.run("sync School.xlsx", 1, "1 conflict")
    walk.run("conflicts School.xlsx", 1, "31.*47|47.*31")
    hours = {row["Entry"]: row["Hours"] for row in walk.rows("School.xlsx", "CAS", "Entry")}
    walk.check((hours[first], hours[second]) == (31, 23), f"has {hours[first]} and {hours[second]} hours")
    head, *shared = page.rows("CAS")
    there = {row[0]: row[head.index("Hours")] for row in shared}
    walk.check(there[first] == "47", f"the shared sheet has {there[first]} hours")


def request(walk: Walk, page: Page) -> None:
    """She ticks a box on Home, as on a phone; one look answers it. Then the watch goes on until Ctrl-C."""
    walk.run("watch School.xlsx --once", 0, "^Nothing is asked for")
    label = next(row for row in page.ask("grid", sheet="Home")["rows"] if row[0]["text"] == "Validate now")
    page.type("Home", label[1]["at"], "TRUE")
    walk.run("watch School.xlsx --once", 0, "[Vv]alidate")
    answered = next(row for row in page.rows("Home") if row[0] == "Validate now")
    walk.check(answered[1] != "TRUE" and bool(answered[2]), f"is answered by {answered}")
    with walk.running("watch School.xlsx --every 15s", "^Watching 1 shared spreadsheet every 15 s"):
        pass


def scripts(walk: Walk) -> None:
    walk.run("google script --out sheet.gs", 0, "^Wrote sheet.gs")
    walk.text("sheet.gs", "function onOpen()", "function onEdit(")
    walk.run("google form --tracker cas", 0, r"^Wrote Form.gs: a form with \d+ questions")
    walk.text("Form.gs", "function makeForm()", "onFormSubmit")


def as_a_person(walk: Walk, port: int) -> None:
    """Somebody who owns spreadsheets makes one with a tracker in it, on the emulator as it was left."""
    walk.own_python(TOKEN.format(port=port, who=TEACHER))
    with walk.running(f"emulator --state trial.json --port {port}", READY) as ready:
        walk.run("google sign-in local-emulator-r.calloway.json", 0, "^ok .*accepts the sign-in")
        made = walk.run("google create --tracker pd --title 'Our workshops'", 0, "^Made https://docs.google.com/")
        address = made.partition("Made ")[2].split()[0]
        walk.run(f"google doctor {address}", 0, "^ok .*Our workshops")
        page = Page(ready[1] if ready else "", address.split("/")[-2])
        walk.check("Workshop" in page.rows("PD")[0], f"has the headers {page.rows('PD')[0]}")
