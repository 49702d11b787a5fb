"""Columns of the person's own that are called the same are kept apart, so that none is written over another."""

from __future__ import annotations

from addin.core.recognition.regions import Region


def test_columns_that_are_called_the_same_go_along_under_names_of_their_own() -> None:
    headers = {1: "Name", 2: "Effort", 3: "Effort", 4: "Remark", 5: "Remark", 6: "Effort"}
    groups = {2: "Biology", 3: "History", 6: "History"}
    region = Region("A", 1, tuple(headers), headers, groups, [], [], {}, [])
    found = [region.own_name(number) for number in headers]
    assert found == ["Name", "Biology Effort", "History Effort", "Remark", "Remark (2)", "History Effort (2)"]
