"""Which headers and cells speak of predicted grades."""

from __future__ import annotations

import pytest

from addin.core.recognition.predicted import grade_in, graded_as, level_and_grade, step_of, without_words


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("PG", "predicted"), ("Predicted", "predicted"), ("Pred. grade", "predicted"), ("Final PG", "predicted"),
        ("PG1 (June)", "first"), ("Prediction Jan", "second"), ("PG 2", "second"), ("Predicted (mocks)", "second"),
        ("Prognose", "predicted"), ("Notes prévues", "predicted"), ("Nota prevista", "predicted"),
        ("Grade", ""), ("Page", ""), ("Subject", ""), ("Predecessor", ""), ("PGCE", ""), ("Note", ""),
    ],
)  # fmt: skip
def test_a_header_says_which_prediction_it_is(header: str, column: str) -> None:
    assert step_of(header) == column


def test_grade_is_a_prediction_only_where_the_sheet_says_so() -> None:
    assert step_of("Grade", said=True) == "predicted"
    assert without_words("Biology PG") == "Biology" and without_words("Biology") == ""


def test_only_grades_are_grades() -> None:
    values = (6, "6", "b", "A", 8, "4+", "6/7", "-", "N", None, 5.5)
    assert [grade_in(one) for one in values] == ["6", "6", "B", "A", "", "", "", "", "", "", ""]
    assert level_and_grade("HL 6") == ("HL", "6") and level_and_grade("SL7") == ("SL", "7")
    assert level_and_grade("HL") == ("", "") and level_and_grade("HL 8") == ("", "")


@pytest.mark.parametrize(
    ("said", "tracker"),
    [
        ("DP2 predicted grades", "predicted"), ("Results 2026", "results"), ("Ergebnisse Mai 2026", "results"),
        ("Notes finales", "results"), ("DP2 grades", ""), ("Mock results Jan", ""), ("Results of term 1", ""),
        ("Predicted results", "predicted"), ("EUR results", ""),
    ],
)  # fmt: skip
def test_a_title_says_what_the_grades_below_are(said: str, tracker: str) -> None:
    assert graded_as(["Sheet1", said]) == tracker
