"""Two processes that write one workbook at once lose nothing: a small sample of scripts/race_writers.py."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_pairs_of_writers_lose_nothing(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("race_writers", ROOT / "scripts" / "race_writers.py")
    assert spec is not None
    assert spec.loader is not None
    race = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(race)
    race.make_book(tmp_path)
    pairs = [("import", "import"), ("import", "validate"), ("cells", "import"), ("sync", "import")]
    assert [race.run_pair(pair, tmp_path, number) for number, pair in enumerate(pairs)] == [[]] * len(pairs)
