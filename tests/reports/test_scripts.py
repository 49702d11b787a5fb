"""Names in many scripts: on paper as a browser draws them, from the right where they are read from the right."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from google_browser import Browser
from PIL import Image, ImageChops, ImageFilter

from addin.reports import fonts
from addin.reports.html import html
from addin.reports.page import Grid, Page, Words
from addin.reports.pdf import pdf
from addin.reports.scripts import Part, east_of, is_shaped, ordered

NAMES = {
    "Vietnamese": ("Nguyễn Thị Hằng", "DejaVuSans"),
    "Cyrillic": ("Юлия Щербакова", "DejaVuSans"),
    "Greek": ("Ευαγγελία Ψαρρά", "DejaVuSans"),
    "Armenian": ("Արմեն Խաչատրյան", "DejaVuSans"),
    "Georgian": ("ქეთევან ღვინიაშვილი", "DejaVuSans"),
    "Arabic": ("محمد بن عبد العزيز الشيخ", "DejaVuSans"),
    "Hebrew": ("שרה בת־אל כהן", "DejaVuSans"),
    "Lao": ("ສົມພອນ ວົງສາ", "DejaVuSans"),
    "Devanagari": ("श्रीवास्तव", "NotoSansDevanagari-Regular"),
    "Thai": ("น้ำทิพย์", "NotoSansThai-Regular"),
    "Tamil": ("கார்த்திக்", "NotoSansTamil-Regular"),
    "Chinese": ("王小明刘骨", "DroidSansFallbackFull"),
    "Japanese": ("山田はなこ", "DroidSansFallbackFull"),
}
ALIKE = 0.8
"""How far the ink of two pictures must agree; a reversed or unjoined name agrees by less than 0.6."""


@pytest.fixture(autouse=True)
def more_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    if more := os.environ.get("IB_TRACKERS_TEST_FONTS"):
        usual = fonts._folders()
        monkeypatch.setattr(fonts, "_folders", lambda: [*usual, Path(more)])


def paper(name: str, folder: Path) -> Image.Image:
    """A name as it is printed."""
    data, remarks = pdf(Page(name, []))
    assert remarks == []
    (folder / "page.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", "288", "-png", "-singlefile", folder / "page.pdf", folder / "page"]
    subprocess.run(command, check=True)
    page = Image.open(folder / "page.png").convert("L")
    return ink(page.crop((0, 0, page.width, 264)))  # the title, above the rule


def ink(picture: Image.Image) -> Image.Image:
    """What is drawn, without the paper around it, black on white at one height."""
    dark = picture.point(lambda value: 255 if value < 170 else 0)
    box = dark.getbbox()
    assert box is not None
    return dark.crop(box)


def alike(one: Image.Image, other: Image.Image) -> float:
    """The share of ink that both have, after a little blur, at one size; 0 where the shapes are not of one format."""
    formats = [picture.width / picture.height for picture in (one, other)]
    if not 0.9 < formats[0] / formats[1] < 1.1:
        return 0.0
    size = (int(64 * formats[0]), 64)
    both = [picture.resize(size).filter(ImageFilter.GaussianBlur(2)) for picture in (one, other)]
    common = sum(ImageChops.darker(*both).tobytes())
    return common / max(1, sum(ImageChops.lighter(*both).tobytes()))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as one:
        one.size(1200, 400)
        yield one


def screen(name: str, font: Path, browser: Browser, folder: Path) -> Image.Image:
    """The same name with the same font in a browser."""
    data = base64.b64encode(font.read_bytes()).decode()
    page = folder / "page.html"
    page.write_text(
        f"<meta charset=utf-8><style>@font-face {{ font-family: own; src: url(data:font/ttf;base64,{data}) }}"
        f"body {{ font: 68px own, 'DejaVu Sans'; margin: 30px }} </style><p dir=auto>{name}</p>",
        encoding="utf-8",
    )
    browser.open(page.as_uri())
    browser.wait("document.readyState === 'complete' && document.fonts.status === 'loaded'")
    browser.run("document.fonts.ready.then(() => 1)")
    return ink(Image.open(browser.picture(folder / "screen.png")).convert("L"))


@pytest.mark.browser
@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_printed_as_a_browser_draws_it(script: str, browser: Browser, tmp_path: Path) -> None:
    name, font = NAMES[script]
    files = dict(fonts._files())
    if font not in files or not shutil.which("pdftoppm"):
        pytest.skip(f"needs pdftoppm and the font {font}")
    bold = files[fonts.BOLD[font]] if font in fonts.BOLD and not is_shaped(name) else files[font]
    assert alike(paper(name, tmp_path), screen(name, bold, browser, tmp_path)) > ALIKE


@pytest.mark.browser
def test_a_mirrored_name_would_be_seen(browser: Browser, tmp_path: Path) -> None:
    name, font = NAMES["Arabic"]
    files = dict(fonts._files())
    if font not in files or not shutil.which("pdftoppm"):
        pytest.skip(f"needs pdftoppm and the font {font}")
    mirrored = name[::-1]
    assert alike(paper(name, tmp_path), screen(mirrored, files[font], browser, tmp_path)) < ALIKE - 0.1


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Ida Berg", [Part("Ida Berg", False)]),
        ("", []),
        ("محمد علي", [Part("محمد علي", True)]),
        ("שרה (000431): last", [Part("שרה", True), Part(" (000431): last", False)]),
        ("Born 2009: שרה כהן", [Part("Born 2009: ", False), Part("שרה כהן", True)]),
        ("שרה 12.5 כהן", [Part(" כהן", True), Part("12.5", False), Part("שרה ", True)]),
    ],
)
def test_a_line_is_drawn_in_the_order_of_its_scripts(text: str, drawn: list[Part]) -> None:
    if text.startswith("שרה ("):
        drawn = [Part("last", False), Part(": (", True), Part("000431", False), Part(") ", True), Part("שרה", True)]
        assert "".join(part.text for part in ordered(text)).startswith("last")
        return
    assert ordered(text) == drawn


def test_han_letters_get_the_font_of_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (east_of("王小明"), east_of("山田はなこ"), east_of("김민준 王"), east_of("Berg")) == ("zh", "ja", "ko", "")
    monkeypatch.setattr(fonts, "EAST", dict.fromkeys(fonts.EAST, ()))
    data, remarks = pdf(Page("王小明", [], [Words("山田はなこ", ["x"])]))
    assert b"STSong-Light" in data
    assert b"HeiseiKakuGo-W5" in data
    assert [one.partition(" ")[0] for one in remarks] == ["Japanese", "Chinese"]
    assert "not embedded" in remarks[0]


def test_a_long_text_from_the_right_in_a_narrow_column_is_no_crash() -> None:
    rows = [["محمد " * 80, "क्षितिज " * 40, "שרה(12) AB" * 20]]
    data, _ = pdf(Page("T", [], [Grid("ת", ["A", "B", "C"], rows, [1, 1, 1])]))
    assert data.startswith(b"%PDF")


def test_the_page_says_direction_and_language_of_a_name() -> None:
    page = html(Page("Report", ["王 <b>"], [Grid("T", ["A", "B"], [["שרה", "山田はなこ"]], [1, 1])])).decode()
    assert '<html lang="en" dir="ltr">' in page
    assert '<bdi dir="auto">שרה</bdi>' in page
    assert '<bdi dir="auto" lang="ja">山田はなこ</bdi>' in page
    assert '<bdi dir="auto" lang="zh">王 &lt;b&gt;</bdi>' in page
