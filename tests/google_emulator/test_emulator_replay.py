"""The emulator answers recorded requests as Google answered them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from google_replay import SETTING, Score, recordings, replay

SCORE = Path(__file__).with_name("google_replay_score.json")
FOLDER = recordings()


@pytest.fixture(scope="module")
def score() -> Score:
    if FOLDER is None:
        pytest.skip(f"no recordings here: set {SETTING} to their folder")
    return replay(FOLDER)


def test_recorded_answers_are_given_again_and_the_score_never_falls(
    score: Score, capsys: pytest.CaptureFixture[str]
) -> None:
    """All but those named in the score file, which hang on what only Google has."""
    with capsys.disabled():
        print(f"\n    replay: {score}")  # noqa: T201 (the score is to be seen)
    known = json.loads(SCORE.read_text(encoding="utf-8"))
    if score.total.total() != known["replayable"]:  # other recordings than those of the score file
        assert score.equal.total() / score.total.total() >= 0.99, score.wrong
        return
    assert score.equal.total() >= known["identical"]
    assert set(score.wrong) <= set(known["not identical"]), score.wrong


def test_the_named_exceptions_are_few_and_each_has_its_reason() -> None:
    known = json.loads(SCORE.read_text(encoding="utf-8"))
    assert known["replayable"] - known["identical"] == len(known["not identical"]) <= 4
    assert all(known["not identical"].values())
