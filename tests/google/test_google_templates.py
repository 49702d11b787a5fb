"""Trackers as sheets of a Google spreadsheet, over HTTP with the real gspread: made, mended, linked, synced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import gspread
import pytest
from google.auth.transport.requests import AuthorizedSession
from google_schema import misfits
from google_school import School, google_school

from addin.actions.link import create, link
from addin.actions.sync.run import sync
from addin.backends.open import open_book
from addin.core.book import Book
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers import ID_HEADER
from addin.errors import BookProblem, Problem, SettingsProblem, SignInProblem
from addin.google.client import CarefulClient
from addin.google.keys import read_key
from addin.google.sign_in import SCOPES, credentials
from addin.google_emulator.accounts import BOT
from addin.templates import build
from addin.templates.google import MASK, Share, requests, seen
from addin.templates.google.checks import LOOKS
from addin.workspace.settings import load
from addin.workspace.tracker_files import load_all

TODAY = date(2026, 11, 22)
PEOPLE = [
    {"code": "000466", "last_name": "Novák", "first_names": "Ana", "session": "M27", "category": "D", "adviser": "Ito"},
    {"code": "S-2", "last_name": "Okafor", "first_names": "Chidi", "session": "M27", "category": "D", "adviser": "Ek"},
]
ENTRIES = [
    {"entry": "0001", "candidate": "000466", "kind": "Experience", "title": "Choir", "strand": "Creativity",
     "start": date(2026, 9, 1), "hours": 2.5, "status": "Submitted", "notes": "private words"},
    {"entry": "0002", "candidate": "S-2", "kind": "Experience", "title": "Rowing", "strand": "Activity",
     "start": date(2026, 9, 2), "hours": 1, "status": "Draft"},
    {"entry": "0003", "candidate": "000466", "kind": "Project", "title": "Garden", "strand": "Service",
     "start": date(2026, 9, 3), "end": date(2026, 10, 9), "hours": 20, "status": "Submitted"},
]  # fmt: skip
TRACKERS = load_all()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with google_school(tmp_path_factory.mktemp("key")) as world:
        yield world


@pytest.fixture
def world(service: School) -> School:
    return small(service.fresh())


def small(world: School) -> School:
    """A sheet of few rows: the emulator writes out every cell that has a drop-down."""
    size = {"sheetId": 0, "gridProperties": {"rowCount": 40, "columnCount": 26}}
    fields = "gridProperties(rowCount,columnCount)"
    world.teacher.change(world.key, {"updateSheetProperties": {"properties": size, "fields": fields}})
    return world


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook with two students of two advisers, and their CAS."""
    path = tmp_path_factory.mktemp("book") / "School.xlsx"
    chosen = {name: TRACKERS[name] for name in ("candidates", "cas")}
    ids = {"candidates": ["aaaaaa", "bbbbbb"], "cas": ["cccccc", "dddddd", "eeeeee"]}
    settings = load(path.parent, today=TODAY)
    build(path, chosen, replace(settings, values={"session": "M27"}), {"candidates": PEOPLE, "cas": ENTRIES}, ids)
    return path.read_bytes()


@pytest.fixture
def book(built: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    path.write_bytes(built)
    (tmp_path / "ib-trackers.toml").write_text('# ours\nsession = "M27"  # May\nprogramme = "dp"\n', encoding="utf-8")
    return path


def linked(world: School, book: Path, **more: Any) -> Any:
    options = {"tracker": "cas", "only": {"candidate.adviser": "Ito"}, "client": world.client(), "today": TODAY}
    return link(str(book), f"gsheet:{world.key}", **(options | more))


def opener(world: School) -> Any:
    def open_(target: str) -> Book:
        return world.book() if target.startswith("gsheet:") else open_book(target)

    return open_


def raw(world: School, fields: str = "sheets") -> dict[str, Any]:
    client = world.client()
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{world.key}"
    answer: dict[str, Any] = client.request("get", url, params={"fields": fields}).json()
    return answer


def sheet(world: School, title: str = "CAS") -> dict[str, Any]:
    found = next(s for s in raw(world)["sheets"] if s["properties"]["title"] == title)
    assert isinstance(found, dict)
    return found


def cells(world: School, header: str, row: int = 1) -> dict[str, Any]:
    """The cell of a column in a row (0 is the header)."""
    rows = sheet(world)["data"][0]["rowData"]
    at = [cell.get("formattedValue") for cell in rows[0]["values"]].index(header)
    found = rows[row]["values"][at]
    assert isinstance(found, dict)
    return found


def choices(cell: dict[str, Any]) -> list[str]:
    return [value["userEnteredValue"] for value in cell["dataValidation"]["condition"]["values"]]


def test_linking_makes_the_sheet_in_one_read_and_one_write_and_again_only_reads(world: School, book: Path) -> None:
    made = linked(world, book)
    assert world.counted() == (1, 1)
    assert made.new
    assert made.changes > 50
    again = linked(world, book)
    assert world.counted() == (1, 0)
    assert (again.new, again.changes) == (False, 0)


def test_what_is_sent_fits_the_services_own_document(world: School) -> None:
    shares = [Share(TRACKERS[name], TRACKERS[name].sheet, private=True) for name in ("candidates", "coursework")]
    now = seen(raw(world, MASK))
    sent = requests(shares, load(Path("/nowhere"), today=TODAY), TRACKERS, now, who=BOT)
    body = {"requests": sent}
    assert misfits(body, {"$ref": "BatchUpdateSpreadsheetRequest"}) == []


@pytest.mark.parametrize("name", sorted(TRACKERS))
def test_every_tracker_can_be_shared_and_then_nothing_is_left_to_do(service: School, name: str) -> None:
    world = small(service.fresh())
    settings = load(Path("/nowhere"), today=TODAY)
    share = Share(TRACKERS[name], TRACKERS[name].sheet)
    sent = requests([share], settings, TRACKERS, seen(raw(world, MASK)), who=BOT)
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{world.key}:batchUpdate"
    world.client().request("post", url, json={"requests": sent})
    assert requests([share], settings, TRACKERS, seen(raw(world, MASK)), who=BOT) == []


def test_headers_are_frozen_and_say_what_belongs_below_them_and_private_columns_stay_away(
    world: School, book: Path
) -> None:
    linked(world, book)
    found = sheet(world)
    headers = [cell.get("formattedValue") for cell in found["data"][0]["rowData"][0]["values"]]
    names = ("last_name", "first_names")  # of her own students: a code alone says nothing to a teacher
    shared = [c.header for c in TRACKERS["cas"].columns.values() if not c.private or c.name in names]
    assert headers == [*shared, ID_HEADER]
    assert "Notes" not in headers
    assert found["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert cells(world, "Hours", 0)["note"].startswith(TRACKERS["cas"].columns["hours"].about)


def test_drop_downs_offer_what_the_tracker_allows(world: School, book: Path) -> None:
    linked(world, book)
    status = cells(world, "Status")
    assert choices(status) == TRACKERS["cas"].columns["status"].words["one_of"]
    assert status["dataValidation"]["strict"]
    last = cells(world, "Status", -1)
    assert last["dataValidation"] == status["dataValidation"]
    candidate = cells(world, "Candidate")
    place = choices(candidate)[0].removeprefix("=")
    assert [row[0] for row in world.teacher.cells(world.key, place)] == ["000466"]
    assert not candidate["dataValidation"].get("strict")
    assert cells(world, "Start")["dataValidation"]["condition"] == {"type": "DATE_IS_VALID"}
    assert "dataValidation" not in cells(world, "Outcomes")


def test_mistakes_are_coloured_errors_first_and_other_sheets_are_reached_by_indirect(world: School, book: Path) -> None:
    linked(world, book)
    rules = [one["booleanRule"] for one in sheet(world)["conditionalFormats"]]
    looks = [next(n for n, look in LOOKS.items() if _same(rule["format"], look)) for rule in rules]
    ranks = [{"error": 0, "missing": 0, "warning": 1, "info": 2}[look] for look in looks]
    assert ranks == sorted(ranks)
    formulas = [rule["condition"]["values"][0]["userEnteredValue"] for rule in rules]
    assert any('INDIRECT("Lists!' in formula for formula in formulas)
    assert not any("all_" in formula or "list_" in formula for formula in formulas)


def _same(found: dict[str, Any], look: dict[str, Any]) -> bool:
    from addin.templates.google.seen import holds

    return holds(found, look) and bool(found.get("textFormat")) == bool(look.get("textFormat"))


def test_codes_are_text_and_dates_dates(world: School, book: Path) -> None:
    linked(world, book)
    kinds = {h: cells(world, h)["userEnteredFormat"]["numberFormat"] for h in ("Candidate", "Start")}
    assert kinds == {"Candidate": {"type": "TEXT", "pattern": "@"}, "Start": {"type": "DATE", "pattern": "yyyy-mm-dd"}}


def test_a_teacher_types_into_the_sheet_but_not_over_its_headers(world: School, book: Path) -> None:
    world.teacher.share(world.key, "colleague@school.example")
    linked(world, book)
    colleague = world.google.person("colleague@school.example")
    colleague.set_cell(world.key, "CAS!K2", 4)
    with pytest.raises(Exception, match="protected cell"):
        colleague.set_cell(world.key, "CAS!A1", "Nr")


def test_columns_of_the_coordinator_are_locked_and_those_of_the_key_only_warned_about(
    world: School, book: Path
) -> None:
    linked(world, book)
    found = {one["description"]: one for one in sheet(world)["protectedRanges"]}
    assert found["IB Trackers: filled in by the coordinator (Entry)"]["warningOnly"]
    assert found["IB Trackers: row ids, given by the program"]["warningOnly"]
    assert BOT in found["IB Trackers: headers"]["editors"]["users"]
    assert "warningOnly" not in found["IB Trackers: headers"]


def test_a_sheet_that_is_only_published_is_locked_whole(world: School, book: Path) -> None:
    linked(world, book, direction="publish", only={})
    (one,) = sheet(world)["protectedRanges"]
    assert set(one["range"]) <= {"sheetId"}
    assert 'direction = "publish"' in (book.parent / "ib-trackers.toml").read_text(encoding="utf-8")


DAMAGE = {
    "a header typed over": lambda w: w.teacher.set_cell(w.key, "CAS!K1", "whatever"),
    "a header emptied": lambda w: w.teacher.set_cell(w.key, "CAS!B1", ""),
    "drop-downs pasted away": lambda w: w.teacher.change(
        w.key, {"setDataValidation": {"range": _box(w, 4, _column(w, "Status"))}}
    ),
    "another drop-down": lambda w: w.teacher.change(
        w.key,
        {
            "setDataValidation": {
                "range": _box(w, 4, _column(w, "Status")),
                "rule": {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}},
            }
        },
    ),
    "colours gone": lambda w: w.teacher.change(
        w.key, {"deleteConditionalFormatRule": {"sheetId": _gid(w), "index": 3}}
    ),
    "colours in another order": lambda w: w.teacher.change(
        w.key, {"updateConditionalFormatRule": {"sheetId": _gid(w), "index": 3, "newIndex": 9}}
    ),
    "protection taken off": lambda w: w.teacher.change(
        w.key, {"deleteProtectedRange": {"protectedRangeId": sheet(w)["protectedRanges"][0]["protectedRangeId"]}}
    ),
    "frozen rows let go": lambda w: w.teacher.change(
        w.key,
        {"updateSheetProperties": {"properties": {"sheetId": _gid(w)}, "fields": "gridProperties.frozenRowCount"}},
    ),
    "the sheet renamed": lambda w: w.teacher.rename_sheet(w.key, "CAS", "My students"),
    "text turned into numbers": lambda w: w.teacher.change(
        w.key, {"repeatCell": {"range": _box(w, 1, 1), "cell": {}, "fields": "userEnteredFormat.numberFormat"}}
    ),
    "the chart deleted": lambda w: w.teacher.change(
        w.key, {"deleteEmbeddedObject": {"objectId": sheet(w, "Home")["charts"][0]["chartId"]}}
    ),
    "a count overwritten": lambda w: w.teacher.set_cell(w.key, "Home!B13", 99),
    "a list emptied": lambda w: w.teacher.set_cell(w.key, "Lists!C4", ""),
    "Home deleted": lambda w: w.teacher.change(w.key, {"deleteSheet": {"sheetId": _gid(w, "Home")}}),
}


def _gid(world: School, title: str = "CAS") -> int:
    return int(sheet(world, title)["properties"].get("sheetId", 0))


def _column(world: School, header: str) -> int:
    """The index of a header's column on the shared sheet."""
    cells = sheet(world)["data"][0]["rowData"][0]["values"]
    return [cell.get("formattedValue") for cell in cells].index(header)


def _box(world: School, row: int, column: int) -> dict[str, int]:
    return {
        "sheetId": _gid(world),
        "startRowIndex": row,
        "endRowIndex": row + 2,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_was_damaged_is_mended_and_all_else_left_alone(world: School, book: Path, damage: Any) -> None:
    linked(world, book)
    before = _essence(world)
    damage(world)
    assert _essence(world) != before
    mended = linked(world, book)
    assert mended.changes
    assert _essence(world) == before
    assert linked(world, book).changes == 0


def _essence(world: School) -> Any:
    """All that we made, without the ids that Google gives."""
    book = raw(world)
    found = []
    for one in sorted(book["sheets"], key=lambda s: s["properties"]["title"]):
        rows = [
            [{k: v for k, v in c.items() if k != "effectiveValue"} for c in line.get("values", [])]
            for line in one["data"][0].get("rowData", [])
        ]
        protected = sorted((p["description"], str(p["range"])) for p in one.get("protectedRanges", []))
        charts = [chart["spec"]["title"] for chart in one.get("charts", [])]
        size = {k: v for k, v in one["properties"]["gridProperties"].items() if k.startswith("frozen")}
        found.append((one["properties"]["title"], size, rows, one.get("conditionalFormats"), protected, charts))
    return found


def test_what_a_person_added_stays(world: School, book: Path) -> None:
    linked(world, book)
    mine = {
        "ranges": [_box(world, 1, 2)],
        "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
    }
    own = {"protectedRange": {"range": _box(world, 5, 3), "description": "mine", "warningOnly": True}}
    world.teacher.change(
        world.key, {"addConditionalFormatRule": {"rule": mine, "index": 0}}, {"addProtectedRange": own},
        {"updateDimensionProperties": {
            "range": {"sheetId": _gid(world), "dimension": "COLUMNS", "startIndex": 3, "endIndex": 4},
            "properties": {"pixelSize": 333}, "fields": "pixelSize"}},
    )  # fmt: skip
    world.teacher.set_cell(world.key, "CAS!W1", "My own column")
    world.teacher.set_cell(world.key, "Lists!C6", "Leadership")
    assert linked(world, book).changes == 0
    world.teacher.set_cell(world.key, "CAS!K1", "damaged")
    linked(world, book)
    found = sheet(world)
    assert found["conditionalFormats"][0]["booleanRule"]["condition"] == {"type": "NOT_BLANK"}
    assert "mine" in [one["description"] for one in found["protectedRanges"]]
    assert found["data"][0]["columnMetadata"][3]["pixelSize"] == 333
    assert world.teacher.cells(world.key, "CAS!W1") == [["My own column"]]
    assert world.teacher.cells(world.key, "Lists!C6") == [["Leadership"]]


def test_a_sheet_with_something_else_is_refused_and_nothing_is_written(service: School, book: Path) -> None:
    world = service.fresh(CAS=[["Shopping", "Price"], ["Milk", 2]])
    with pytest.raises(BookProblem, match=r"this sheet has other content\..*--sheet"):
        linked(world, book)
    assert world.counted() == (1, 0)
    assert "links" not in (book.parent / "ib-trackers.toml").read_text(encoding="utf-8")


def test_a_teachers_own_sheet_keeps_its_order_its_rows_and_its_words(service: School, book: Path) -> None:
    own = [["Title", "Student", "Hrs", "Mood", "No."], ["Chess", "000466", 2, "good", "0009"]]
    world = service.fresh(**{"My CAS": own, "Other": [["x"]]})
    linked(world, book, sheet="My CAS")
    rows = world.teacher.cells(world.key, "My CAS!A1:Z2")
    assert rows[0][:5] == own[0]
    assert {"Kind", "Status", ID_HEADER} <= set(rows[0][5:])
    assert [str(value) for value in own[1]] == rows[1][:5]  # type: ignore[attr-defined]
    assert world.teacher.cells(world.key, "Other!A1") == [["x"]]


def test_the_link_is_written_below_what_stands_in_the_settings(world: School, book: Path) -> None:
    linked(world, book, strict=True)
    text = (book.parent / "ib-trackers.toml").read_text(encoding="utf-8")
    assert text.startswith('# ours\nsession = "M27"  # May\nprogramme = "dp"\n')
    (entry,) = load(book.parent, today=TODAY).links
    assert dict(entry) == {
        "name": "CAS experiences: Ito", "target": f"gsheet:{world.key}", "tracker": "cas", "sheet": "CAS",
        "only": {"candidate.adviser": "Ito"}, "strict": True,
    }  # fmt: skip


def test_a_link_that_says_otherwise_and_a_slice_that_nobody_has_are_sentences(world: School, book: Path) -> None:
    with pytest.raises(Problem, match=r"no row has Itoh as candidate\.adviser\. There are: Ek, Ito"):
        linked(world, book, only={"candidate.adviser": "Itoh"})
    linked(world, book)
    with pytest.raises(SettingsProblem, match=r"already shared as .* with other rows"):
        linked(world, book, only={"candidate.adviser": "Ek"})
    with pytest.raises(Problem, match="It has: candidates, cas"):
        linked(world, book, tracker="pd")


def test_two_teachers_have_each_their_own_sheet_in_one_spreadsheet(world: School, book: Path) -> None:
    linked(world, book, sheet="CAS Ito")
    linked(world, book, sheet="CAS Ek", only={"candidate.adviser": "Ek"})
    assert linked(world, book, sheet="CAS Ito", only={}).changes == 0
    assert linked(world, book, sheet="CAS Ek", only={}).changes == 0
    sync(str(book), open_=opener(world))
    titles = {t: [row[5] for row in world.teacher.cells(world.key, f"{t}!A2:F9")] for t in ("CAS Ito", "CAS Ek")}
    assert titles == {"CAS Ito": ["Choir", "Garden"], "CAS Ek": ["Rowing"]}
    home = [row[0] for row in world.teacher.cells(world.key, "Home!A1:A40") if row]
    assert home.count("CAS experiences") == 2


def test_linked_and_synced_both_ways(world: School, book: Path) -> None:
    linked(world, book)
    world.counted()
    sync(str(book), open_=opener(world))
    rows = world.teacher.cells(world.key, "CAS!A1:V9")
    assert [[row[0], row[1], row[4], row[5]] for row in rows[1:]] == [
        ["0001", "000466", "Experience", "Choir"],
        ["0003", "000466", "Project", "Garden"],
    ]
    assert rows[1][8] == "2026-09-01"
    assert rows[1][-1] == "cccccc"
    assert "private words" not in str(rows)
    world.teacher.set_cell(world.key, "CAS!K2", 7)
    world.counted()
    sync(str(book), open_=opener(world))
    reads, writes = world.counted()
    assert writes == 0
    assert reads == 2  # the values are compared with those of the last sync; then the sheet is read
    workbook = open_book(str(book))
    line = next(line for line in workbook.read(["CAS"])["CAS"].values if line and line[0] == "0001")
    workbook.close()
    assert 7 in line
    assert linked(world, book).changes == 0
    assert world.teacher.cells(world.key, "Home!A13:B13") == [["CAS experiences", "2"]]


def person(world: School, folder: Path, email: str = "coordinator@school.example") -> CarefulClient:
    session = AuthorizedSession(credentials(read_key(world.google.token_file(folder, email, " ".join(SCOPES)))))
    world.google.mount(session)
    return CarefulClient(session.credentials, session)


def test_a_person_makes_a_spreadsheet_of_her_own_with_two_trackers(world: School, tmp_path: Path) -> None:
    client = person(world, tmp_path)
    address = create(["cas", "candidates"], title="Ours", client=client, folder=tmp_path, today=TODAY, private=True)
    world.key = address.split("/")[5]
    assert world.google.service.books[world.key].owner == "coordinator@school.example"
    gspread_client = gspread.Client(client.auth, client.session)
    spreadsheet = gspread_client.open_by_key(world.key)
    assert spreadsheet.title == "Ours"
    assert sorted(s.title for s in spreadsheet.worksheets()) == [
        "CAS",
        "Candidates",
        "Home",
        "Lists",
        "_requests",
        "_rules",
    ]
    found = spreadsheet.fetch_sheet_metadata({"fields": MASK})["sheets"]
    cas = next(s for s in found if s["properties"]["title"] == "CAS")
    rule = cas["data"][0]["rowData"][1]["values"][1]["dataValidation"]["condition"]
    assert rule["values"] == [{"userEnteredValue": "=Candidates!$A$2:$A"}]
    client.session.close()
    client.session._auth_request_session.close()  # type: ignore[attr-defined]


def test_a_programs_account_is_told_to_use_link(world: School, tmp_path: Path) -> None:
    with pytest.raises(SignInProblem, match=f"{BOT} is a program's account.*google link"):
        create(["cas"], client=world.client(), folder=tmp_path)
    assert world.counted() == (0, 0)


def test_each_teacher_has_a_view_of_her_own_rows(world: School) -> None:
    share = Share(TRACKERS["coursework"], "Coursework", values={"coursework.teacher": ["Ek", "Ito"]})
    sent = requests([share], Settings(today=TODAY), TRACKERS, seen(raw(world, MASK)), who=BOT)
    views = [one["addFilterView"]["filter"] for one in sent if "addFilterView" in one]
    header = TRACKERS["coursework"].columns["teacher"].header
    assert [view["title"] for view in views] == [f"{header}: Ek", f"{header}: Ito"]
    assert views[0]["filterSpecs"][0]["filterCriteria"]["condition"]["values"] == [{"userEnteredValue": "Ek"}]


def test_a_shared_sheet_shows_the_names_of_its_students_and_nothing_else_that_is_private() -> None:
    from addin.templates.google.share import shared
    from addin.workspace.tracker_files import heads, load_named

    known = heads(Path("nowhere"))
    for name, tracker in load_named(list(known), known).items():
        there = shared(tracker, private=False).columns
        private = {column for column, one in tracker.columns.items() if one.private}
        assert private & there.keys() <= {"last_name", "first_names"}, name
        assert all(there[column].calculated for column in private & there.keys()), name
    assert {"last_name", "first_names"} <= shared(load_named(["cas"], known)["cas"], private=False).columns.keys()


def test_names_are_synced_to_the_teacher_and_put_back_when_they_are_edited_there(tmp_path: Path) -> None:
    from google_shared_school import shared_school

    with shared_school(tmp_path) as school:
        headers, first = school.values("CAS!A1:D2")
        assert headers[2:] == ["Last name", "First names"]
        assert all(first[2:])
        school.type("CAS!C2", "Somebody else")
        done = sync(str(school.book), open_=school.stage.open)
        assert done.conflicts == []
        assert school.values("CAS!C2:D2") == [first[2:]]
        again = link(
            str(school.book),
            school.stage.target,
            tracker="cas",
            client=school.stage.client(),
            only={"candidate.adviser": "R. Calloway"},
        )
        assert again.changes == 0
        school.teacher.delete_rows(school.key, "CAS", 380)  # names do not keep a teacher from deleting a row
