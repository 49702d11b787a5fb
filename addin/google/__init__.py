"""Google Sheets: sign-in, request policy, answers validated where they arrive, and the Apps Script of shared sheets.

    keys.py       where the key is kept, how to get one    policy.py      which request may be repeated, and when
    sign_in.py    a key or a person, to a client           client.py      requests by that policy, counted (calls.py)
    answers.py    is this an answer of Google's?           problems.py    what Google refuses, as sentences
    script/       Code.gs (menu, ids, requests), Checks.gs (the checks), Form.gs (a form's answers)

The book itself is backends/gsheets/; requests from the menu are answered by actions/answer_requests.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient


def signed_in() -> HTTPClient:
    """The client of the account that this computer is signed in with. Raises SignInProblem."""
    from addin.google.sign_in import sign_in  # Google's packages, only for who asks Google

    return sign_in().http_client
