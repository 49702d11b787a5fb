"""What all tests share: the programs that some need, and the CI rule that a missing program is a failure there."""

from __future__ import annotations

import os
import shutil

import pytest

PROGRAMS = {"libreoffice": ("soffice", "libreoffice"), "browser": ("chromium", "chromium-browser", "google-chrome")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what this machine cannot run; in CI leave it to fail."""
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
