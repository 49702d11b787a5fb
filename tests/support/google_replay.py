"""Replay of recorded answers of the real service against the emulator.

The recordings are those that gspread keeps for its own tests; they are not part of this repository. Each file gets a
fresh emulator, and the recorded requests are sent in order. Answers have to be deeply equal, with three allowances:
ids that the service draws at random are taken from the recorded answer; two time stamps are ignored; the answer to a
CSV upload is compared in kind, id and title.

As a program: `python tests/support/google_replay.py [FOLDER]` prints the score and each difference.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from addin.google_emulator import ids
from addin.google_emulator.accounts import Token
from addin.google_emulator.files import new_book
from addin.google_emulator.service import Request, Service

SETTING = "IB_TRACKERS_RECORDINGS"
DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "google" / "recordings"
VOLATILE = {"createdTime", "modifiedTime"}
ACCOUNT = "telegram-budgeter@telegram-budgeter.iam.gserviceaccount.com"  # an editor in some recorded answers
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
UPLOADED = ("kind", "id", "title")


def recordings() -> Path | None:
    """The folder of recordings: named by the setting, or beside the repository; None where there is none."""
    folder = Path(os.environ.get(SETTING, DEFAULT))
    return folder if folder.is_dir() and any(folder.glob("*.json")) else None


@dataclass
class Exchange:
    """One recorded request and its answer."""

    file: str
    number: int
    method: str
    path: str
    query: dict[str, list[str]]
    sent: Any
    code: int
    got: Any

    @property
    def name(self) -> str:
        return f"{self.file} {self.number}"

    @property
    def endpoint(self) -> str:
        path = re.sub(r"(spreadsheets|files)/[^/:]+", r"\1/{id}", self.path)
        return f"{self.method} " + re.sub(r"/values/[^/]+?(:append|:clear)?$", r"/values/{range}\1", path)


@dataclass
class Score:
    """What a replay came to."""

    equal: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.equal.total()} of {self.total.total()} recorded answers are identical"


def load(folder: Path) -> Iterator[list[Exchange]]:
    """The exchanges of each file, in order."""
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "interactions" in content:
            yield [exchange(path.stem, number, one) for number, one in enumerate(content["interactions"])]


def exchange(file: str, number: int, one: dict[str, Any]) -> Exchange:
    asked, answered = one["request"], one["response"]
    parts = urlsplit(asked["uri"])
    sent = asked["body"]["string"] if isinstance(asked["body"], dict) else asked["body"]
    query = parse_qs(parts.query, keep_blank_values=True)
    got = as_json(answered["body"]["string"])
    return Exchange(file, number, asked["method"], parts.path, query, as_json(sent), answered["status"]["code"], got)


def as_json(text: Any) -> Any:
    if isinstance(text, bytes):
        text = text.decode()
    try:
        return json.loads(text) if text and text.strip() else None
    except ValueError:
        return text


def file_id(path: str) -> str | None:
    found = re.search(r"/(?:spreadsheets|files)/([^/:]+)", path)
    return found[1] if found else None


def replay(folder: Path) -> Score:
    score = Score()
    for exchanges in load(folder):
        _Replay(exchanges, score).run()
    return score


class _Replay:
    """One file."""

    def __init__(self, exchanges: list[Exchange], score: Score) -> None:
        self.exchanges, self.score = exchanges, score
        self.queued: dict[str, list[Any]] = defaultdict(list)
        self.service = Service(new_id=self._new_id, strict=False, as_recorded=True)
        self.service.quota = None
        self.service.accounts.tokens["replay"] = Token(ACCOUNT, float("inf"), SCOPES)
        self.created = {x.got["id"] for x in exchanges if self._creates(x)}
        self.known = self.created | {file_id(x.path) for x in exchanges if x.code in (403, 404)}
        for private in {file_id(x.path) for x in exchanges if x.code == 403}:
            self.queued["file"] = [private]
            book = new_book(self.service, "somebody@else.example", "private")
            self.service.books[book.id] = book

    def _new_id(self, kind: str) -> str | int:
        return self.queued[kind].pop(0) if self.queued[kind] else ids.new_id(kind)

    @staticmethod
    def _creates(one: Exchange) -> bool:
        return one.code == 200 and one.method == "POST" and bool(re.search(r"/drive/v3/files(/[^/]+/copy)?$", one.path))

    def run(self) -> None:
        for one in self.exchanges:
            reason = self._not_replayable(one)
            if reason:
                self.score.skipped[reason] += 1
                continue
            found = self._differences(one)
            self.score.total[one.endpoint] += 1
            if found:
                self.score.wrong[one.name] = found
            else:
                self.score.equal[one.endpoint] += 1

    def _not_replayable(self, one: Exchange) -> str:
        if file_id(one.path) and file_id(one.path) not in self.known:
            return "the file existed in the recording account before the test"
        if one.path == "/drive/v3/files" and one.method == "GET" and {x["id"] for x in one.got["files"]} - self.created:
            return "the listing shows files that existed before the test"
        return ""

    def _differences(self, one: Exchange) -> list[str]:
        self._queue_ids(one)
        request = Request(one.method, one.path, one.query, one.sent, "Bearer replay")
        answer = self.service.handle(request, self.service.begin(request))
        got = answer.body.decode() if isinstance(answer.body, bytes) else json.loads(json.dumps(answer.body))
        if answer.status != one.code:
            return [f"status {one.code} recorded, {answer.status} given: {json.dumps(got)[:300]}"]
        if one.path.startswith("/upload/"):
            return list(differences({k: one.got[k] for k in UPLOADED}, {k: got[k] for k in UPLOADED}))
        return list(differences(steady(one.got), steady(got)))

    def _queue_ids(self, one: Exchange) -> None:
        self.queued.clear()
        for kind, number in introduced(one.got):
            self.queued[kind].append(number)
        if self._creates(one):
            self.queued["file"].append(one.got["id"])
        if ":copyTo" in one.path and one.code == 200:
            self.queued["sheet"].append(one.got.get("sheetId", 0))
        if one.path.startswith("/upload/"):
            self.queued["sheet"].append(0)  # no answer announces the new sheet's id


def introduced(content: Any) -> Iterator[tuple[str, Any]]:
    """The ids that an answer brings in, each with its kind."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key in ("addSheet", "duplicateSheet"):
                yield "sheet", value["properties"].get("sheetId", 0)
            elif key == "namedRangeId":
                yield "named", value
            elif key == "protectedRangeId":
                yield "protected", value
            else:
                yield from introduced(value)
    elif isinstance(content, list):
        for item in content:
            yield from introduced(item)


def steady(content: Any) -> Any:
    """The content without the time stamps, which no replay can give."""
    if isinstance(content, dict):
        return {key: steady(value) for key, value in content.items() if key not in VOLATILE}
    return [steady(item) for item in content] if isinstance(content, list) else content


def differences(recorded: Any, given: Any, place: str = "") -> Iterator[str]:
    if isinstance(recorded, dict) and isinstance(given, dict):
        for key in sorted(set(recorded) | set(given)):
            yield from differences(recorded.get(key, "<absent>"), given.get(key, "<absent>"), f"{place}/{key}")
    elif isinstance(recorded, list) and isinstance(given, list) and len(recorded) == len(given):
        for number, (one, other) in enumerate(zip(recorded, given, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif recorded != given or isinstance(recorded, bool) != isinstance(given, bool):
        yield f"{place}: {json.dumps(recorded)[:200]} recorded, {json.dumps(given)[:200]} given"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else recordings()
    if folder is None:
        sys.exit(f"no recordings: name their folder, or set {SETTING}")
    score = replay(folder)
    for endpoint, count in score.total.most_common():
        sys.stdout.write(f"{score.equal[endpoint]:5d} of {count:5d}  {endpoint}\n")
    for reason, count in score.skipped.items():
        sys.stdout.write(f"{count:5d} not replayable: {reason}\n")
    for name, found in score.wrong.items():
        sys.stdout.write(f"- {name}: " + "; ".join(found[:3]) + "\n")
    sys.stdout.write(f"{score}\n")


if __name__ == "__main__":
    main()
