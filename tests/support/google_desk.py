"""A person's home folder and shared sheets beside a spreadsheet program: put `pytest_plugins = ("google_desk",)` into
a test module to use them. Never import this module: pytest must be the first to see its fixtures.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from google_school import School, google_school


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with Downloads, in which settings of the person are kept, too."""
    folder = tmp_path / "home"
    (folder / "Downloads").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    return folder


@pytest.fixture
def service(tmp_path: Path) -> Iterator[School]:
    """The emulator with one blank spreadsheet."""
    (tmp_path / "google").mkdir()
    with google_school(tmp_path / "google") as school:
        yield school.fresh(Sheet1=[])
