"""district: check every school's workbook that has changed, and keep the results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from addin.core.records import record
from addin.district import dataset
from addin.district.bundle import Bundle, find_workbooks, identity, read_bundle
from addin.district.engine import check_all
from addin.district.school import Limits, failed
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
    source: str, out: Path, *, on: str = "", today: date | None = None, with_people: bool = False, max_age: int = 7,
    workers: int = 0, limits: Limits | None = None, tell: Tell = lambda done, total: None,
) -> Done:  # fmt: skip
    """Check the workbooks of `source` into the dataset `out`. Raises Problem where it cannot run at all.

    A workbook whose bytes, settings, lists and trackers are as they were is not checked again for `max_age` days
    (findings depend on the date). One that cannot be read is a row in `schools`, never the end of the run.
    """
    today = today or date.today()
    place = Path(source)
    root = place if place.is_dir() else place.parent
    paths = {_name(path, root): path for path in find_workbooks(place)}
    if not paths:
        raise Problem("no workbooks were found.", where=source, next="Name a folder with .xlsx or .xlsm files.")
    dataset.open_dataset(out)
    before = dataset.known(out)
    todo, unreadable = [], 0
    for name, path in paths.items():
        try:
            bundle = read_bundle(path, root)
        except Problem as problem:
            nothing = Bundle(name, ())
            dataset.write(out, identity(name), failed(nothing, str(problem), today), before.get(identity(name)))
            unreadable += 1
            continue
        if not _is_fresh(before.get(identity(name)), bundle, today, max_age):
            todo.append(name)
    total, bad = len(todo), unreadable

    def read(name: str) -> Bundle:
        try:
            return read_bundle(paths[name], root)
        except Problem:  # it was there a moment ago
            return Bundle(name, ())

    if todo:
        results = check_all(todo, read, today, on=on, with_people=with_people, workers=workers, limits=limits)
        for number, (name, rows) in enumerate(results, 1):
            key = identity(name)
            dataset.write(out, key, rows, before.get(key))
            bad += rows["schools"][0]["status"] != "ok"
            tell(number, total)
    gone = [row for key, row in before.items() if key not in {identity(name) for name in paths}]
    dataset.forget(out, gone)
    return Done(len(paths), total, len(paths) - total - unreadable, bad, len(gone))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _is_fresh(row: dict[str, Any] | None, bundle: Bundle, today: date, max_age: int) -> bool:
    if row is None or row["fingerprint"] != bundle.fingerprint:
        return False
    checked: date = row["checked"]
    return timedelta(0) <= today - checked <= timedelta(days=max_age) if max_age else checked == today
