"""Reports: what a head and a student get to see, what a redacted copy never holds, and what happens on bad days."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from make import table
from report_school import CANDIDATES, ROWS, Then, pdf_bytes, school

from addin.cli.main import main
from addin.reports.html import html
from addin.reports.page import Grid, Page, Words
from addin.reports.pdf import pdf
from addin.reports.redact import BLACK, RedactedView
from addin.workspace.tracker_files import load_all

pytestmark = pytest.mark.usefixtures("calendar")
PRIVATE = ("Novák", "Zdenka", "Okonkwo", "Chidiebere", "Лебедева", "anna.novak@school.example", "061983-0017",
           "family.novak@mail.example", "b.holm@clubs.example", "not an address", "000123", "000456", "000789",
           "field@school.example", "7394821")  # fmt: skip


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.workspace.workbook.date", Then)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return school(tmp_path_factory.mktemp("school"))


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / built.name


def made(book: Path, name: str, *more: str) -> Path:
    out = book.with_name(name)
    assert main(["report", str(book), "--out", str(out), *more]) == 0
    return out


class Words_(HTMLParser):
    """The text of a page and the addresses and tags in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", [], []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "action", "data")]

    def handle_data(self, data: str) -> None:
        self.text += data + " "


def words(path: Path) -> str:
    """What a reader sees on the page."""
    if path.suffix == ".html":
        text = Words_(path.read_text("utf-8")).text
    else:
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (poppler)")
BOTH = pytest.mark.parametrize("name", ["report.html", pytest.param("report.pdf", marks=needs_pdftotext)])


@BOTH
def test_the_heads_page_counts_what_validate_counts(book: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(book), "--read-only"]) == 1
    said = capsys.readouterr().out
    errors = sum(int(n) for n in re.findall(r"(\d+) errors?", said))
    messages = words(made(book, name))
    assert "errors to fix" in messages
    assert f" {errors} " in messages
    assert "Riverside <School> · Session May 2027 · 22 Nov 2026" in messages
    for title in ("Candidates", "Registrations", "CAS experiences", "Professional development", "Inventory"):
        assert title in messages


@BOTH
def test_the_heads_page_is_one_page_about_this_session_without_cells_and_addresses(book: Path, name: str) -> None:
    path = made(book, name)
    messages = words(path)
    assert "IB programme status" in messages
    assert "CAS progress: behind for the date" in messages
    assert not re.search(r"\b[A-Z][\w ]*![A-Z]+\d+", messages)
    assert not re.search(r"[\w.]+@[\w.]+", re.sub(r"@media|@page|@import", "", messages))
    if name.endswith("pdf"):
        assert len(re.findall(rb"/Type /Page\b", path.read_bytes())) == 1


def test_a_colleague_has_a_page_of_what_is_theirs(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages = words(made(book, "person.html", "--person", "S. Stone"))
    assert "Repair café" in messages
    assert "000789" not in messages
    assert "Teaches Session Subject Level Students" in messages
    assert "M27 Mathematics: Analysis and Approaches SL 1" in messages
    assert "Chidiebere Okonkwo (000456) M27 D" in messages, "whom they advise"
    assert main(["report", str(book), "--out", str(book.with_name("x.html")), "--person", "Nobody"]) == 2
    said = capsys.readouterr().err
    assert "No sheet names a colleague Nobody." in said and "S. Stone" in said


def test_a_colleague_with_nothing_open_has_a_page_too(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages = words(made(book, "person.html", "--person", "p. hahn"))
    assert "P. Hahn" in messages and "M27 Economics HL 1" in messages
    assert "French B" not in messages and "Okonkwo" not in messages
    arguments = ["report", str(book), "--out", str(book.with_name("y.html")), "--person", "P. Hahn", "--redacted"]
    assert main(arguments) == 2
    assert "Make it without --redacted." in capsys.readouterr().err and not book.with_name("y.html").exists()


@BOTH
def test_what_is_late_and_what_comes_next_is_told_with_its_date(book: Path, name: str) -> None:
    messages = words(made(book, name))
    assert re.search(r"Biology for the IB Diploma · A0017 Inventory 30 Jun 2026 145 days", messages)
    assert "Libraries · Rosa Field" in messages
    assert "15 Jan 2027 Second registration deadline" in messages
    assert "in 54 days" in messages
    assert "29 Nov 2026 1 row due" in messages


@BOTH
def test_worst_come_first_and_the_progress_is_of_those_who_are_asked(book: Path, name: str) -> None:
    messages = words(made(book, name))
    levels = re.findall(r"\b(error|warning|info)\b \d+ [A-Z]", messages)
    assert levels
    assert levels == sorted(levels, key=["error", "warning", "info"].index)
    assert re.search(r"Subjects per candidate\W+0 of 2", messages)
    assert "Diploma candidates of the session only: 1 others" in messages


@BOTH
def test_a_students_sheet_has_what_is_theirs_and_nothing_of_anybody_else(book: Path, name: str) -> None:
    messages = words(made(book, name, "--candidate", "000123"))
    assert "Anna Zdenka Novák" in messages
    assert "14 Mar 2009" in messages
    assert "Theory of Knowledge TK" in messages
    assert "5 of 6" in messages
    assert "Choir with Okonkwo & 000456" in messages
    assert "A0017 Biology for the IB Diploma" in messages
    assert "Parent or guardian" in messages
    assert "Chidiebere" not in messages
    assert "Repair café" not in messages
    assert "family.novak@mail.example" not in messages


@pytest.mark.parametrize("name", ["r.html", "r.pdf"])
@pytest.mark.parametrize("more", [[], ["--candidate", "000123"]])
def test_a_redacted_copy_holds_no_private_word_in_any_byte(book: Path, name: str, more: list[str]) -> None:
    path = made(book, name, "--redacted", *more)
    held = pdf_bytes(path) if name.endswith("pdf") else path.read_bytes()
    if shutil.which("pdftotext"):
        held += words(path).encode()
    for word in PRIVATE:
        assert word.encode() not in held, word
        assert word.encode("utf-16-be") not in held, word
    assert b"P-" in held


def test_the_search_for_private_words_would_find_them(book: Path) -> None:
    """The whole copy does hold them: in the PDF's unpacked streams too."""
    assert "Novák".encode() in made(book, "c.html", "--candidate", "000123").read_bytes()
    assert b"061983-0017" in pdf_bytes(made(book, "c.pdf", "--candidate", "000123"))


def test_pseudonyms_stay_the_same_and_depend_on_a_key_of_the_school(book: Path) -> None:
    one, other = (re.findall(r"P-\w+", words(made(book, name, "--redacted"))) for name in ("a.html", "b.html"))
    assert one == other
    key = book.parent / ".ib-trackers" / "pseudonyms.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.unlink()
    assert set(re.findall(r"P-\w+", words(made(book, "c.html", "--redacted")))).isdisjoint(one)


@pytest.mark.parametrize("name", ["r.html", "r.pdf"])
def test_the_file_is_its_owners_alone_and_replaces_the_older_one(book: Path, name: str) -> None:
    made(book, name)
    path = made(book, name)  # what we wrote is replaced; tests/workspace/test_outputs.py has the rest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_html_fetches_nothing_runs_nothing_and_escapes_everything(book: Path) -> None:
    page = Words_(made(book, "c.html", "--candidate", "000456").read_text("utf-8"))
    assert page.links == []
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert "<b>Repair café</b>" in page.text
    assert "url(" not in page.text
    assert "@import" not in page.text


def test_pdf_takes_markup_for_text_and_any_letter_there_is_a_font_for() -> None:
    rows = [["<b>bold</b> & <font size=90>", "Юлия Nguyễn 山田"]]
    data, remarks = pdf(
        Page("<i>x</i>", ["a < b"], [Grid("T", ["A", "B"], rows, [1, 1]), Words("W", ["\x00\x07tab\t"])])
    )
    assert data.startswith(b"%PDF")
    if any(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")):
        assert not any("ễ" in one for one in remarks)


def test_a_letter_that_no_font_has_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {**ROWS, "candidates": [{**CANDIDATES[0], "first_names": "A\U00013080"}]}
    rows["registrations"] = rows["cas"] = rows["inventory"] = []
    book.unlink()
    made(school(book.parent, rows), "c.pdf", "--candidate", "000123")
    assert "\U00013080" in capsys.readouterr().out


def test_a_table_longer_than_a_page_breaks_and_an_endless_cell_is_no_crash() -> None:
    rows = [[f"row {n}", "word " * 8] for n in range(200)]
    data, _ = pdf(Page("Long", [], [Grid("T", ["A", "B"], rows, [1, 3])]))
    assert data.count(b"/Type /Page\n") > 3
    endless, _ = pdf(Page("Long", [], [Grid("T", ["A", "B"], [["x", "word " * 9000]], [1, 3])]))
    assert endless.startswith(b"%PDF")
    assert b"word" in html(Page("Long", [], [Grid("T", ["A", "B"], [["x", "word " * 9000]], [1, 3])]))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--out", "r.docx"], "must end in .html or .pdf"),
        (["--out", "r.html", "--candidate", "123"], "Did you mean 000123?"),
        (["--out", "r.html", "--candidate", "zzzzzz"], "There is no candidate with the code zzzzzz"),
        (["--out", "/dev/null/no/r.html"], "could not be written"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(
    book: Path, more: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent)
    assert main(["report", str(book), *more]) == 2
    messages = capsys.readouterr().err
    assert says in messages
    assert messages.count("\n") == 1


def test_a_code_that_stands_twice_is_not_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = school(tmp_path, {**ROWS, "candidates": [*CANDIDATES, CANDIDATES[0]]})
    assert main(["report", str(path), "--out", str(tmp_path / "r.html"), "--candidate", "000123"]) == 2
    assert "is in rows" in capsys.readouterr().err
    assert not (tmp_path / "r.html").exists()


def test_an_empty_school_has_a_page_too(tmp_path: Path) -> None:
    path = school(tmp_path, {name: [] for name in ROWS}, settings="")
    messages = words(made(path, "r.html"))
    assert "No problems found." in messages
    assert "No exam session is set" in messages
    assert made(path, "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_missing_library_is_told_with_the_way_to_get_it(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert main(["report", str(book), "--out", str(book.with_name("r.html"))]) == 2
    assert 'pip install "ib-trackers"' in capsys.readouterr().err


def test_nothing_is_loaded_before_a_page_is_drawn() -> None:
    script = "import sys, addin.cli.main, addin.actions.report; addin.cli.main.parser(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"jinja2", "reportlab"} & {name.partition(".")[0] for name in loaded}


def test_dates_have_one_reading() -> None:
    from addin.reports.page import on

    assert on(date(2026, 3, 4)).replace("\N{NO-BREAK SPACE}", " ") == "4 Mar 2026"


@pytest.mark.browser
def test_on_a_phone_nothing_is_wider_than_the_screen(book: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    path = made(book, "r.html")
    probe = path.read_text("utf-8").replace("default-src 'none'", "default-src 'unsafe-inline'")
    frame = path.with_name("probe.html")
    page = path.with_name("page.html")
    page.write_text(probe, encoding="utf-8")
    frame.write_text(
        '<iframe id=f src="page.html" width=360 height=640></iframe><pre id=o></pre><script>onload=()=>{'
        "const d=f.contentDocument.documentElement;o.textContent='width '+d.scrollWidth+' of '+d.clientWidth}</script>",
        encoding="utf-8",
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update", "--allow-file-access-from-files",
             f"--user-data-dir={path.parent / 'profile'}", "--dump-dom", frame.as_uri()]  # fmt: skip
    done = subprocess.run([chromium, *flags], capture_output=True, text=True, timeout=120, check=False)
    wide, screen = map(int, re.search(r"width (\d+) of (\d+)", done.stdout).groups())  # type: ignore[union-attr]
    assert wide <= screen


def test_a_redacted_value_is_black_whatever_its_type() -> None:
    trackers = {name: one for name, one in load_all().items() if name in ("candidates", "pd", "registrations")}
    tables = {name: table(trackers[name], ROWS[name]) for name in trackers}
    copy = RedactedView(trackers, tables, b"k" * 32)
    assert copy.value(trackers["candidates"], "birth_date", date(2009, 3, 14)) == BLACK
    assert copy.value(trackers["pd"], "cost", 4321) == BLACK
    assert copy.value(trackers["registrations"], "subject", "English A: Literature") == "English A: Literature"
    assert copy.value(trackers["registrations"], "candidate", "000123") == copy.pseudonym("000123")
    assert copy.text("Novák (000123), NOVÁK, Nováková") == f"{BLACK} ({copy.pseudonym('000123')}), {BLACK}, Nováková"
    assert len({copy.pseudonym(str(number)) for number in range(20_000)}) == 20_000


def test_one_error_comes_before_many_warnings(tmp_path: Path) -> None:
    numbered = [{**row, "session_number": f"000{n}", "identifier_state": None} for n, row in enumerate(CANDIDATES)]
    messages = words(made(school(tmp_path, {"candidates": numbered}), "r.html"))
    levels = re.findall(r"\b(error|warning) (\d+) Candidates", messages)
    assert levels[0] == ("error", "1")
    assert ("warning", "3") in levels
