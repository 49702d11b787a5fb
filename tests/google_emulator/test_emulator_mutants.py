"""The checks of the emulator can fail: each of nineteen deliberate faults is caught by one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from google_mutants import MUTANTS, Mutant, break_it, caught_by, copy_of_package, mend
from google_replay import recordings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of_package(tmp_path_factory.mktemp("mutants"))
    assert caught_by(folder, recordings()) == "", "the unbroken emulator must pass its own checks"
    return folder


def test_there_are_nineteen() -> None:
    assert len(MUTANTS) == len({mutant.name for mutant in MUTANTS}) == 19


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_caught(mutant: Mutant, copy: Path) -> None:
    break_it(copy, mutant)
    try:
        found = caught_by(copy, recordings())
    finally:
        mend(copy, mutant)
    assert found, f"{mutant.name}: no check noticed"
