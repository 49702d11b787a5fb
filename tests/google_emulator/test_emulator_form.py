"""A form for teachers from end to end: its script is made, an answer becomes a row of the shared sheet, and the sync
takes it to the workbook."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from google_shared_school import TEACHER, Shared, shared_school

from addin.actions.link import form
from addin.actions.sync.run import sync
from addin.google_emulator.apps_script import submit
from addin.workspace.workbook import opened

pytest.importorskip("requests", reason="needs requests (the google extra)")
pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js, which runs the sheet's script")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with shared_school(tmp_path_factory.mktemp("form")) as school:
        yield school


def send(shared: Shared, script: Path, **answers: object) -> None:
    service = shared.stage.google.service
    submit(service, shared.teacher, service.books[shared.key], script, answers, TEACHER)


def test_an_answer_becomes_a_row_and_the_next_sync_takes_it_over(shared: Shared, tmp_path: Path) -> None:
    script = tmp_path / "Form.gs"
    form("cas", script)
    head, *before = shared.values("CAS!A1:Z500")
    candidate, entry = before[0][head.index("Candidate")], "FORM-1"
    answers = {
        "Entry": entry, "Candidate": candidate, "Kind": "Experience", "Title": "Choir & café 2",
        "Strand": ["Creativity", "Service"], "Start": "2026-03-05", "Hours": "2.5", "Status": "Draft",
    }  # fmt: skip
    send(shared, script, **answers)
    assert shared.stage.google.notes == []
    row = dict(zip(head, shared.values("CAS!A1:Z500")[len(before) + 1], strict=False))
    assert (row["Entry"], row["Title"], row["Strand"]) == (entry, "Choir & café 2", "Creativity; Service")
    assert len(row["IBT id"]) == 6
    done = sync(str(shared.book), open_=shared.stage.open)
    assert done
    with opened(str(shared.book)) as workbook:
        table = workbook.tables["cas"]
        found = table.row(table.columns["entry"].index(entry))
    assert found["title"] == "Choir & café 2"
    assert (found["candidate"], found["hours"], str(found["start"])) == (candidate, 2.5, "2026-03-05")
