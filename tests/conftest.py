"""What all tests share: the programs that some need (in CI a missing one is a failure), and sound workbooks."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import package_validator
import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("busy", suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
settings.load_profile("busy")

os.environ["LC_ALL"] = "C.UTF-8"  # answers without a workbook are in the language of the computer
PROGRAMS = {"libreoffice": ("soffice", "libreoffice"), "browser": ("chromium", "chromium-browser", "google-chrome")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no process is left with them at the end; skip, with the reason, what
    this machine cannot run, and in CI leave it to fail."""
    long = {item.path for item in items if any(map(item.get_closest_marker, (*PROGRAMS, "slow")))}
    items.sort(key=lambda item: item.path not in long)
    if os.environ.get("CI"):
        return
    for mark, names in PROGRAMS.items():
        if any(shutil.which(name) for name in names):
            continue
        skip = pytest.mark.skip(reason=f"needs {names[0]}, which is not installed here")
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(skip)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark, names in PROGRAMS.items():
        if item.get_closest_marker(mark) and not any(shutil.which(name) for name in names):
            pytest.fail(f"needs {names[0]}: install it (in CI nothing may be skipped for want of a program)")


WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")


@pytest.fixture(autouse=True, scope="session")
def every_workbook_is_sound() -> Iterator[None]:
    """Whatever workbook our code puts in its place in the whole run is validated: no problem that the file before it
    did not have."""
    replace, sound = os.replace, set[package_validator.Key]()

    def checked(source: Any, target: Any, **options: Any) -> None:
        old, new = Path(os.fsdecode(target)), Path(os.fsdecode(source))
        if old.suffix.lower() in WORKBOOKS:
            found = package_validator.problems(new, sound)
            if found:
                before = {_in_its_row(one) for one in package_validator.problems(old)} if old.is_file() else set()
                new_ones = [problem for problem in found if _in_its_row(problem) not in before]
                assert not new_ones, f"{old.name} would not be sound: {new_ones[:5]}"
        replace(source, target, **options)

    os.replace = checked  # type: ignore[assignment]
    yield
    os.replace = replace


def _in_its_row(problem: str) -> str:
    """A problem without the cell: in a row that was in disorder before, every cell after the first is out of place."""
    return re.sub(r"cell \S+ is out of place", "a cell is out of place", problem)
