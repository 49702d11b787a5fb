"""The changes that scripts/mutation.py makes: each is one, none is of what makes no difference, and it takes effect."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
SAMPLE = '''
from __future__ import annotations
from functools import lru_cache
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    KINDS = 4
    from fractions import Fraction
__all__ = ("a",) * 1
LIMIT: tuple[int, int] = (3,)[0]

@lru_cache(maxsize=8)
def a(values: list[int]) -> bool:
    """Text with 1 < 2."""
    values = values[:300]
    return any(map(lambda value: value < LIMIT, values))

def b(first, second=2):
    return [one for one in first if not one == second]
'''
CHANGES = {
    "3 -> 4": ("LIMIT",),
    "0 -> 1": ("LIMIT",),
    "return any(map(lambda value: value < LIMIT, values)) -> return None": (),
    "300 -> 600": (),
    "value < LIMIT -> value <= LIMIT": (),
    "2 -> 3": ("b",),
    "return [one for one in first if not one == second] -> return None": (),
    "not one == second -> not not one == second": (),
    "one == second -> one != second": (),
}


@pytest.fixture
def mutants(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    return importlib.import_module("mutants")


@pytest.fixture
def sample(tmp_path: Path) -> ModuleType:
    file = tmp_path / "sample.py"
    file.write_text(SAMPLE, "utf-8")
    spec = importlib.util.spec_from_file_location("addin.sample", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_annotations_decorators_type_blocks_and_texts_are_left_alone(mutants: ModuleType, sample: ModuleType) -> None:
    found = mutants.every_mutant(sample.__file__)
    assert {mutants.mutated(one)[1]: one.names for one in found} == CHANGES and len(found) == len(CHANGES)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("value < LIMIT -> value <= LIMIT", (True, [1])),
        ("return any(map(lambda value: value < LIMIT, values)) -> return None", (None, [1])),
        ("one == second -> one != second", (False, [2])),
    ],
)
def test_a_mutant_in_a_function_takes_effect_in_what_is_loaded_and_cached(
    mutants: ModuleType, sample: ModuleType, change: str, expected: object
) -> None:
    def results() -> object:
        return sample.a((3, 9)), sample.b([1, 2])

    assert results() == (False, [1])
    (mutant,) = (one for one in mutants.every_mutant(sample.__file__) if mutants.mutated(one)[1] == change)
    put = mutants.Loaded().patch(mutant)
    assert put is not None
    put()
    assert results() == expected


def test_what_runs_when_a_module_is_loaded_is_not_put_into_a_function(mutants: ModuleType, sample: ModuleType) -> None:
    (limit, *_) = mutants.every_mutant(sample.__file__)
    assert limit.names == ("LIMIT",) and mutants.Loaded().patch(limit) is None
