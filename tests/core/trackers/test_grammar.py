"""The grammar of tracker files: the schema for editors, and a school's changes to a built-in tracker."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from xlsx_books import build

from addin.cli.main import main
from addin.core.trackers import grammar
from addin.core.trackers.overlay import overlaid
from addin.errors import TrackerProblem
from addin.workspace.tracker_files import TEMPLATES, heads, load_all

SCHEMA = json.loads((TEMPLATES / "tracker.schema.json").read_text("utf-8"))
KINDS = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int, "number": (int, float)}


def broken(value: Any, schema: Any, where: str = "") -> list[str]:
    """What in a document a JSON Schema does not allow; as much of the standard as ours uses."""
    if "$ref" in schema:
        return broken(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], where)
    if "anyOf" in schema and all(broken(value, one, where) for one in schema["anyOf"]):
        return [f"{where}: none of the forms"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is not one of {schema['enum']}"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(value, KINDS[one]) and (one == "boolean") == isinstance(value, bool) for one in kinds
    ):
        return [f"{where}: {value!r} is no {kinds}"]
    found = [f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    if isinstance(value, list) and "items" in schema:
        found += [line for n, one in enumerate(value) for line in broken(one, schema["items"], f"{where}[{n}]")]
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
        for name, one in value.items():
            if name not in known and others is False:
                found.append(f"{where}: {name} is not known")
            else:
                found += broken(one, known.get(name) or others or {}, f"{where}.{name}")
    return found


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_tracker_of_ours_is_as_the_schema_says(path: Path) -> None:
    assert broken(tomllib.loads(path.read_text("utf-8")), SCHEMA) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"titel": "x"}, "titel is not known"),
        ({"columns": {"a": {"type": "datum"}}}, "is not one of"),
        ({"columns": {"a": {"header": 5}}}, "is no"),
        ({"rules": [{"say": "x"}]}, "id is missing"),
        ({"rules": [{"id": "x", "when": {"a": {"oneof": ["b"]}}}]}, "oneof is not known"),
    ],
)
def test_the_schema_sees_a_slip(change: dict[str, Any], says: str) -> None:
    whole = {"title": "T", "sheet": "T", "columns": {}} | change
    assert any(says in line for line in broken(whole, SCHEMA))
    assert broken({"columns": {}}, SCHEMA) == [": none of the forms"]
    assert broken({"extends": "cas"}, SCHEMA) == []


def test_the_example_of_the_page_is_understood(tmp_path: Path) -> None:
    text = re.findall(r"```toml\n(.*?)```", (TEMPLATES / "GRAMMAR.md").read_text("utf-8"), re.DOTALL)[1]
    (tmp_path / "cas.toml").write_text(text, encoding="utf-8")
    known = load_all(tmp_path)
    ours, theirs = load_all()["cas"], known["cas"]
    assert theirs.columns["title"].header == "Titel"
    assert set(theirs.columns["title"].aliases) >= {"Bezeichnung", ours.columns["title"].header}
    assert "CAS-Erfahrungen" in theirs.aliases
    assert len(theirs.rules) == len(ours.rules)
    assert heads(tmp_path)["cas"].order == heads()["cas"].order


def test_a_changed_header_works_in_a_workbook_with_the_new_and_with_the_old(tmp_path: Path) -> None:
    (tmp_path / "trackers").mkdir()
    (tmp_path / "trackers" / "candidates.toml").write_text(
        'extends = "candidates"\n[columns.last_name]\nheader = "Nachname"\n[[rules]]\nid = "no-x"\n'
        'when = { last_name = { one_of = ["X"] } }\nthen = { session = { required = true } }\nsay = "Own rule."\n',
        encoding="utf-8",
    )
    for number, header in enumerate(("Nachname", "Last name")):
        rows = [["Candidate code", header, "First names", "Session", "Category"], ["000001", "X", "Ida", None, "D"]]
        book = build(tmp_path / f"Book{number}.xlsx", {"Candidates": rows}, {})  # type: ignore[dict-item]
        assert main(["validate", str(book), "--json", str(tmp_path / f"{number}.json")]) == 1
        found = json.loads((tmp_path / f"{number}.json").read_text("utf-8"))
        assert [one["message"] for one in found if one["rule"] == "no-x"]
    assert main(["new", str(tmp_path / "New.xlsx"), "--trackers", "candidates"]) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('extends = "cats"', "no built-in tracker"),
        ("extends = 5", "must be a text"),
        ('extends = "cas"\n[columns.title]\ntipe = "text"', "Did you mean 'type'"),
        ('extends = "cas"\ncolumns = 5', "must be a table"),
    ],
)
def test_a_slip_in_a_change_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "cas.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TrackerProblem, match=says) as messages:
        load_all(tmp_path)
    assert "cas.toml" in str(messages.value)


def test_a_rule_is_changed_by_its_id_and_others_are_added() -> None:
    base = {"columns": {}, "rules": [{"id": "a", "level": "error", "say": "A"}], "aliases": ["x"]}
    over = {"extends": "base", "rules": [{"id": "a", "level": "info"}, {"id": "b"}], "aliases": ["y", "x"]}
    made = overlaid(base, over)
    assert made["rules"] == [{"id": "a", "level": "info", "say": "A"}, {"id": "b"}]
    assert made["aliases"] == ["x", "y"]
    assert base["aliases"] == ["x"]
    assert grammar.EXTENDS not in made


def test_the_schema_in_the_templates_is_the_one_of_the_grammar() -> None:
    assert grammar.schema() == SCHEMA
