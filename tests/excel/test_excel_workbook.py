"""Built macro workbooks and the add-in hold together: code names, buttons, ribbon, relationships, content types."""

import re
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from excel_books import build_workbook
from excel_readers import WORKBOOK_TYPES, button_macros, code_names, needed, parts_of, read_project, ribbon_items

from addin import templates
from addin.core.settings import Settings
from addin.excel.paths import ADDIN_NAME
from addin.templates.macros.addin_file import build_addin
from addin.templates.macros.workbook import BUTTONS, MODULES
from addin.workspace.tracker_files import load_all

OLD_NAMES = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # oletools calls pyparsing by its old names
ACTIONS = [
    "validate", "next_problem", "adopt", "fix", "undo", "register_candidate", "lend", "give_back", "count", "import",
    "export", "report", "ibis", "packs", "calendar", "share", "sync", "nightly", "remind", "bring_back", "roll_over",
    "hand_over", "redacted_copy", "held_on", "due_to_erase", "help",
]  # fmt: skip


@pytest.fixture(scope="module", params=["Small.xlsm", "School.xlsm", ADDIN_NAME])
def built(request, tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("built") / request.param)


def build(path: Path) -> Path:
    """The add-in, a small workbook that shows every button, or what `ib-trackers new School.xlsm` gives."""
    if path.suffix == ".xlam":
        build_addin(path)
    elif path.name == "Small.xlsm":
        build_workbook(path)
    else:
        templates.build(path, load_all(), Settings())
    return path


def test_the_same_build_gives_the_same_bytes(built, tmp_path):
    again = build(tmp_path / built.name)
    assert again.read_bytes() == built.read_bytes()


def test_nothing_in_it_says_when_it_was_built(built):
    with zipfile.ZipFile(built) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", package.read("docProps/core.xml"))) == {
            b"2026-01-01T00:00:00Z"
        }


def test_code_names_are_the_document_modules(built):
    parts = parts_of(built)
    project = read_project(parts["xl/vbaProject.bin"])
    documents = [name for name, kind in project.kinds.items() if kind == "Document"]
    assert code_names(parts) == documents
    assert [name for name, kind in project.kinds.items() if kind == "Module"] == list(MODULES)


def test_content_types_and_relationships(built):
    parts = parts_of(built)
    types = parts["[Content_Types].xml"].decode()
    assert [kind for kind in WORKBOOK_TYPES.values() if kind in types] == [WORKBOOK_TYPES[built.suffix]]
    assert "application/vnd.ms-office.vbaProject" in types
    relation = 'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"'
    assert parts["xl/_rels/workbook.xml.rels"].decode().count(relation) == 1


def test_every_button_runs_exactly_one_macro(built):
    """A form button's macro is a Sub without parameters, there once in the whole project."""
    parts = parts_of(built)
    procedures = read_project(parts["xl/vbaProject.bin"]).procedures()
    macros = button_macros(parts)
    assert bool(macros) == (built.suffix == ".xlsm")
    assert built.name != "Small.xlsm" or len(macros) == len(ACTIONS) + 4
    for macro in {*macros, *(button.macro for button in BUTTONS.values())}:
        assert procedures[macro.lower()] == [("IBButtons", "")]


def test_every_ribbon_item_runs_exactly_one_callback(built):
    parts = parts_of(built)
    procedures = read_project(parts["xl/vbaProject.bin"]).procedures()
    items = ribbon_items(parts)
    labels = [
        "Validate", "Next problem", "Adopt", "Fix", "Undo", "Register", "Import", "Lend", "Return", "Count", "Sync",
        "Share", "Nightly", "Export", "Report", "IBIS", "Packs", "Calendar", "Remind", "Bring back", "Hand over",
        "Roll over", "Redacted copy", "Held on", "Due to erase", "Help",
    ]  # fmt: skip
    assert [item["label"] for item in items] == labels
    for item in items:
        module, _, callback = item["onAction"].partition(".")
        assert procedures[callback.lower()] == [(module, "control As IRibbonControl")]
        assert item["imageMso"].isalnum()
        assert len(item["screentip"]) < 60 and item["supertip"].endswith(".")
    assert len({item["id"] for item in items}) == len(items)


def test_buttons_and_ribbon_reach_the_same_actions():
    """Sheet button, ribbon item and Python's name for it: one word each way, none forgotten."""
    bas = {
        name: (files("addin.templates.macros") / "vba" / f"{name}.bas").read_text()
        for name in ("IBButtons", "IBRibbon")
    }
    assert list(BUTTONS) == ACTIONS
    for action, button in BUTTONS.items():
        assert f'Public Sub {button.macro}()\n    IBStart "{action}"\nEnd Sub' in bas["IBButtons"]
        callback = button.macro.replace("IB", "On", 1)
        assert f"Public Sub {callback}(control As IRibbonControl)\n    {button.macro}\nEnd Sub" in bas["IBRibbon"]


@OLD_NAMES
def test_two_other_readers_give_back_the_exact_source(built):
    """olevba and pyOpenVBA, which know nothing of our writer."""
    olevba, pyopenvba = needed("oletools.olevba"), needed("pyopenvba")
    ours = {name: (files("addin.templates.macros") / "vba" / f"{name}.bas").read_text() for name in MODULES}
    parser = olevba.VBA_Parser(str(built))
    read = {name.removesuffix(".bas"): text for _, _, name, text in parser.extract_macros() if name.endswith(".bas")}
    parser.close()
    assert {name: text.replace("\r\n", "\n") for name, text in read.items()} == ours
    with pyopenvba.ExcelFile(str(built)) as book:
        assert book.module_names() == list(read_project(parts_of(built)["xl/vbaProject.bin"]).kinds)
        assert {name: book.get_module(name).replace("\r\n", "\n").strip() for name in MODULES} == {
            name: text.strip() for name, text in ours.items()
        }
    assert pyopenvba.check_file(str(built)).ok


# What the bridge cannot do without; anything that olevba finds beyond this is a decision, not an accident.
WHY_SUSPICIOUS = {
    "Environ": "where this person's settings file is",
    "Open": "to read that file and the answer",
    "Kill": "to delete the answer, which may name people",
    "CreateObject": "Windows: WScript.Shell",
    "WScript.Shell": "Windows: start Python and wait for it",
    "Run": "its method Run",
    "Shell": "LibreOffice: start Python",
    "applescript": "macOS: the name of the script that starts Python",
    "Windows": "the word in Application.OperatingSystem",
    "Hex Strings": "false alarm: no such string is there",
    "Base64 Strings": "false alarm: long words look like it",
}


@OLD_NAMES
def test_scanners_find_no_more_than_the_bridge_needs(built):
    """Nothing that runs by itself, no address, no program's name, no hidden text, in the eyes of olevba."""
    parser = needed("oletools.olevba").VBA_Parser(str(built))
    found = [(kind, word) for kind, word, _ in parser.analyze_macros()]
    parser.close()
    assert {kind for kind, _ in found} == {"Suspicious"}
    assert {word for _, word in found} - set(WHY_SUSPICIOUS) == set()


def test_macro_text_is_plain_and_small():
    """ASCII only (VBA stores one code page), no Declare, no command shell, no network."""
    for name in MODULES:
        text = (files("addin.templates.macros") / "vba" / f"{name}.bas").read_text(encoding="ascii").lower()
        assert len(text) < 9_000
        code = "\n".join(line for line in text.splitlines() if not line.strip().startswith("'"))
        for word in ("declare ", "cmd.exe", "powershell", "xmlhttp", "winhttp", "http:", "adodb"):
            assert word not in code, word
        assert max(map(len, text.splitlines())) < 140


def test_a_workbook_may_go_without_the_ribbon(tmp_path):
    parts = parts_of(build_workbook(tmp_path / "Plain.xlsm", ribbon=False))
    assert ribbon_items(parts) == []
    assert "customUI" not in parts["_rels/.rels"].decode()


def test_the_tab_is_shared_by_add_in_and_workbook(tmp_path):
    """Both name the tab with the same qualified id, so Excel shows one tab and not two."""
    build_addin(tmp_path / ADDIN_NAME)
    ribbon = parts_of(tmp_path / ADDIN_NAME)["customUI/customUI14.xml"].decode()
    assert '<tab idQ="ib:tab" label="IB Trackers"' in ribbon and "<tab id=" not in ribbon
