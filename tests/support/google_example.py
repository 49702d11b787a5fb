"""A small shared tracker in the emulator, for the tests of its page and for the picture in the README.

`python tests/support/google_example.py PICTURE.png` draws that picture.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from google_browser import Browser

from addin.google_emulator import Emulator

OWNER, TEACHER, READER = "coordinator@school.example", "okafor@school.example", "head@school.example"


def example(google: Emulator) -> str:
    """A small tracker that is shared with a teacher; gives its key. The picture in the README shows it."""
    owner = google.person(OWNER)
    key = owner.create("CAS 2027")
    owner.share(key, TEACHER)
    owner.share(key, READER, role="reader")
    first = {"sheetId": 0, "title": "CAS", "gridProperties": {"frozenRowCount": 1}}
    blue, yellow = {"red": 0.85, "green": 0.92, "blue": 0.98}, {"red": 1, "green": 0.9, "blue": 0.6}
    strands = [{"userEnteredValue": word} for word in ("Creativity", "Activity", "Service")]
    owner.change(
        key,
        {"updateSheetProperties": {"properties": first, "fields": "title,gridProperties.frozenRowCount"}},
        {"addSheet": {"properties": {"title": "Workshops"}}},
        {"repeatCell": {"range": box(0, 0, 1, 6), "cell": look(blue, bold=True), "fields": "userEnteredFormat"}},
        {"repeatCell": {"range": box(3, 5, 4, 6), "cell": {**look(yellow), "note": "Under ten hours"}, "fields": "*"}},
        {
            "setDataValidation": {
                "range": box(1, 3, 50, 4),
                "rule": {"condition": {"type": "ONE_OF_LIST", "values": strands}, "strict": True, "showCustomUi": True},
            }
        },
        {"addProtectedRange": {"protectedRange": {"range": box(0, 0, 50, 1)}}},
    )
    for row, line in enumerate(ROWS, 1):
        for letter, value in zip("ABCDEF", line, strict=True):
            owner.set_cell(key, f"CAS!{letter}{row}", value)
    return key


ROWS: list[list[Any]] = [
    ["Id", "Candidate", "Experience", "Strand", "Start", "Hours"],
    ["k3x9", "Ada Nwosu", "School radio", "Creativity", "2026-09-05", 12.5],
    ["m7p2", "Ben Ito", "Rowing", "Activity", "2026-09-12", 20],
    ["q1v8", "Chiara Rossi", "Reading club", "Service", "2026-10-01", 8],
]


def box(top: int, left: int, bottom: int, right: int) -> dict[str, int]:
    ends = {"startRowIndex": top, "startColumnIndex": left, "endRowIndex": bottom, "endColumnIndex": right}
    return {"sheetId": 0, **ends}


def look(fill: dict[str, float], *, bold: bool = False) -> dict[str, Any]:
    return {"userEnteredFormat": {"backgroundColor": fill, "textFormat": {"bold": bold}}}


def picture(path: Path) -> Path:
    """The page as the teacher sees it, as PNG."""
    with Emulator(strict=False) as google, Browser() as browser:
        key = example(google)
        browser.open(f"{google.url}/?as={TEACHER}&book={key}")
        browser.wait("document.querySelector('input[data-at=\"B2\"]')?.value === 'Ada Nwosu'")
        return browser.picture(path)


if __name__ == "__main__":
    picture(Path(sys.argv[1]))
