"""register: one candidate as proper rows, in one step, that undo takes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.cli.verbs.register import QUESTIONS, ask
from addin.core.book import Edits, Value
from addin.workspace.register_sheet import FIELDS, FIRST_ROW, LEVEL, SUBJECT, VALUE, form_of
from addin.workspace.tracker_sheets import is_own_sheet
from addin.workspace.workbook import opened

IDA = ["--code", "000431", "--last-name", "Berg", "--first-names", "Ida", "--birth-date", "5 May 2009"]
SIX = ["Eng A L&L HL", "French B SL", "Bio HL", "History Europe HL", "Math AA SL", "Visual arts SL"]


def subjects(names: list[str]) -> list[str]:
    return [word for name in names for word in ("--subject", name)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path), "--session", "M27"]) == 0
    return path


def test_one_candidate_is_nine_rows_that_pass_every_check(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", str(book), *IDA, *subjects(SIX), "--essay", "Biology", "--adviser", "R. Field"]) == 0
    assert "Registered Ida Berg (000431), M27, category D." in capsys.readouterr().out
    with opened(str(book)) as workbook:
        people, rows = workbook.tables["candidates"], workbook.tables["registrations"]
        assert people.columns["session"] == ["M27"]
        assert rows.columns["level"] == ["HL", "SL", "HL", "HL", "SL", "SL", "EE", "TK"]
        assert rows.columns["contributing"] == [True] * 6 + [False] * 2
        assert rows.columns["response_language"][:3] == ["English", "French", "English"]
        assert len({*people.ids, *rows.ids}) == 9
    assert main(["validate", str(book), "--read-only"]) == 0


def test_undo_takes_the_candidate_back(book: Path) -> None:
    assert main(["register", str(book), *IDA, *subjects(SIX)]) in (0, 1)
    assert main(["undo", str(book)]) == 0
    with opened(str(book)) as workbook:
        assert len(workbook.tables["candidates"]) == 0
        assert len(workbook.tables["registrations"]) == 0


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--code", "1"], "Last name, First names, Birth date missing"),
        ([*IDA, "--birth-date", "soon"], "“soon” is not a date."),
        ([*IDA, "--session", "2027"], "“2027” is not an exam session."),
        ([*IDA, "--subject", "Wizardry HL"], "No IB subject is called “Wizardry HL”."),
        ([*IDA, "--subject", "Biology"], "The level of Biology is missing."),
        ([*IDA, "--subject", "English A HL"], "fits several subjects. Choose one: English A"),
    ],
)
def test_what_is_not_clear_is_one_sentence_and_writes_nothing(
    book: Path, more: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["register", str(book), *more]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert book.read_bytes() == before


def test_the_same_code_is_refused_and_a_dry_run_writes_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.read_bytes()
    assert main(["register", str(book), *IDA, "--dry-run"]) == 0
    assert book.read_bytes() == before
    assert main(["register", str(book), *IDA]) in (0, 1)
    assert main(["register", str(book), *IDA]) == 2
    assert "000431 is already on Candidates, row 5." in capsys.readouterr().err


def test_what_was_not_given_is_asked_for() -> None:
    values = dict.fromkeys(QUESTIONS, "") | {"code": "7"}
    answers = iter(["Berg", "Ida", "5 May 2009", "R. Field", "Biology HL", "", "", "", "", "", "Biology"])
    found, essay = ask(values, [], "", lambda question: next(answers))
    assert (values["last_name"], values["adviser"], found, essay) == ("Berg", "R. Field", ["Biology HL"], "Biology")


def test_an_essay_is_not_asked_for_in_the_career_related_programme() -> None:
    values = dict.fromkeys(QUESTIONS, "7") | {"category": "cp"}
    asked: list[str] = []
    assert ask(values, [], "", lambda question: asked.append(question) or "") == ([], "")  # type: ignore[func-returns-value]
    assert len(asked) == 6 and all("Biology HL" in one for one in asked)


def filled_in(book: Path) -> None:
    """Ida on the Register sheet, as somebody types her in: eighteen cells."""
    typed = {
        "code": 9001,
        "last_name": "Berg",
        "first_names": "Ida",
        "birth_date": date(2009, 5, 5),
        "adviser": "R. Field",
        "essay": "Biology",
    }
    cells: dict[tuple[str, int, int], Value] = {
        ("Register", FIRST_ROW + list(FIELDS).index(name), VALUE): value for name, value in typed.items()
    }
    taken = [("English A: Language and Literature", "HL"), ("French B", "SL"),
             ("Biology", "HL"), ("History Europe", "HL"), ("Mathematics: Analysis and Approaches", "SL"),
             ("Visual Arts", "SL")]  # fmt: skip
    for row, (subject, level) in enumerate(taken, FIRST_ROW + 1):
        cells |= {("Register", row, SUBJECT): subject, ("Register", row, LEVEL): level}
    assert len(cells) <= 20
    XlsxBook.open(book).apply(Edits(cells=cells))


def test_the_register_sheet_gives_the_same_rows_and_is_cleared(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "Other.xlsx"
    assert main(["new", str(other), "--session", "M27"]) == 0
    words = ["--code", "9001", *IDA[2:], *subjects(SIX), "--essay", "Biology", "--adviser", "R. Field"]
    assert main(["register", str(other), *words]) == 0
    filled_in(book)
    assert main(["register", str(book)]) == 0
    assert "Registered Ida Berg (9001), M27, category D." in capsys.readouterr().out
    with opened(str(book)) as one, opened(str(other)) as two:
        for name in ("candidates", "registrations"):
            assert one.tables[name].columns == two.tables[name].columns
        assert not form_of(one.grids)
    assert main(["register", str(book)]) == 2
    assert "The Register sheet is empty. Fill in its yellow cells" in capsys.readouterr().err
    assert main(["undo", str(book)]) == 0
    with opened(str(book)) as one:
        form = form_of(one.grids)
        assert form and form.values["code"] == "9001" and len(form.subjects) == 6


def test_a_sheet_of_the_persons_own_that_is_called_register_is_no_form(book: Path) -> None:
    XlsxBook.open(book).apply(Edits(cells={("Register", 1, 1): "Attendance of 12A"}))
    assert main(["register", str(book)]) == 2
    with opened(str(book)) as workbook:
        assert form_of(workbook.grids) is None
        assert not is_own_sheet(workbook.grids["Register"])


def test_the_form_of_the_career_programme_asks_for_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--programme", "cp"]) == 0
    book = XlsxBook.open(path)
    said = [str(value) for line in book.read(["Register"])["Register"].values for value in line if value]
    assert "Adviser" in said and "empty: CP" in said
    assert not {"CAS adviser", "Theory of knowledge", "Extended essay in"} & {*said}
    typed: dict[tuple[str, int, int], Value] = {
        ("Register", FIRST_ROW + at, VALUE): value for at, value in enumerate(("000431", "Berg", "Ida", "5 May 2009"))
    }
    typed |= {("Register", FIRST_ROW + 1, SUBJECT): "Biology", ("Register", FIRST_ROW + 1, LEVEL): "SL"}
    book.apply(Edits(cells=typed))
    assert main(["register", str(path)]) in (0, 1)
    with opened(str(path)) as workbook:
        assert workbook.tables["candidates"].columns["category"] == ["CP"]
        assert workbook.tables["registrations"].columns["level"] == ["SL"]
