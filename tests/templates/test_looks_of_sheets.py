"""What was ugly when every sheet was looked at: texts over one another, and a tile that counts by what is not there."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from addin.backends.xlsx import XlsxBook
from addin.core.names import CALCULATIONS, DEADLINES, HOME, LISTS
from addin.core.records import replace
from addin.core.settings import Settings
from addin.core.trackers.translate import translated
from addin.templates import build
from addin.templates.arrangement import folded
from addin.templates.look import RIGHT, width
from addin.workspace.languages import language
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import load_all

DAY = date(2026, 11, 22)


def settings_of(programme: str) -> Settings:
    return Settings({"session": "M27", "programme": programme}, load_lists(), DAY, {})


def sheet_xml(path: Path, sheet: str) -> str:
    with zipfile.ZipFile(path) as package:
        book = package.read("xl/workbook.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', book)
        return package.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml").decode()


def test_a_row_is_as_high_as_its_longest_wrapped_text(tmp_path: Path) -> None:
    trackers = {name: one for name, one in load_all().items() if name == "groups"}
    members = "; ".join(f"Somebody Longname {n}" for n in range(8))
    rows = {"groups": [{"group": "IB team", "members": members}, {"group": "Arts", "members": "A. Short"}]}
    build(tmp_path / "a.xlsx", trackers, settings_of("dp"), rows)
    heights = dict(re.findall(r'<row r="([56])"[^>]*? ht="([\d.]+)"', sheet_xml(tmp_path / "a.xlsx", "Meeting groups")))
    assert float(heights.get("5", 15)) >= 4 * 15 and "6" not in heights


def test_a_pyp_workbook_counts_pupils_not_candidates_of_a_session(tmp_path: Path) -> None:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "pyp")}
    build(tmp_path / "a.xlsx", trackers, settings_of("pyp"))
    home = XlsxBook.open(tmp_path / "a.xlsx").read([HOME])[HOME]
    tiles = [value for value in home.values[5] if value]
    assert "Pupils" in tiles and "Candidates" not in tiles


def test_a_presentation_that_is_planned_is_not_counted_as_held(tmp_path: Path) -> None:
    trackers = {name: one for name, one in load_all().items() if name == "pyp"}
    days = (date(2026, 11, 1), DAY, date(2027, 5, 29), None)
    rows = {
        "pyp": [{"student": str(n), "last_name": "Berg" if n else None, "presented": d} for n, d in enumerate(days)]
    }
    build(tmp_path / "a.xlsx", trackers, settings_of("pyp"), rows)
    home = XlsxBook.open(tmp_path / "a.xlsx").read([HOME])[HOME]
    at = {value: place for place, value in enumerate(home.values[5], 1) if value}
    assert (home.value(7, at["Pupils"]), home.value(7, at["Presented"])) == (4, 2)
    assert "TODAY()" in home.formulas[7, at["Presented"]]


@pytest.mark.parametrize(
    ("programme", "tracker", "there", "away"),
    [
        ("dp", "registrations", {"anticipated_most", "language", "session"}, set()),
        ("dp", "candidates", {"cas_warn_months", "age_least"}, {"language"}),
        ("cp", "registrations", {"language", "session"}, {"anticipated_most", "diploma_sessions"}),
        ("cp", "candidates", {"age_least"}, {"cas_interview_months", "cas_warn_months"}),
        ("myp", "myp", {"session", "myp_group_most"}, {"language"}),
        ("pyp", "pyp", {"pyp_group_least", "workbook_language"}, {"language", "session", "first_exam"}),
    ],
)
def test_settings_are_those_of_the_programme(
    tmp_path: Path, programme: str, tracker: str, there: set[str], away: set[str]
) -> None:
    trackers = {name: one for name, one in load_all().items() if name == tracker}
    build(tmp_path / "a.xlsx", trackers, settings_of(programme))
    lines = XlsxBook.open(tmp_path / "a.xlsx").read(["Settings"])["Settings"].values
    shown = {str(line[-1]) for line in lines if line}
    assert there <= shown and not away & shown
    said = next(str(line[3]) for line in lines if line and line[-1] == "school_code")
    assert ("Session numbers" in said) == (tracker == "candidates")


def test_every_setting_that_a_formula_names_is_on_the_sheet(tmp_path: Path) -> None:
    for programme in ("dp", "cp", "myp", "pyp"):
        path = tmp_path / f"{programme}.xlsx"
        build(path, {name: load_all()[name] for name in ("candidates", "registrations", "cas")}, settings_of(programme))
        with zipfile.ZipFile(path) as package:
            text = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
        defined = set(re.findall(r'<definedName name="(setting_\w+)"', text))
        assert set(re.findall(r"\bsetting_\w+", text)) == defined, programme


def test_no_word_of_a_header_is_broken_where_numbers_leave_room_for_the_arrow() -> None:
    for tracker in load_all().values():
        for column in tracker.columns.values():
            if column.type in RIGHT:
                assert width(column) >= max(map(len, column.header.split())) + 4, (tracker.name, column.header)


@pytest.mark.parametrize("name", ["pyp", "registrations", "cas", "candidates"])
def test_a_sheet_is_narrow_enough_to_be_read_on_paper(name: str, tmp_path: Path) -> None:
    """One page holds a hundred characters at full size: what is rarely entered is folded away, in its place."""
    tracker = load_all()[name]
    build(tmp_path / "a.xlsx", {name: tracker}, settings_of("dp"))
    found = re.findall(r"<col ([^>]*)/>", sheet_xml(tmp_path / "a.xlsx", tracker.sheet))
    columns = [dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in found]
    seen = [c for c in columns if "hidden" not in c]
    wide = sum(float(c["width"]) * (int(c["max"]) - int(c["min"]) + 1) for c in seen)
    assert 100 < wide < 300
    for before, after in pairwise(columns):
        assert ("collapsed" in after) == ("hidden" in before and "hidden" not in after), after


def test_each_sheet_that_is_printed_has_its_name_and_the_number_of_the_page(tmp_path: Path) -> None:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "registrations", "cas")}
    build(tmp_path / "a.xlsx", trackers, settings_of("dp"))
    for sheet in XlsxBook.open(tmp_path / "a.xlsx").sheets():
        xml = sheet_xml(tmp_path / "a.xlsx", sheet)
        if sheet not in (LISTS, CALCULATIONS):
            assert re.search(r"<oddFooter>&amp;L[^<]+&amp;P / &amp;N", xml), sheet


def test_home_fits_on_the_screen_of_a_laptop(tmp_path: Path) -> None:
    """At 1,366 pixels: its last column has a button, and the names of advisers."""
    build(tmp_path / "a.xlsm", {"cas": load_all()["cas"]}, settings_of("dp"))
    xml = sheet_xml(tmp_path / "a.xlsm", HOME)
    zoom = int(re.search(r'zoomScale="(\d+)"', xml)[1])  # type: ignore[index]
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml)
    wide = sum((int(last) - int(first) + 1) * float(one) for first, last, one in columns)
    assert wide * 7 * zoom / 100 < 1_366 - 30 - 20  # the numbers of the rows, and the scroll bar


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_long_header_above_deadlines_is_not_cut(code: str, tmp_path: Path) -> None:
    settings = replace(settings_of("dp"), written=language(code))
    build(tmp_path / "a.xlsx", {"cas": load_all()["cas"]}, settings)
    xml = sheet_xml(tmp_path / "a.xlsx", settings.written.say(DEADLINES))
    [height] = re.findall(r'<row r="4"[^>]*? ht="([\d.]+)"', xml) or ["15"]
    assert float(height) == (30 if code == "fr" else 15)  # Jours restants


def test_the_marks_of_a_project_are_seen_together() -> None:
    """A, B and D were folded away beside C, which a summary needs."""
    tracker = load_all()["myp"]
    assert {"a", "b", "c", "d"} <= {*tracker.columns} - folded(tracker)


def test_a_header_of_three_lines_has_room(tmp_path: Path) -> None:
    """In Spanish: Reuniones con el mentor, above a narrow column."""
    spanish = language("es")
    settings = replace(settings_of("pyp"), written=spanish)
    tracker = load_all()["pyp"]
    build(tmp_path / "a.xlsx", {"pyp": translated(tracker, settings.lists, spanish, spanish)}, settings)
    xml = sheet_xml(tmp_path / "a.xlsx", XlsxBook.open(tmp_path / "a.xlsx").sheets()[1])
    assert float(re.search(r'<row r="4"[^>]*? ht="([\d.]+)"', xml)[1]) >= 3 * 15  # type: ignore[index]
