"""district: check every school's workbook that has changed, and keep the results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from addin.core.records import record
from addin.district import dataset
from addin.district.bundle import Bundle, find_workbooks, identity, name_of, read_bundle
from addin.district.engine import check_all
from addin.district.school import Limits, failed
from addin.district.shared import read_shared
from addin.errors import Problem

Tell = Callable[[int, int], None]


@record
class Done:
    """What a run did: how many workbooks there are, were read, failed, and were forgotten as they are gone."""

    workbooks: int
    checked: int
    unchanged: int
    failed: int
    forgotten: int


def district(
    source: str,
    out: Path,
    *,
    on: str = "",
    today: date | None = None,
    with_people: bool = False,
    max_age: int = 7,
    workers: int = 0,
    limits: Limits | None = None,
    tell: Tell = lambda done, total: None,
) -> Done:
    """Check the workbooks of `source` into the dataset `out`. Raises Problem where it cannot run at all.

    A workbook whose bytes, settings, lists and trackers are as they were is not checked again for `max_age` days
    (findings depend on the date). One that cannot be read is a row in `schools`, never the end of the run.
    """
    today = today or date.today()
    books = _Books(source)
    dataset.open_dataset(out)
    before = dataset.known(out)
    todo, bad = [], 0
    for name in books.places:
        try:
            bundle = books.first(name)
        except Problem as problem:
            nothing = Bundle(name, ())
            dataset.write(out, identity(name), failed(nothing, str(problem), today), before.get(identity(name)))
            bad += 1
            continue
        if not _is_fresh(before.get(identity(name)), bundle, today, max_age):
            todo.append(name)
    total, unchanged = len(todo), len(books.places) - len(todo) - bad
    if todo:
        results = check_all(todo, books.again, today, on=on, with_people=with_people, workers=workers, limits=limits)
        for number, (name, rows) in enumerate(results, 1):
            key = identity(name)
            dataset.write(out, key, rows, before.get(key))
            bad += rows["schools"][0]["status"] != "ok"
            tell(number, total)
    gone = [row for key, row in before.items() if key not in {identity(name) for name in books.places}]
    dataset.forget(out, gone)
    return Done(len(books.places), total, unchanged, bad, len(gone))


class _Books:
    """The workbooks of a source by name. A Google Sheet is read once and kept until it is handed to a worker."""

    def __init__(self, source: str) -> None:
        place = Path(source)
        self.root = place if place.is_dir() else place.parent
        self.places = {self._name(one): one for one in find_workbooks(place)}
        self._shared: dict[str, Bundle] = {}
        if not self.places:
            raise Problem("no workbooks were found.", where=source, next="Name a folder with .xlsx or .xlsm files.")

    def _name(self, place: Path | str) -> str:
        return place if isinstance(place, str) else name_of(place, self.root)

    def first(self, name: str) -> Bundle:
        """Read a workbook, to see whether it has changed. Raises Problem."""
        place = self.places[name]
        if isinstance(place, Path):
            return read_bundle(place, self.root)
        self._shared[name] = read_shared(place, self.root)
        return self._shared[name]

    def again(self, name: str) -> Bundle:
        """Read a workbook that is to be checked; without files where it has disappeared meanwhile."""
        place = self.places[name]
        if isinstance(place, str):
            return self._shared.pop(name)
        try:
            return read_bundle(place, self.root)
        except Problem:
            return Bundle(name, ())


def _is_fresh(row: dict[str, Any] | None, bundle: Bundle, today: date, max_age: int) -> bool:
    if row is None or row["fingerprint"] != bundle.fingerprint:
        return False
    checked: date = row["checked"]
    return timedelta(0) <= today - checked <= timedelta(days=max_age) if max_age else checked == today
