"""A workbook in French, Spanish or German is adopted in its own language: what is said, asked and written, to
the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from english_left import english_in

from addin.cli.main import main
from addin.cli.verbs import adopt as verb
from addin.core.names import SETUP_HEADERS
from addin.workspace.languages import language

HEADERS = {
    "fr": ("Nom et prénom", "Classe", "Né(e) le", "Courriel", "Remarques"),
    "es": ("Apellidos y nombre", "Clase", "Fecha de nacimiento", "Correo", "Observaciones"),
    "de": ("Name, Vorname", "Klasse", "Geburtsdatum", "E-Mail", "Bemerkungen"),
}
SUBJECTS = {
    "fr": ("Nom", "Prénom", "Anglais B", "Histoire", "Biologie", "TdC"),
    "es": ("Apellidos", "Nombre", "Inglés B", "Historia", "Biología", "TdC"),
    "de": ("Nachname", "Vorname", "Englisch B", "Geschichte", "Biologie", "TOK"),
}
HOURS = {
    "fr": ("Élève", "Septembre", "Octobre", "Total"),
    "es": ("Alumno", "Septiembre", "Octubre", "Total"),
    "de": ("Schüler", "September", "Oktober", "Summe"),
}
GONE = {"fr": "Partis", "es": "Bajas", "de": "Abgänge"}
LEVELS = {"fr": ("NS", "NM"), "es": ("NS", "NM"), "de": ("HL", "SL")}
PEOPLE = (("García López", "Chloé"), ("Nguyen", "Minh Anh"), ("de Vries", "Léo"), ("Okafor", "Ada"))
DATA = ("ib-trackers", "--answers", "--make-codes", "--session", "--yes", "Candidates", "Registrations")


def build(path: Path, code: str) -> Path:
    """A coordinator's workbook: a list of students, a subject grid, CAS hours, something else and a hidden sheet."""
    book = xlsxwriter.Workbook(str(path))
    day, gone = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"font_strikeout": True})
    people = book.add_worksheet("T1")
    people.write_row(1, 0, HEADERS[code])
    for row, (last, first) in enumerate(PEOPLE, 2):
        people.write_row(row, 0, (f"{last}, {first}", "T1"), gone if row == 4 else None)
        people.write(row, 2, f"0{row}/0{row + 1}/2009") if row == 3 else people.write_datetime(
            row, 2, date(2008, row, 17), day
        )
    people.write(8, 0, GONE[code])
    people.write(9, 0, "Rossi, Luca")
    grid = book.add_worksheet("IB 2")
    grid.write_row(0, 0, SUBJECTS[code])
    hours = book.add_worksheet("CAS 26-27")
    hours.write_row(0, 0, HOURS[code])
    for row, (last, first) in enumerate(PEOPLE, 1):
        high, standard = LEVELS[code]
        grid.write_row(row, 0, (last, first, high, "x" if row == 2 else standard, "?" if row == 3 else high, "x"))
        hours.write_row(row, 0, (f"{last}, {first}", 3, "4h" if row > 1 else "??", 7 if row > 1 else 5))
    book.add_worksheet("WLAN").write(3, 3, "1234")
    hidden = book.add_worksheet("2019")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.close()
    return path


@pytest.fixture(params=["fr", "es", "de"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    yield build(tmp_path / "2027.xlsx", request.param), request.param


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """A terminal at which a person types these answers, then Enter; gives what was put before each."""
    left, put = list(answers), []
    monkeypatch.setattr(verb, "_is_terminal", lambda: True)

    def type_(prompt: str = "") -> str:
        put.append(prompt)
        return left.pop(0) if left else ""

    monkeypatch.setattr("builtins.input", type_)
    return put


def test_the_conversation_is_in_the_language_of_the_headers(
    school: tuple[Path, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, code = school
    before = book.read_bytes()
    put = answer(monkeypatch)
    assert main(["adopt", str(book)]) == 0
    said = capsys.readouterr().out
    assert english_in(said + "\n".join(put), code, data=DATA) == []
    assert language(code).say("Go ahead? [Y/n]") in put[-1] and language(code).say("Your choice") not in said
    assert main(["undo", str(book)]) == 0
    assert book.read_bytes() == before


def test_what_is_made_is_in_the_language_too_and_so_is_what_comes_after(
    school: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    book, code = school
    before, say = book.read_bytes(), language(code).say
    assert main(["adopt", str(book), "--yes", "--make-codes"]) == 0
    adopted = book.read_bytes()
    assert main(["adopt", str(book), "--yes"]) == 0 and book.read_bytes() == adopted
    for verb_ in (["validate"], ["fix"], ["fix", "--yes"], ["history"]):
        main([*verb_, str(book)])
    sheets = openpyxl.load_workbook(book)
    assert {say("Candidates"), say("Registrations"), say("Findings"), say("Adoption notes")} <= {*sheets.sheetnames}
    shown = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    ours = [text for text in shown if " " in text]  # names of rules are no sentences
    assert english_in("\n".join(ours), code, data=DATA) == []
    while main(["undo", str(book)]) == 0 and book.read_bytes() != before:
        pass
    assert book.read_bytes() == before
    assert english_in(capsys.readouterr().out, code, data=DATA) == []


def test_yes_and_no_are_read_in_the_language_and_in_english(
    school: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, code = school
    before, no = book.read_bytes(), {"fr": "non", "es": "no", "de": "nein"}[code]
    for word in (no, "no", "n"):
        answer(monkeypatch, *[""] * 5, word)
        main(["adopt", str(book)])
        assert book.read_bytes() == before
    yes = {"fr": "oui", "es": "sí", "de": "ja"}[code]
    answer(monkeypatch, *[""] * 5, yes)
    assert main(["adopt", str(book)]) == 0 and book.read_bytes() != before


def test_the_setup_sheet_is_in_the_language_and_its_choices_are_followed(
    school: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    book, code = school
    say, before = language(code).say, book.read_bytes()
    assert main(["adopt", str(book), "--setup"]) == 0
    opened = openpyxl.load_workbook(book)
    sheet = opened[say("Setup")]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == list(map(say, SETUP_HEADERS))
    shown = "\n".join(str(cell) for row in rows for cell in row[:6] if cell)
    lists = "\n".join(str(one.formula1) for one in sheet.data_validations.dataValidation)
    assert english_in(f"{shown}\n{lists}\n{capsys.readouterr().out}", code, data=DATA) == []
    for row in sheet.iter_rows(min_row=2):
        key = str(row[6].value)
        if key.startswith("? codes"):
            row[5].value = say("make codes S001, S002 …").replace(",", ";")
        if key.startswith(f"column T1!{HEADERS[code][4]}"):
            row[5].value = say("leave alone")
        if key.startswith(f"column T1!{HEADERS[code][1]}"):
            row[5].value = say("Preferred name")
    opened.save(book)
    assert main(["adopt", str(book)]) == 0
    after = openpyxl.load_workbook(book)
    assert say("Setup") not in after.sheetnames
    made = next(sheet for sheet in after if sheet["A1"].value in ("Code", say("Code")))
    values = {cell.value for row in made.iter_rows(max_row=2) for cell in row}
    assert "S001" in values and "T1" in values and values & {"Preferred name", say("Preferred name")}
    assert HEADERS[code][4] not in values
    assert english_in(capsys.readouterr().out, code, data=DATA) == []
    assert book.read_bytes() != before


def test_the_language_can_be_asked_for_and_data_stay_english(
    school: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    book, _ = school
    main(["adopt", str(book), "--dry-run", "--language", "English"])
    assert "Nothing was written. Still needed:" in capsys.readouterr().out
    main(["adopt", str(book), "--dry-run", "--json", "-"])
    assert "students have no student code." in capsys.readouterr().out
    assert main(["adopt", str(book), "--language", "klingon"]) == 2
    assert "there is no language 'klingon'." in capsys.readouterr().err
