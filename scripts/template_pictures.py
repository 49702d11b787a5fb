"""Pictures for the documentation: the sample workbook after a Validate, a teacher's shared sheet in the emulator, and
the page that checks a workbook in the browser.

LibreOffice and poppler draw the workbook, of which a copy gets print areas that fit a picture, one page for each sheet;
headless Chromium draws the shared sheet, after a teacher has typed a mistake, and the page (npm packages of tests/web).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from addin.actions.new import choose
from addin.core.settings import Settings
from addin.demo.sample import DAY, school_of
from addin.templates import build
from addin.workspace.settings import load_lists
from addin.workspace.tracker_files import heads

HERE = Path(__file__).resolve().parent.parent
PICTURES = {
    "Home": ("home", "$A$1:$L$62"),
    "Candidates": ("candidates", "$A$1:$N$30"),
    "CAS": ("cas", "$A$71:$M$94"),
    "Views": ("progress", "$A$1:$S$34"),
    "Findings": ("findings", "$A$1:$O$24"),
}
"""Sheet -> name of the picture, and the cells that it shows (the header is repeated above them)."""
WIDE = 1500
"""Pixels: crisp in a README, which shows about half of that."""
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""Home counts findings by formulas, whose results in the file are those from before the Validate."""


def render(folder: Path) -> list[Path]:
    """The pictures, as PNG files in a folder. Needs LibreOffice, poppler and Chromium."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        pages, sheets = _pdf(Path(temporary))
        drawn = [_picture(pages, sheets.index(sheet) + 1, folder / name) for sheet, (name, _) in PICTURES.items()]
        return [*drawn, *_shared_sheet(Path(temporary), folder), *_checked_page(Path(temporary), folder)]


def _shared_sheet(temporary: Path, folder: Path) -> list[Path]:
    """A teacher's shared sheet in the emulator: as it is, and with the answer to a mistake just typed."""
    sys.path.insert(0, str(HERE / "tests" / "support"))
    from google_browser import Browser
    from google_shared_school import TEACHER, shared_school

    with shared_school(temporary / "shared") as school, Browser(width=1300, height=620) as browser:
        browser.open(f"{school.stage.google.url}/?as={TEACHER}&book={school.key}&sheet=CAS")
        browser.wait("!!document.querySelector('input[data-at=\"K5\"]') && !document.getElementById('menu').hidden")
        plain = browser.picture(folder / "shared-sheet.png")
        browser.run("document.querySelector('input[data-at=\"K5\"]').focus()")
        browser.type("900")
        browser.press("Enter")
        browser.wait("!!document.querySelector('.toast')")
        browser.run("document.querySelector('main').scrollLeft = 340")
        return [_small(plain), _small(browser.picture(folder / "teacher-mistake.png"))]


def _checked_page(temporary: Path, folder: Path) -> list[Path]:
    """The page in the browser with the sample school on it: wide, and on a phone."""
    import threading

    from google_browser import Browser
    from web_page import built_page

    from addin.web.serve import Server

    book = temporary / "School.xlsx"
    _run(sys.executable, "-m", "addin", "new", str(book), "--sample", "--trackers", "candidates,registrations,cas")
    server = Server(built_page(temporary / "page"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Browser(width=1280, height=900) as browser:
        browser.open(server.address)
        browser.wait("document.body?.dataset.ready && !document.getElementById('file').disabled", 240)
        browser.choose("#file", book)
        browser.wait("!document.getElementById('result').hidden && document.getElementById('progress').hidden", 240)
        browser.run("document.querySelector('#findings details').open = true")
        wide = browser.picture(folder / "page.png")
        browser.size(390, 844)
        phone = browser.picture(folder / "page-phone.png")
    server.shutdown()
    server.server_close()
    return [_small(wide), _small(phone)]


def _pdf(folder: Path) -> tuple[Path, list[str]]:
    trackers = choose(heads(), "dp", ())
    settings = Settings({"session": "M27"}, load_lists(), DAY, {"name": "Riverside International School"})
    book = folder / "sample.xlsm"
    sample = school_of(settings, trackers)
    build(book, trackers, settings, sample.rows, sample.ids)
    _run(sys.executable, "-m", "addin", "validate", str(book), fine=(0, 1))
    sheets = _with_print_areas(book, folder / "shown.xlsm")
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(RECALCULATE)
    program = shutil.which("soffice") or "libreoffice"
    _run(
        program,
        f"-env:UserInstallation={user.parent.as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "shown.xlsm"),
    )
    return folder / "shown.pdf", sheets


def _with_print_areas(source: Path, target: Path) -> list[str]:
    """A copy in which each sheet takes one page; gives the sheets that are seen."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        workbook = old.read("xl/workbook.xml").decode()
        sheets = re.findall(r'<sheet name="([^"]+)" sheetId="\d+" (state="hidden")?', workbook)
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/workbook.xml":
                text = _areas(text.decode(), [name for name, _ in sheets]).encode()
            elif name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb' (?:fitTo(?:Width|Height)|scale)="\d+"', b"", text)
                text = re.sub(rb"<(?:oddFooter|rowBreaks|colBreaks).*?</\w+>", b"", text)
                if b"fitToPage" not in text:  # Views is scaled
                    text = re.sub(
                        rb"(<sheetPr.*?)</sheetPr>", rb'\1<pageSetUpPr fitToPage="1"/></sheetPr>', text, count=1
                    )
                text = re.sub(rb'paperSize="\d+"', b'paperSize="66" fitToWidth="1" fitToHeight="1"', text)
            elif name.endswith(".vml"):
                text = text.replace(b"<x:PrintObject>False</x:PrintObject>", b"")  # buttons are seen, but not printed
            new.writestr(name, text)
    return [name for name, hidden in sheets if not hidden]


def _areas(workbook: str, sheets: list[str]) -> str:
    workbook = re.sub(r'<definedName name="_xlnm.Print_Area".*?</definedName>', "", workbook)
    areas = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{number}">\'{sheet}\'!{area}</definedName>'
        for number, sheet in enumerate(sheets)
        if (area := PICTURES.get(sheet, ("", "$A$1:$A$1"))[1] or "$A$1:$G$48")
    )
    return workbook.replace("<definedNames>", f"<definedNames>{areas}")


def _picture(pages: Path, number: int, target: Path) -> Path:
    """One page without its margins."""
    from PIL import Image, ImageChops

    page = ("-f", str(number), "-l", str(number))
    _run("pdftoppm", "-r", "220", "-png", "-singlefile", *page, str(pages), str(target))
    path = target.with_suffix(".png")
    with Image.open(path) as opened:
        whole = opened.convert("RGB")
    box = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox() or (0, 0, *whole.size)
    shown = whole.crop((max(0, box[0] - 12), max(0, box[1] - 12), box[2] + 12, box[3] + 12))
    if shown.width > WIDE:
        shown = shown.resize((WIDE, shown.height * WIDE // shown.width), Image.Resampling.LANCZOS)
    shown.save(path)
    return _small(path)


def _small(path: Path) -> Path:
    """The picture in few colours (rare ones too, such as a warning)."""
    from PIL import Image

    with Image.open(path) as opened:
        few = opened.convert("RGB").quantize(192, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path


def _run(*command: str, fine: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False, cwd=HERE)
    if done.returncode not in fine:
        raise SystemExit(f"{command[0]}: {done.stderr or done.stdout}")
