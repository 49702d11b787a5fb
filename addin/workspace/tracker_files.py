"""The tracker files there are: those that come with the product, and a school's own in `trackers/`."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from addin.core.checks import own_rules
from addin.core.language import phrase
from addin.core.names import SETTINGS_FILE
from addin.core.regex import regex
from addin.core.trackers import Tracker, parse
from addin.core.trackers.grammar import EXTENDS
from addin.core.trackers.parse import check_references, check_uses
from addin.errors import TrackerProblem
from addin.workspace.tracker_shape import check_tracker_shape

WORDS_OF = regex(r"[^\W_]+")
ORDER = regex(r"^order\s*=\s*(\d+)", re.M)
EXTENDS_LINE = regex(r"^extends\s*=\s*[\"']([a-z_]+)[\"']", re.M)
PLAIN_LINE = regex(r"^(title|sheet)\s*=\s*\"([^\"\\\\]*)\"\s*$", re.M)
FILE_LIMIT = 5_000_000
"""Bytes; the largest of ours has 30,000."""
FIRST_BYTES = 4096
"""In which the lines before the first table of ours are; of a file with more, all is read."""
TEMPLATES = Path(__file__).resolve().parent.parent.parent / "sheets_templates"


class Head:
    """The first lines of a tracker's file: enough to know which sheet it is. They are read when they are asked for.

    `is_own` says whether it is a school's own.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.is_own = path, path.parent != TEMPLATES
        text = _text(path) if self.is_own else _first_lines(path)
        end = text.find("\n[")
        self.text = text if end < 0 else text[:end]
        named = EXTENDS_LINE.search(self.text)
        self.base = Head(base) if named and (base := TEMPLATES / f"{named[1]}.toml").is_file() else None
        order = ORDER.search(self.text)
        self.order: int = int(order[1]) if order else self.base.order if self.base else 100

    @cached_property
    def merged(self) -> dict[str, Any]:
        """What the lines say. Raises TrackerProblem."""
        data = _parsed(self.text, self.path)
        check_tracker_shape(data, str(self.path))
        _check_extends(data, self.path)
        return _changed(self.base.merged, data) if self.base else data

    def may_name(self, words: str) -> bool:
        """Whether these words, in their plain form, are among the lines."""
        return words.partition(" ")[0] in self._folded and f" {words} " in self.words

    @cached_property
    def _folded(self) -> str:
        return self.text.casefold() + (self.base._folded if self.base else "")

    @cached_property
    def words(self) -> str:
        """The lines without case and signs, a blank around each word, to see at once that a name is not in them."""
        own = " ".join(WORDS_OF.findall(self.text.casefold()))
        return f" {own}{self.base.words if self.base else ' '}"

    @cached_property
    def _names(self) -> dict[str, str]:
        """Title and sheet. Those of a file of ours are read without parsing it: each name of a sheet is held against
        all trackers there are."""
        found = {} if self.is_own else dict(PLAIN_LINE.findall(self.text))
        return found if len(found) == 2 else {name: str(self.merged.get(name, "")) for name in ("title", "sheet")}

    @property
    def title(self) -> str:
        return self._names["title"]

    @property
    def sheet(self) -> str:
        return self._names["sheet"]

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(map(str, self.merged.get("aliases", ())))

    @property
    def programmes(self) -> tuple[str, ...]:
        return tuple(map(str, self.merged.get("programmes", ())))

    @property
    def starter(self) -> bool:
        return bool(self.merged.get("starter", False))


def heads(*folders: Path) -> dict[str, Head]:
    """The heads of every tracker that comes with the product and of those in `folders` (a school's own), in order.

    A school's tracker of the same name takes the place of the built-in one. Raises TrackerProblem.
    """
    found: dict[str, Head] = {}
    for folder in (TEMPLATES, *folders):
        for path in sorted(folder.glob("*.toml"), key=lambda path: path.name):
            if path.name != SETTINGS_FILE:
                found[path.stem] = head = Head(path)
                if folder != TEMPLATES:
                    _ = head.merged  # a mistake in a school's own file is told at once
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def load_all(*folders: Path) -> dict[str, Tracker]:
    """Every tracker that comes with the product, then those in `folders`, by name and in order.

    Raises TrackerProblem.
    """
    known = heads(*folders)
    return load_named(known, known)


def load_rules(tracker: Tracker) -> None:
    """Make a school's own rule functions known, where this tracker uses any: only then packages are looked through."""
    if any(rule.use.startswith(own_rules.PREFIX) for rule in tracker.rules):
        from addin.workspace.extensions import load_rules as load_own

        load_own(tracker)


def load_named(names: Iterable[str], known: Mapping[str, Head]) -> dict[str, Tracker]:
    """These trackers and all that they refer to, in order. Raises TrackerProblem."""
    found: dict[str, Tracker] = {}
    todo = list(names)
    while todo:
        name = todo.pop()
        if name in known and name not in found:
            found[name] = load(known[name].path)
            todo += referred(found[name])
    trackers = {name: found[name] for name in known if name in found}
    for tracker in trackers.values():
        try:
            check_references(tracker, trackers, known)
            if known[tracker.name].path.parent != TEMPLATES:  # of ours, a test has done it
                load_rules(tracker)
                _check_uses(tracker, trackers, known)
        except (TypeError, AttributeError, ValueError, LookupError) as error:
            raise _not_understood(known[tracker.name].path, error) from None
    return trackers


def _check_uses(tracker: Tracker, trackers: Mapping[str, Tracker], known: Mapping[str, Head]) -> None:
    """Check what a school's tracker uses. The other files are read only where something is not declared in those that
    are read already: thirty files are most of a small check. Raises TrackerProblem."""
    try:
        check_uses(tracker, trackers)
    except TrackerProblem:
        check_uses(tracker, {**{name: load(head.path) for name, head in known.items()}, **trackers})


def referred(tracker: Tracker) -> set[str]:
    """The other trackers that a tracker's columns, rules and views speak of."""
    references = [str(column.words.get("exists_in", "")) for column in tracker.columns.values()]
    references += [column.look_up for column in tracker.columns.values()]
    references += [rule.over for rule in tracker.rules] + [view.per for view in tracker.views]
    return {reference.partition(".")[0] for reference in references if reference} - {tracker.name, "lists"}


def load(path: Path) -> Tracker:
    """The tracker that one TOML file declares. Raises TrackerProblem: the file, the place, what would be right."""
    data = _parsed(_text(path), path)
    check_tracker_shape(data, str(path))
    _check_extends(data, path)
    try:
        if EXTENDS in data:
            data = _changed(_parsed(_text(base := TEMPLATES / f"{data[EXTENDS]}.toml"), base), data)
        return parse(data, name=path.stem, source=str(path))
    except (TypeError, AttributeError, ValueError, LookupError, RecursionError) as error:
        raise _not_understood(path, error) from None


def _changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    from addin.core.trackers.overlay import overlaid  # few schools change a tracker

    return overlaid(base, changes)


def _check_extends(data: Mapping[str, Any], path: Path) -> None:
    """Raise TrackerProblem for a file that changes a tracker that there is not."""
    if EXTENDS not in data:
        return
    known = sorted(one.stem for one in TEMPLATES.glob("*.toml"))
    if data[EXTENDS] not in known:
        raise TrackerProblem(
            f"extends {data[EXTENDS]!r}, which is no built-in tracker.",
            where=str(path),
            next=f"There are: {', '.join(known)}.",
        )


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise TrackerProblem("is not a file.", where=str(path), next="Rename or remove it.")
        if path.stat().st_size > FILE_LIMIT:
            raise TrackerProblem("is too large for a tracker.", where=str(path), next="Rename or remove it.")
        return path.read_bytes().removeprefix(BOM_UTF8).decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise TrackerProblem(phrase("is not UTF-8 text."), where=str(path), next=phrase("Save it as UTF-8.")) from None
    except OSError as error:
        raise TrackerProblem(phrase("cannot be read ({strerror}).", strerror=error.strerror), where=str(path)) from None


def _first_lines(path: Path) -> str:
    """What is before the first table in a file of ours: of its 400 kB, the heads are 14."""
    with path.open("rb") as file:
        first, table, _ = file.read(FIRST_BYTES).partition(b"\n[")
    return first.decode() if table else _text(path)


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise TrackerProblem(
            phrase("is not valid TOML: {error}.", error=error), where=str(path), next=phrase("Correct that line.")
        ) from None
    except (RecursionError, ValueError, OverflowError) as error:
        raise _not_understood(path, error) from None


def _not_understood(path: Path, error: Exception) -> TrackerProblem:
    return TrackerProblem(
        phrase("cannot be understood ({name}).", name=type(error).__name__),
        where=str(path),
        next=phrase("Compare it with a tracker in sheets_templates, or remove it."),
    )
