"""Workbooks in other languages: one catalogue a language, the same findings, and nothing to pay for English."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import polib
import pytest

import scripts.build_languages as build
from addin.actions.adopt import adopt
from addin.actions.fix import fix
from addin.actions.new import new
from addin.actions.validate import validate
from addin.core.checks.rules import Finding
from addin.core.trackers.translate import translated
from addin.demo.sample import DAY, school_of
from addin.workspace.languages import OURS, available, language
from addin.workspace.lists import load_lists
from addin.workspace.tracker_files import load_all
from addin.workspace.workbook import opened

TRACKERS = ("core", "awards", "policies", "access")
NAMES = re.compile(r"\{\w+\}")


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(OURS / f"{code}.po"), encoding="utf-8")


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_the_catalogues_are_in_step_with_code_and_trackers(code: str) -> None:
    path = OURS / f"{code}.po"
    wanted = build.updated(path, build.messages())
    assert path.read_text("utf-8") == str(wanted) + "\n", "run python scripts/build_languages.py"
    assert path.with_suffix(".mo").read_bytes() == wanted.to_binary(), "run python scripts/build_languages.py"


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_everything_that_coordinators_and_teachers_read_is_translated(code: str) -> None:
    assert build.missing(catalogue(code)) == []


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_a_translation_names_what_its_sentence_names(code: str) -> None:
    odd = []
    for entry in catalogue(code):
        for text in filter(None, (entry.msgstr, *entry.msgstr_plural.values())):
            if {*NAMES.findall(text)} != {*NAMES.findall(entry.msgid + entry.msgid_plural)}:
                odd.append((entry.msgid, text))
    assert odd == []


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_headers_choices_and_sheets_stay_apart_in_each_language(code: str) -> None:
    spoken, lists = language(code), load_lists()
    trackers = {name: translated(tracker, lists, spoken, spoken) for name, tracker in load_all().items()}
    sheets = Counter(tracker.sheet.casefold() for tracker in trackers.values())
    assert max(sheets.values()) == 1 and not [s for s in sheets if len(s) > 31 or set(s) & set("[]:*?/\\")]
    for tracker in trackers.values():
        headers = Counter(column.header.casefold() for column in tracker.columns.values())
        assert max(headers.values()) == 1, (tracker.name, headers.most_common(1))
        for column in tracker.columns.values():
            named = [*column.local.values()]
            assert len(named) == len({*named}), (tracker.name, column.name)
            assert not column.several or not [name for name in named if set(name) & set(";,")]


def school(path: Path, code: str) -> Path:
    new(str(path), trackers=TRACKERS, session="M27", language=code, sample=school_of, today=DAY)
    return path


def key(finding: Finding) -> tuple[object, ...]:
    return finding.tracker, finding.row, finding.cell, finding.rule, finding.level, finding.id


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same made-up school in each language."""
    folder = tmp_path_factory.mktemp("schools")
    return {code: school(folder / f"{code or 'en'}.xlsx", code) for code in ("", "fr", "es", "de")}


@pytest.fixture(scope="module")
def english(schools: dict[str, Path]) -> list[Finding]:
    return list(validate(str(schools[""]), write=False, today=DAY).findings)


@pytest.mark.parametrize("code", ["fr", "es", "de"])
def test_a_workbook_in_another_language_has_the_same_findings(
    code: str, schools: dict[str, Path], english: list[Finding]
) -> None:
    found = validate(str(schools[code]), write=False, today=DAY).findings
    assert len(found) > 20
    assert sorted(map(key, found)) == sorted(map(key, english))
    said = {text for one in english for text in (one.message, one.suggestion)}
    same = {text for one in found for text in (one.message, one.suggestion) if text in said}
    assert same == set(), "these are still English"


def test_marks_fixes_and_the_findings_sheet_are_in_the_language(schools: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "École.xlsx"
    path.write_bytes(schools["fr"].read_bytes())
    assert validate(str(path), today=DAY).sheet == "Constats"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Accueil" and {"Diplômes", "Paramètres", "Constats"} <= {*book.sheetnames}
    lines = list(book["Constats"].iter_rows(values_only=True))
    assert lines[0][:4] == ("Niveau", "Feuille", "Cellule", "Colonne")
    assert {line[0] for line in lines[1:]} <= {"erreur", "avertissement", "info"}
    assert book["Accueil"]["C4"].is_date and book["Paramètres"]["C5"].value == "Riverside International School"


def filled(path: Path, code: str, tracker: str, row: dict[str, object]) -> Path:
    """A new workbook with one row, under headers that may be in any language."""
    new(str(path), trackers=(tracker,), session="M27", language=code, today=DAY)
    book = openpyxl.load_workbook(path)
    sheet = book[language(code).say(load_all()[tracker].sheet)]
    headers = {cell.value: cell.column for cell in sheet[4]}
    for header, value in row.items():
        sheet.cell(5, headers[header], value)
    book.save(path)
    return path


LINE = {
    "Candidato": "1", "Convocatoria": "M27", "Categoría": "D", "Asignatura": "Biology", "Nivel": "NS",
    "Lengua de respuesta": "Inglés", "Cuenta para el diploma": "Sí", "Estado": "Previsto",
}  # fmt: skip


def test_stored_words_are_kept_and_rules_know_what_they_mean(tmp_path: Path) -> None:
    path = filled(tmp_path / "B.xlsx", "es", "registrations", LINE)
    with opened(str(path), today=DAY) as workbook:
        table = workbook.tables["registrations"]
        row, raw = table.row(0), {name: table.raw(name)[0] for name in table.columns}
    assert (row["level"], row["response_language"], row["contributing"], row["status"]) == (
        "HL",
        "English",
        True,
        "Planned",
    )
    assert (raw["level"], raw["response_language"], raw["contributing"], raw["status"]) == (
        "NS",
        "Inglés",
        "Sí",
        "Previsto",
    )


@pytest.mark.parametrize("typed", ["HL", "niveau supérieur"])
def test_a_fix_writes_the_word_of_the_workbook(typed: str, tmp_path: Path) -> None:
    path = filled(tmp_path / "B.xlsx", "es", "registrations", LINE | {"Nivel": typed})
    found = [f for f in validate(str(path), write=False, today=DAY).findings if f.column == "Nivel"]
    assert [(f.value, f.fix) for f in found] == [(typed, "NS")]
    fix(str(path), write=True, today=DAY)
    assert "NS" in [cell.value for cell in openpyxl.load_workbook(path)["Matrículas"][5]]


def test_a_language_is_one_file(tmp_path: Path) -> None:
    words = catalogue("fr")
    for entry in words:
        entry.msgstr = f"zz {entry.msgid}" if entry.msgstr and entry.msgid not in ("yyyy-mm-dd", "0.5") else entry.msgid
    (tmp_path / "languages").mkdir()
    words.save(str(tmp_path / "languages" / "xx.po"))
    assert {*available(tmp_path)} == {"fr", "es", "de", "xx"}
    path = tmp_path / "B.xlsx"
    new(str(path), trackers=("candidates",), session="M27", language="xx", today=DAY)
    book = openpyxl.load_workbook(path)
    assert "zz Candidates" in book.sheetnames and "zz Last name" in [cell.value for cell in book["zz Candidates"][4]]
    book["zz Candidates"]["A5"] = "1"
    book.save(path)
    found = validate(str(path), write=False, today=DAY).findings
    assert "zz zz First names is missing." in {f.message for f in found}


def test_the_setting_decides_what_is_said_and_leaves_headers_and_drop_downs(tmp_path: Path) -> None:
    path = tmp_path / "B.xlsx"
    new(str(path), trackers=("candidates",), session="M27", today=DAY)
    book = openpyxl.load_workbook(path)
    settings = book["Settings"]
    row = next(r for r in range(1, 40) if settings.cell(r, 2).value == "Language")
    settings.cell(row, 3).value = "Español"
    book["Candidates"]["A5"] = "1"
    book.save(path)
    found = validate(str(path), write=False, today=DAY).findings
    assert "Falta «First names»." in {f.message for f in found} and found[0].sheet == "Candidates"
    settings.cell(row, 3).value = "Klingon"
    book.save(path)
    result = validate(str(path), write=False, today=DAY)
    assert "First names is missing." in {f.message for f in result.findings}
    assert "Klingon" in " ".join(result.remarks)


def test_a_school_s_own_sheet_in_french_is_read_without_any_setting(tmp_path: Path) -> None:
    path = tmp_path / "Liste.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Candidats"
    sheet.append(["Code", "Nom de famille", "Prénoms", "Session", "Catégorie", "État du code"])
    sheet.append(["0001", "Diaz", "Ana", "M27", "D", "Confirmé"])
    sheet.append(["0002", None, "Eva", "M27", "D", "Manquant"])
    book.save(path)
    found = validate(str(path), write=False, today=DAY).findings
    errors = {(f.rule, f.cell) for f in found if f.level == "error"}
    assert ("last-name-required", "B3") in errors and not [cell for _, cell in errors if cell[0] not in "B"]
    assert {(f.value, f.fix) for f in found if f.rule.endswith("other-name")} == {
        ("Confirmé", "Confirmed"),
        ("Manquant", "Missing"),
    }


def sheet_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    import zipfile

    with zipfile.ZipFile(path) as package:
        yield from ((name, package.read(name)) for name in package.namelist())


def test_right_to_left_sheets_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "مدرسة.xlsx"
    book = openpyxl.Workbook()
    for number, title in enumerate(("Candidates", "طلاب")):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title, sheet.sheet_view.rightToLeft = title, True
        sheet.append(["Code", "Last name", "First names", "Session", "Category"])
        sheet.append(["0001", "الحربي", "نورة", "M27", "D"])
        sheet.append(["0002", "الشمري", None, "M27", "Course"])
    book.save(path)
    before = dict(sheet_parts(path))
    adopt(str(path), dry_run=True)
    validate(str(path), write=False)
    assert dict(sheet_parts(path)) == before
    validate(str(path), today=DAY)
    fix(str(path), write=True, today=DAY)
    after = openpyxl.load_workbook(path)
    assert all(after[title].sheet_view.rightToLeft for title in ("Candidates", "طلاب"))
    assert after["Candidates"]["B2"].value == "الحربي" and after["Candidates"]["E3"].value == "C"
    assert dict(sheet_parts(path))["xl/worksheets/sheet2.xml"] == before["xl/worksheets/sheet2.xml"]


def test_english_loads_no_catalogue(schools: dict[str, Path]) -> None:
    code = (
        "import sys; from addin.actions.validate import validate; validate(sys.argv[1], write=False); "
        "print('gettext' in sys.modules or 'polib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(schools[""])], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
