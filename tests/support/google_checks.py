"""The quick checks of the emulator as one program: exit code 0 when all hold, else 1 and the check that noticed.

`python tests/support/google_checks.py [FOLDER OF RECORDINGS]`. The mutants are run against this.
"""

from __future__ import annotations

import sys
from pathlib import Path

from google_facts import FACTS
from google_replay import replay
from google_world import fresh, local

from addin.google_emulator.service import Service

ALLOWED = 4  # recorded answers that hang on what only Google has (google_replay_score.json)


def broken_fact() -> str:
    for fact in FACTS:
        try:
            seen = fact.ask(fresh().new_tab())
        except Exception as error:
            seen = repr(error)
        if seen != fact.expected:
            return f"fact: {fact.name}"
    return ""


def broken_quota() -> str:
    """60 reads a minute for each account, and not one more."""
    service = Service(clock=lambda: 0.0)
    api = fresh(service)
    codes = [api.call("GET", "/values/A1")[0] for _ in range(61)]
    other = local(service, "another@example.iam.gserviceaccount.com")
    shared = other("GET", f"/v4/spreadsheets/{api.book}/values/A1", {}, None)[0]
    return "" if (codes[59:], shared) == ([200, 429], 403) else "quota"


def broken_404() -> str:
    status, answer = fresh().send("GET", "/v4/spreadsheets/none", {}, None)
    return "" if (status, answer["error"]["status"]) == (404, "NOT_FOUND") else "404"


def main() -> int:
    for found in (broken_quota(), broken_404(), broken_fact()):
        if found:
            sys.stdout.write(found + "\n")
            return 1
    if len(sys.argv) > 1:
        score = replay(Path(sys.argv[1]))
        if score.total.total() - score.equal.total() > ALLOWED:
            sys.stdout.write(f"replay: {score}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
