"""A Google Form from the tracker's declaration: what it asks, and what it never asks."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from addin.actions.link import form
from addin.errors import Problem


@pytest.mark.parametrize("tracker", ["cas", "pd", "registrations"])
def test_the_form_asks_for_what_a_teacher_fills_in_and_never_for_what_is_private(tmp_path: Path, tracker: str) -> None:
    from addin.workspace.tracker_files import heads, load_named

    out = tmp_path / "Form.gs"
    count = form(tracker, out, folder=tmp_path, today=date(2026, 11, 29))
    found = re.search(r"const FORM = (\{.*?\n\});", out.read_text("utf-8"), re.DOTALL)
    assert found
    messages = json.loads(found[1])
    columns = load_named([tracker], heads(Path("nowhere")))[tracker].columns
    by_header = {column.header: column for column in columns.values()}
    assert count == len(messages["fields"]) > 5
    for field in messages["fields"]:
        column = by_header[field["header"]]
        assert not column.private
        assert not column.calculated
        assert field["required"] == bool(column.words.get("required"))
        assert field["about"] == column.about
    needed = {c.header for c in columns.values() if c.words.get("required") and not c.private and not c.calculated}
    assert needed <= {field["header"] for field in messages["fields"]}


def test_a_tracker_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no tracker 'chess'"):
        form("chess", tmp_path / "Form.gs", folder=tmp_path)
