"""What is written about the product is true: README, its commands and links, help and changelog."""

from __future__ import annotations

import importlib.util
import re
import shlex
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from addin import __version__
from addin.cli.main import parser
from addin.cli.verbs import verbs

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [path for path in ROOT.rglob("*.md") if not {".venv", "node_modules"} & set(path.parts)]
VERBS = {name: name.strip("_").replace("_", "-") for name in verbs()}
PROSE = re.sub(r"<!-- generated.*?<!-- end -->", "", README, flags=re.DOTALL)
"""The README as a person wrote it."""


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "scripts" / "build_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_parts_are_up_to_date(builder: ModuleType) -> None:
    for path in builder.DOCUMENTS:
        text = path.read_text("utf-8")
        assert builder.built(text, path.name) == text, f"{path.name}: run python scripts/build_docs.py"


def test_the_readme_begins_with_what_a_coordinator_does() -> None:
    lines = README.splitlines()
    assert len(lines) <= 200
    start = "\n".join(lines[:40])
    assert "Double-click" in start
    assert "ib-trackers adopt" in start


def test_building_a_document_leaves_the_prose_alone(builder: ModuleType) -> None:
    text = "Mine <b>\n<!-- generated: commands -->\nold\n<!-- end -->\nand mine.\n"
    new = builder.built(text)
    assert new.startswith("Mine <b>\n<!-- generated: commands -->\n")
    assert new.endswith("<!-- end -->\nand mine.\n")
    assert "ib-trackers validate" in new
    assert "old" not in new
    assert builder.built(new) == new


@pytest.mark.parametrize("text", ["<!-- generated: cats -->\n<!-- end -->", "<!-- generated: commands -->\nno end"])
def test_a_marker_that_means_nothing_is_said(builder: ModuleType, text: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        builder.built(text)
    assert "README.md" in str(stopped.value)


@pytest.mark.parametrize("name", VERBS)
def test_every_command_is_in_the_readme_and_has_an_example_that_works(name: str) -> None:
    module = import_module(f"addin.cli.verbs.{name}")
    assert f"`ib-trackers {VERBS[name]}" in README
    assert module.EXAMPLE.startswith(f"ib-trackers {VERBS[name]}")
    parser().parse_args(shlex.split(module.EXAMPLE)[1:])
    assert module.HELP[0].islower() or module.HELP.startswith("IB")
    assert not module.HELP.endswith(".")


@pytest.mark.parametrize("name", VERBS)
def test_the_help_of_every_command_shows_its_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args([VERBS[name], "--help"])
    assert stopped.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"Example: {' '.join(import_module(f'addin.cli.verbs.{name}').EXAMPLE.split())}" in said


def written_commands() -> list[str]:
    """The commands in the README's prose, as a person would type them."""
    blocks = re.findall(r"^```\n(.*?)^```", PROSE, re.DOTALL | re.MULTILINE)
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`(ib-trackers [^`]+)`", re.sub(r"^```.*?^```", "", PROSE, flags=re.DOTALL | re.MULTILINE))
    return sorted({" ".join(line.split()) for line in [*lines, *spans] if line.startswith("ib-trackers ")})


@pytest.mark.parametrize("line", written_commands())
def test_what_the_readme_tells_a_person_to_type_is_understood(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line)[1:]
    if len(words) == 1 and not words[0].startswith("-"):
        assert words[0] in VERBS.values()  # named, not to be typed as it stands
        return
    try:
        parser().parse_args(words)
    except SystemExit as stopped:
        assert stopped.code == 0 or "needed" in capsys.readouterr().err, line


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    broken = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not broken


def test_the_changelog_tells_of_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    match = re.search(rf"^## {re.escape(__version__)}\b.*?$(.*?)(?=^## |\Z)", changes, re.DOTALL | re.MULTILINE)
    assert match, f"CHANGELOG.md has no part for {__version__}"
    assert re.search(r"^[-*] \S", match[1], re.MULTILINE), f"CHANGELOG.md says nothing of {__version__}"
