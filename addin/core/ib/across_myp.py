"""MYP students in the trackers of projects and of eAssessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.core.ib import Row, RuleContext, Violation
from addin.core.language import phrase


def project_registered(rows: Sequence[Row], context: RuleContext) -> Iterator[Violation]:
    """Personal projects that are registered here and not in MYP projects, or the other way round."""
    projects = {
        row["student"]: row for row in context.rows("myp") if row.get("project") == "Personal" and row.get("student")
    }
    for index, row in enumerate(rows):
        other = projects.get(row.get("student") or "")
        if (
            row.get("part") != "Personal project"
            or other is None
            or None in (row.get("registered"), other.get("registered"))
        ):
            continue
        if row["registered"] != other["registered"]:
            name = " ".join(part for part in (row.get("first_names"), row.get("last_name")) if part)
            text = phrase(
                "{who}: the personal project is registered in one of the two sheets only.", who=name or row["student"]
            )
            yield Violation(index, "registered", text, "Correct Registered here or in MYP projects.")
