"""A redacted copy of a workbook: each part is searched for everything private of the full sample, in all encodings."""

from __future__ import annotations

import base64
import re
import unicodedata
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlsxwriter
from package_validator import problems
from xlsx_books import build

from addin.backends.xlsx import XlsxBook
from addin.cli.main import main
from addin.core.book import Edits, Look, Value
from addin.core.privacy import fold, private_words, words_of
from addin.workspace.workbook import Workbook, opened

HEAD = ["Code", "Last name", "First names", "Session", "Category", "Birth date", "Adviser", "Mother's phone", "IBT id"]
BORN = date(2009, 3, 14)
ROWS: list[list[Value]] = [
    ["000123", "Hasegawa-Núñez", "Li Wei", "M27", "D", BORN, "R. Field", "+49 30 1234567", "aaaaaa"],
    ["000456", "O'Brien", "Bø", "M27", "Núñez", date(2009, 5, 2), "see O’BRIEN_file", 5551234, "bbbbbb"],
]  # fmt: skip
CAS: list[list[Value]] = [
    ["Entry", "Candidate", "Title", "Strand", "Start", "Hours", "Evidence"],
    ["0001", "000123", "Choir with OBrien and Nunez, born 14/3/09, 000456", "Hasegawa", BORN, 3, "https://x.org/HasegawaEE.pdf"],
    ["0002", "000456", "Run", "Activity", date(2026, 1, 2), 2, "Li_Wei.docx"],
]  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full sample school, checked, so that its Findings sheet quotes cells."""
    path = tmp_path_factory.mktemp("sample") / "School.xlsx"
    assert main(["new", str(path), "--session", "M27", "--sample"]) == 0
    assert main(["validate", str(path)]) == 1
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A workbook with private words in every corner that a workbook has."""
    path = build(tmp_path / "Own.xlsx", {"Candidates": [HEAD, *ROWS], "CAS": CAS, "Hasegawa": [["Hasegawa"]]}, {})
    book = openpyxl.load_workbook(path)
    book.properties.creator, book.properties.title = "Hasegawa", "List of O'Brien"
    book.defined_names["Hasegawa"] = openpyxl.workbook.defined_name.DefinedName("Hasegawa", attr_text="Candidates!$B$2")
    sheet = book["Candidates"]
    sheet["B2"].comment = openpyxl.comments.Comment("Núñez", "Hasegawa")
    sheet["A2"].number_format = '"Hasegawa "@'
    sheet["K9"] = "Hasegawa, total"
    sheet.oddHeader.center.text = "Hasegawa"
    sheet.conditional_formatting.add("A1:A9", openpyxl.formatting.rule.CellIsRule("equal", ['"Hasegawa"']))
    list_ = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"Hasegawa,Li"')
    list_.add("D2")
    sheet.add_data_validation(list_)
    sheet["B3"].hyperlink = "https://x.org/Hasegawa"
    book.create_sheet("Archive").append(["Hasegawa"])
    book["Archive"].sheet_state = "veryHidden"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", f"<a>{base64.b64encode(b'Hasegawa').decode()}</a>")
        archive.comment = b"Hasegawa"
    XlsxBook.open(path).apply(Edits(looks={("Candidates", 2, 1): Look("FFC7CE", "IB Trackers: Hasegawa")}))
    return path


def redacted(path: Path, name: str = "Copy.xlsx") -> Path:
    out = path.with_name(name)
    assert main(["export", str(path), "--redact", "--out", str(out)]) == 0
    return out


def forms(text: str) -> set[bytes]:
    """A text in small letters in every encoding that a workbook uses, with and without accents; and as base64."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    found: set[bytes] = set()
    for word in {text.lower(), bare.lower()}:
        found |= {word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), quote(word).lower().encode()}
        found |= {"".join(f"&#{ord(c)};" for c in word).encode(), "".join(f"&#x{ord(c):x};" for c in word).encode()}
        found |= {"".join(f"_x{ord(c):04x}_" for c in word).encode(), word.encode().hex().encode()}
    for shift in range(3):  # base64 reads three bytes at a time
        coded = base64.b64encode(b"\0" * shift + text.encode()).lower()
        found.add(coded[4 if shift else 0 : len(coded) - 4])
    return {one for one in found if len(one) > 4}


def all_bytes(path: Path) -> bytes:
    """Everything in the file, packed and unpacked, in small letters."""
    with zipfile.ZipFile(path) as archive:
        parts = [name.encode() + archive.read(name) for name in archive.namelist()]
    return b"\n".join([path.read_bytes(), *parts]).lower()


def said(path: Path) -> set[str]:
    """Every word that stands in a cell, a name or a format of the copy."""
    with zipfile.ZipFile(path) as archive:
        trees = [ET.fromstring(archive.read(name)) for name in archive.namelist() if "styles" not in name]
    texts = [one.text for tree in trees for one in tree.iter() if one.text and not one.tag.endswith("}v")]
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", fold(re.sub(r"P-[a-z0-9]{7}", "", text)))}


def private(workbook: Workbook) -> tuple[set[str], set[str]]:
    """(whole private texts and codes, the single words of names)."""
    found = private_words(workbook.trackers, workbook.tables)
    words = {fold(part) for name in found.names for part in re.findall(r"[^\W\d_]+", name) if len(part) > 1}
    return found.names | found.texts | found.codes, words


@pytest.mark.slow
def test_nothing_private_of_the_full_sample_is_in_any_part(sample: Path) -> None:
    copy = redacted(sample)
    with opened(str(sample)) as workbook:
        texts, words = private(workbook)
        allowed = {
            fold(w)
            for name in workbook.settings.lists
            for c in workbook.settings.lists[name].values()
            for v in c
            for w in re.findall(r"[^\W\d_]+", v)
        }
        headers = {fold(w) for t in workbook.trackers.values() for c in t.columns.values() for w in c.header.split()}
    assert len(texts) > 300 and len(words) > 100
    held = all_bytes(copy)
    long = {text for text in texts if len(text) > 5 and not text.isdigit() and not {*words_of(text)} <= allowed}
    assert [text for text in long if any(form in held for form in forms(text))] == []
    assert said(copy) & words - allowed - headers == set()
    assert not texts & {
        str(cell.value)
        for sheet in openpyxl.load_workbook(copy)
        for row in sheet
        for cell in row
        if isinstance(cell.value, str) and cell.value.isdigit()
    }
    assert problems(copy) == []


@pytest.mark.slow
def test_the_search_would_find_it(sample: Path) -> None:
    """The workbook itself does hold them, in parts that are packed."""
    with opened(str(sample)) as workbook:
        texts = sorted(text for text in private(workbook)[0] if len(text) > 5)[:100]
    held = all_bytes(sample)
    assert len([text for text in texts if any(form in held for form in forms(text))]) > 80
    found = forms("Núñez")
    assert {"núñez".encode("utf-16-le"), b"nunez", b"_x006e__x00fa__x00f1__x0065__x007a_"} <= found


def test_private_words_in_every_corner_are_gone(own: Path) -> None:
    copy = redacted(own)
    held = all_bytes(copy)
    for text in (
        "Hasegawa",
        "Núñez",
        "O'Brien",
        "OBrien",
        "Wei",
        "1234567",
        "5551234",
        "14/3/09",
        "2009-03-14",
        "000123",
        "aaaaaa",
    ):
        assert [form for form in forms(text) if form in held] == [], text
    assert said(copy).isdisjoint({"li", "wei", "bo", "hasegawa", "nunez", "obrien", "brien"})
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["Candidates", "CAS"] and not book.defined_names
    with zipfile.ZipFile(copy) as archive:
        assert not [name for name in archive.namelist() if re.search("docProps|comments|drawing|custom|printer", name)]
        assert not archive.comment
    assert problems(copy) == []


ELSEWHERE = "Zebulonski"
"""A name that is in no cell of a tracker, so that no search for known names finds it."""
OTHER_PARTS = (
    "xl/pivotCache/pivotCacheDefinition1.xml",
    "xl/pivotCache/pivotCacheRecords1.xml",
    "xl/persons/person.xml",
    "xl/threadedComments/threadedComment1.xml",
    "xl/connections.xml",
    "xl/revisions/userNames.xml",
    "xl/externalLinks/externalLink1.xml",
    "xl/media/image1.png",
    "xl/printerSettings/printerSettings1.bin",
    "customXml/item1.xml",
    "docProps/custom.xml",
    "docProps/app.xml",
    "docProps/thumbnail.jpeg",
    "xl/theme/theme1.xml",
    "xl/vbaProject.bin",
    "xl/slicers/slicer1.xml",
    "xl/slicerCaches/slicerCache1.xml",
    "xl/timelineCaches/timelineCache1.xml",
    "xl/queryTables/queryTable1.xml",
    "xl/ctrlProps/ctrlProp1.xml",
    "xl/customProperty1.bin",
    "xl/webextensions/webextension1.xml",
    "xl/richData/rdrichvalue.xml",
    "xl/metadata.xml",
    "xl/calcChain.xml",
    "customUI/customUI14.xml",
)


def test_a_name_that_nobody_knows_is_gone_from_every_corner(tmp_path: Path) -> None:
    path, name = tmp_path / "Own.xlsx", ELSEWHERE
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Candidates")
    head = [*HEAD, f"{name}'s notes"]
    odd = book.add_format({"num_format": f'"{name} "0'})
    for column, header in enumerate(head):
        sheet.write(0, column, header)
        sheet.write(
            1, column, [*ROWS[0], name][column] if column != 5 else "14 March 2009", odd if column == 3 else None
        )
    sheet.add_table(0, 0, 1, len(HEAD), {"name": f"T_{name}", "columns": [{"header": header} for header in head]})
    sheet.write_comment("D2", name, {"author": name})
    sheet.set_header(f"&C{name}")
    sheet.set_footer(f"&L{name}")
    words = dict.fromkeys(("input_title", "input_message", "error_title", "error_message"), name)
    sheet.data_validation("D2:D9", {"validate": "list", "source": [name], **words})
    sheet.conditional_format("A1:D9", {"type": "text", "criteria": "containing", "value": name, "format": odd})
    sheet.write_url("M5", f"https://x.org/{name}", string=name, tip=name)
    chart = book.add_chart({"type": "column"})
    chart.set_title({"name": name})
    chart.add_series({"name": name, "values": "=Candidates!$A$2:$A$2"})
    sheet.insert_chart("J9", chart, {"description": name})
    sheet.insert_textbox("K20", name, {"description": name})
    book.add_worksheet("Hidden").write(0, 0, name)
    book.get_worksheet_by_name("Hidden").hide()
    book.add_worksheet(name).very_hidden()
    book.define_name(f"N_{name}", f'="{name}"')
    book.set_properties(
        dict.fromkeys(("title", "subject", "author", "manager", "company", "keywords", "comments"), name)
    )
    book.set_custom_property(name, name)
    book.close()
    styled = openpyxl.load_workbook(path)
    styled.add_named_style(openpyxl.styles.NamedStyle(name=f"Style {name}"))
    styled["Candidates"]["E2"].style = f"Style {name}"
    styled.save(tmp_path / "Styled.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        for part in set(OTHER_PARTS) - set(archive.namelist()):
            archive.writestr(part, f"<a>{name}</a>")
    for one in (path, tmp_path / "Styled.xlsx"):
        copy = redacted(one, f"Copy of {one.name}")
        held = all_bytes(copy)
        assert [form for form in forms(name) if form in held] == []
        assert any(form in all_bytes(one) for form in forms(name))
        assert problems(copy) == []


IN_STYLES = (
    ('<name val="Calibri"/>', '<name val="{0} Sans"/>'),
    ('formatCode="', 'formatCode="[${0}-409]'),
    ('<cellStyle name="Normal"', '<cellStyle name="{0}"'),
    ("<fonts ", "<!-- {0} --><fonts "),
    ("<cellXfs ", "<?note {0}?><cellXfs "),
    ("<border>", '<border {0}="1" outline="{0}">'),
    ("</styleSheet>", '<tableStyles count="1"><tableStyle name="{0}"/></tableStyles><{0}/></styleSheet>'),
    ("<fills ", '<own:{0} xmlns:own="http://{0}.org/">{0}</own:{0}><fills xmlns:o="http://{0}.org/" o:by="{0}" '),
)
IN_SHEET = (
    ("<pane ", '<pane own="{0}" '),
    ('activePane="bottomLeft"', 'activePane="{0}"'),
    ("<sheetFormatPr ", '<sheetFormatPr baseColWidth="{0}" '),
    ("<sheetPr", '<sheetPr codeName="{0}"'),
    ('orientation="landscape"', 'orientation="{0}"'),
    ('<row r="2"', '<row r="2" ht="{0}"'),
    ("<sheetData>", '<cols><col min="1" max="1" width="{0}"/></cols><!-- {0} --><sheetData>'),
)


def test_a_name_in_styles_and_attributes_is_gone_too(tmp_path: Path) -> None:
    path, planted, name = tmp_path / "Own.xlsx", tmp_path / "Planted.xlsx", ELSEWHERE
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(f"{name} 12A")
    for column, header in enumerate(HEAD):
        sheet.write(0, column, header)
        sheet.write(1, column, ROWS[0][column] if column != 5 else "14 March 2009")
    sheet.write(1, 4, "D", book.add_format({"num_format": "0.00", "bold": True, "border": 1, "bg_color": "#FFAA00"}))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_tab_color("red")
    book.close()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(planted, "w") as new:
        for part in old.namelist():
            xml = old.read(part).decode()
            changes = IN_STYLES if part == "xl/styles.xml" else IN_SHEET if part.endswith("sheet1.xml") else ()
            for mark, instead in changes:
                assert mark in xml, mark
                xml = xml.replace(mark, instead.format(name), 1)
            new.writestr(part, xml)
    columns = ", ".join(f'"{header}" = "{key}"' for header, key in (("Code", "code"), ("Category", "category")))
    layout = f'[[layout.candidates]]\nsheet = "{name} 12A"\nheader_row = 1\ncolumns = {{{columns}}}\n'
    (tmp_path / "ib-trackers.toml").write_text(layout, "utf-8")
    copy = redacted(planted)
    assert [form for form in forms(name) if form in all_bytes(copy)] == []
    assert problems(copy) == []
    cell = openpyxl.load_workbook(copy)["Candidates"]["E2"]
    assert cell.font.bold and cell.fill.fgColor.rgb == "FFFFAA00" and cell.border.left.style == "thin"


def test_what_is_not_private_stays_and_a_student_is_one_pseudonym_in_one_copy(own: Path) -> None:
    one, other = (openpyxl.load_workbook(redacted(own, name)) for name in ("a.xlsx", "b.xlsx"))
    for book in (one, other):
        candidates, cas = (
            [[cell.value for cell in row] for row in book[name].iter_rows()] for name in ("Candidates", "CAS")
        )
        codes = [row[0] for row in candidates[1:3]]
        assert [row[1] for row in cas[1:]] == codes and all(re.fullmatch(r"P-\w{7}", code) for code in codes)
        assert [row[3] for row in candidates[1:3]] == ["M27", "M27"] and candidates[0][:7] == HEAD[:7]
        assert cas[2][2:4] == ["Run", "Activity"] and cas[1][5] == 3 and str(cas[2][4])[:10] == "2026-01-02"
        assert cas[1][4] is None and codes[1] in cas[1][2]
    assert one["Candidates"]["A2"].value != other["Candidates"]["A2"].value


def test_it_is_for_its_maker_alone_and_never_over_a_file_of_hers(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert redacted(own).stat().st_mode & 0o777 == 0o600
    before = own.read_bytes()
    hers = own.with_name("Hers.xlsx")
    hers.write_bytes(b"hers")
    for out in (own, hers, own.with_suffix(".csv")):
        assert main(["export", str(own), "--redact", "--out", str(out)]) == 2
    assert main(["export", str(own), "--redact", "--to", "csv", "--out", str(hers)]) == 2
    assert own.read_bytes() == before and hers.read_bytes() == b"hers"
    assert "Traceback" not in capsys.readouterr().err
