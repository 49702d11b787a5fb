"""Answers that are not Google's, with status 200: sign-in pages, cut or mutated JSON. Each must end in a sentence.

    python scripts/fuzz_google.py [COUNT] [SEED]      600 answers by default; ends with 1 where one gave a traceback

Each round runs one use of Google (read, write, link, doctor, requests, sync) against the local emulator, and one of the
answers on the way is damaged. What comes out is counted: done, a sentence, or a traceback (a bug).
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import requests  # noqa: E402
from google_school import School, google_school  # noqa: E402
from requests.adapters import HTTPAdapter  # noqa: E402

from addin.actions.google_doctor import doctor  # noqa: E402
from addin.actions.link import link  # noqa: E402
from addin.actions.new import new  # noqa: E402
from addin.actions.request_sheets import look  # noqa: E402
from addin.actions.sync.run import sync  # noqa: E402
from addin.backends.gsheets import GoogleBook  # noqa: E402
from addin.backends.open import open_book  # noqa: E402
from addin.core.book import Book, Edits  # noqa: E402
from addin.errors import Problem  # noqa: E402
from addin.google.client import CarefulClient  # noqa: E402
from addin.google.policy import Policy  # noqa: E402

PORTAL = "<!DOCTYPE html><html><body><form action=/login>Accept the terms of this Wi-Fi</form></body></html>"
ODD: tuple[Any, ...] = (None, True, 7, -1, 1e300, "text", "", [], {}, [[]], {"a": {"b": []}}, [None], "é" * 50)


def damaged(content: Any, chance: random.Random) -> bytes:
    """The bytes of an answer after something went wrong on the way."""
    text = json.dumps(content)
    how = chance.randrange(8)
    if how == 0:
        return PORTAL.encode()
    if how == 1:
        return text[: chance.randrange(len(text) + 1)].encode()
    if how == 2:
        return json.dumps(chance.choice(ODD)).encode()
    for _ in range(chance.choice([1, 1, 1, 3, 10])):
        content = mutated(content, chance)
    return json.dumps(content).encode()


def mutated(content: Any, chance: random.Random) -> Any:
    """The content with one part, at any depth, gone or replaced."""
    if isinstance(content, dict) and content and chance.random() < 0.85:
        name = chance.choice(list(content))
        if chance.random() < 0.1:
            return {key: value for key, value in content.items() if key != name}
        return {**content, name: mutated(content[name], chance)}
    if isinstance(content, list) and content and chance.random() < 0.85:
        at = chance.randrange(len(content))
        return [*content[:at], mutated(content[at], chance), *content[at + 1 :]]
    return chance.choice(ODD)


class Damaging(HTTPAdapter):
    """Passes requests on, and damages the answer number `at` of the Sheets API."""

    __attrs__ = [*HTTPAdapter.__attrs__, "inner", "chance", "at"]  # noqa: RUF012 (the base class's own form)

    def __init__(self, inner: Any, chance: random.Random, at: int) -> None:
        super().__init__()
        self.inner, self.chance, self.at = inner, chance, at

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        answer: requests.Response = self.inner.send(request, *args, **options)
        if answer.ok:
            self.at -= 1
            if self.at == -1:
                answer._content = damaged(answer.json(), self.chance)
                answer.headers.pop("Content-Encoding", None)
        return answer


def uses(context: School, book: Path) -> dict[str, Callable[[CarefulClient], Any]]:
    """What the product does with Google."""

    def opened(client: CarefulClient) -> Callable[[str], Book]:
        return lambda target: GoogleBook.open(target, client) if target.startswith("gsheet:") else open_book(target)

    def write(client: CarefulClient) -> None:
        one = GoogleBook(client, context.key)
        one.read(["CAS"])
        one.looks([("CAS", 1, 1)])
        one.apply(Edits(cells={("CAS", 2, 3): client._chance(), ("CAS", 3, 4): "text"}))

    target = f"gsheet:{context.key}"
    return {
        "write": write,
        "link": lambda client: link(str(book), target, tracker="cas", client=client),
        "doctor": lambda client: doctor(target, session=client.session),  # type: ignore[arg-type]
        "requests": lambda client: look(client, target),
        "sync": lambda client: sync(str(book), open_=opened(client)),
    }


def fuzz(folder: Path, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How `count` rounds ended, and what each traceback was."""
    chance = random.Random(seed)
    ended: Counter[str] = Counter()
    bugs: list[str] = []
    with google_school(folder) as context:
        context.fresh(CAS=[])
        book = folder / "School.xlsx"
        new(str(book))
        link(str(book), f"gsheet:{context.key}", tracker="cas", client=_client(context, chance))
        names = list(uses(context, book))
        for _ in range(count):
            client = _client(context, chance)
            host = "https://sheets.googleapis.com/"
            inner = client.session.get_adapter(host)
            client.session.mount(host, Damaging(inner, chance, chance.choice([0, 0, 1, 2, 3])))
            name = chance.choice(names)
            try:
                uses(context, book)[name](client)
                ended["done"] += 1
            except Problem:
                ended["a sentence"] += 1
            except Exception as error:
                ended["a traceback"] += 1
                bugs.append(f"{name}: {type(error).__name__}: {error}")
            finally:
                client.session.mount(host, inner)
    return ended, bugs


def _client(context: School, chance: random.Random) -> CarefulClient:
    return CarefulClient(None, context.session, policy=Policy(attempts=1, quota=10_000), chance=chance.random)


def main() -> int:
    """Run from the command line."""
    count, seed = (int(word) for word in (*sys.argv[1:], *("600", "1")[len(sys.argv) - 1 :])[:2])
    with TemporaryDirectory() as folder:
        ended, bugs = fuzz(Path(folder), count, seed)
    print(", ".join(f"{number} {how}" for how, number in ended.most_common()))
    for bug, number in Counter(bugs).most_common(20):
        print(f"  {number} x {bug}")
    return 1 if bugs else 0


if __name__ == "__main__":
    sys.exit(main())
