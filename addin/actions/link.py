"""google create and google link: make a sheet in Google a live tracker, and record what it is shared with.

The sheet first, then the settings: a link in ib-trackers.toml always has its sheet. Doing it again repairs
what was damaged, and sends nothing where all is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.actions import Tell, silent
from addin.backends.open import open_book
from addin.core import target as targets
from addin.core.book import Book
from addin.core.language import phrase
from addin.core.settings import FILE
from addin.core.sync.links import DIRECTIONS, Link, read_links
from addin.core.tables.table import Table
from addin.core.tables.values import show
from addin.core.trackers import Tracker
from addin.errors import Problem, SettingsProblem, SignInProblem
from addin.files import private as private_file
from addin.google import signed_in
from addin.templates.google import MASK, Share, requests, seen
from addin.templates.google.checks import references
from addin.templates.google.locales import differences
from addin.templates.google.locales import wanted as wanted_properties
from addin.templates.google.tracker_sheet import PEOPLE
from addin.workspace.settings import load
from addin.workspace.settings_file import document_of
from addin.workspace.tracker_files import heads, load_named
from addin.workspace.workbook import Workbook, read

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

ADDRESS = "https://docs.google.com/spreadsheets/d/{}/edit"
MOST_NAMED = 20
"""Values that a message lists."""
_WORDS = ("only", "direction", "private", "strict")
_OTHERWISE = {
    "only": "with other rows",
    "direction": "in another direction",
    "private": "with other private columns",
    "strict": "with other rights",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """What was done: the link, how many changes its sheet needed, whether the link is new in the settings."""

    link: Link
    changes: int
    new: bool
    settings: Path
    remarks: Sequence[str] = ()
    """What a person should change in the spreadsheet's own settings."""


def link(
    book: str,
    target: str,
    *,
    tracker: str,
    only: Mapping[str, str] | None = None,
    name: str = "",
    sheet: str = "",
    direction: str = "both",
    private: bool = False,
    strict: bool = False,
    client: HTTPClient | None = None,
    open_: Callable[[str], Book] = open_book,
    today: date | None = None,
    tell: Tell = silent,
) -> Linked:
    """Make the sheet in this spreadsheet a tracker, or repair it, and link the workbook with it. Raises Problem."""
    tell("Reading")
    own = open_(book)
    try:
        workbook = read(own, book, today=today)
    finally:
        own.close()
    tell("Writing")
    done = set_up(
        workbook,
        target,
        tracker=tracker,
        only=only,
        name=name,
        sheet=sheet,
        direction=direction,
        private=private,
        strict=strict,
        client=client,
    )
    if done.new:
        text = done.settings.read_text(encoding="utf-8-sig") if done.settings.exists() else ""
        with private_file(done.settings, "utf-8") as file:
            file.write(with_link(text, done.link, done.settings))
    return done


def set_up(
    workbook: Workbook,
    target: str,
    *,
    tracker: str,
    only: Mapping[str, str | list[str]] | None = None,
    name: str = "",
    sheet: str = "",
    direction: str = "both",
    private: bool = False,
    strict: bool = False,
    client: HTTPClient | None = None,
) -> Linked:
    """Make the sheet in this spreadsheet a tracker, or repair it; the link is not recorded. Raises Problem."""
    key = targets.google_key(target)
    if tracker not in workbook.tables:
        there = ", ".join(workbook.tables)
        raise Problem(
            phrase("there is no tracker {tracker} in it.", tracker=f"{tracker!r}"),
            where=workbook.target,
            next=phrase("It has: {there}.", there=there),
        )
    options: dict[str, Any] = {"name": name, "target": f"gsheet:{key}", "tracker": tracker, "sheet": sheet}
    options |= {"only": dict(only or {}), "direction": direction, "private": private, "strict": strict}
    wanted, new = _wanted(workbook, {word: value for word, value in options.items() if value})
    _has_rows(workbook, wanted)
    share = Share(
        workbook.trackers[tracker],
        wanted.sheet,
        wanted.private,
        wanted.direction == "to_right",
        _values(workbook, wanted),
    )
    changes, properties = _make([share], workbook.settings, workbook.trackers, key, client or signed_in())
    return Linked(wanted, changes, new, workbook.folder / FILE, differences(properties, workbook.settings))


def create(
    trackers: Sequence[str],
    *,
    title: str = "",
    private: bool = False,
    client: HTTPClient | None = None,
    folder: Path | None = None,
    today: date | None = None,
    tell: Tell = silent,
) -> str:
    """A new spreadsheet with these trackers, owned by the person who is signed in; its address. Raises Problem."""
    from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

    from addin.google.answers import understood

    folder = folder or Path.cwd()
    known = heads(folder / "trackers")
    for name in trackers:
        if name not in known:
            raise Problem(
                phrase("There is no tracker {name}.", name=f"{name!r}"),
                next=phrase("There are: {known}.", known=", ".join(known)),
            )
    loaded = load_named(trackers, known)
    http = client or signed_in()
    if (who := getattr(http, "who", "")).endswith("gserviceaccount.com"):
        raise SignInProblem(
            phrase("{who} is a program's account, and cannot own a spreadsheet.", who=who),
            next=phrase(
                "Make an empty spreadsheet in the browser, press Share, add {who} as Editor, and run: "
                "ib-trackers google link BOOK ADDRESS --tracker NAME",
                who=who,
            ),
        )
    tell("Writing")
    chosen = [loaded[name] for name in dict.fromkeys(trackers)]
    settings = load(folder, today=today or date.today())
    usual = f"IB Trackers: {', '.join(tracker.title for tracker in chosen)}"
    properties = {"title": title or usual, **wanted_properties(settings)}
    made = http.request("post", SPREADSHEETS_API_V4_BASE_URL, json={"properties": properties})
    key = understood(lambda content: str(content["spreadsheetId"]), made)
    shares = [Share(tracker, tracker.sheet, private=private) for tracker in chosen]
    _make(shares, settings, loaded, key, http)
    return ADDRESS.format(key)


def form(
    tracker: str,
    out: Path,
    *,
    sheet: str = "",
    overwrite: bool = False,
    folder: Path | None = None,
    today: date | None = None,
) -> int:
    """Write the Apps Script of a Google Form for a tracker; the number of its questions. Raises Problem."""
    from addin.templates.google.form import form_data, form_script
    from addin.workspace.outputs import Outputs

    folder = folder or Path.cwd()
    known = heads(folder / "trackers")
    if tracker not in known:
        raise Problem(
            phrase("There is no tracker {tracker}.", tracker=f"{tracker!r}"),
            next=phrase("There are: {known}.", known=", ".join(known)),
        )
    loaded, settings = load_named([tracker], known)[tracker], load(folder, today=today or date.today())
    Outputs(folder, overwrite=overwrite).write(out, form_script(loaded, sheet or loaded.sheet, settings).encode())
    return len(form_data(loaded, sheet or loaded.sheet, settings)["fields"])


def script(out: Path, *, overwrite: bool = False) -> None:
    """Write the Apps Script of the shared sheets (menu, checks while typing, row ids) as one file. Raises Problem."""
    from addin.workspace.outputs import Outputs
    from addin.workspace.script_words import spoken_script

    Outputs(Path.cwd(), overwrite=overwrite).write(out, spoken_script().encode())


def _make(
    shares: Sequence[Share], settings: Any, trackers: Mapping[str, Tracker], key: str, http: HTTPClient
) -> tuple[int, dict[str, Any]]:
    """One read, and one write where something is to be done; the number of changes, and the spreadsheet's settings."""
    from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

    from addin.errors import RequestRefused
    from addin.google.answers import understood

    answer = http.request("get", SPREADSHEET_URL % key, params={"fields": MASK, "prettyPrint": "false"})
    who = str(getattr(http, "who", ""))
    now = understood(seen, answer)
    made = understood(lambda _: requests(shares, settings, trackers, now, who=who), answer)
    if not made:
        return 0, now.properties
    url = SPREADSHEET_BATCH_UPDATE_URL % key
    try:
        http.request("post", url, params={"fields": "spreadsheetId"}, json={"requests": made})
    except RequestRefused as refused:
        if "addNamedRange" not in refused.what or "already exists" not in refused.what:
            raise
        # A name whose sheet was deleted stays taken though nobody sees it (gspread issue 1530): do without names.
        made = [request for request in made if "addNamedRange" not in request]
        http.request("post", url, params={"fields": "spreadsheetId"}, json={"requests": made})
    return len(made), now.properties


def _wanted(workbook: Workbook, options: Mapping[str, Any]) -> tuple[Link, bool]:
    """The link as it is to be, and whether it is new; one that is in the settings is kept as it is there."""
    links = read_links(workbook.settings.links, workbook.trackers)
    sheet = options.get("sheet") or workbook.trackers[options["tracker"]].sheet
    for link in links:
        same_sheet = targets.canonical(link.target) == targets.canonical(options["target"]) and link.sheet == sheet
        if same_sheet and link.tracker == options["tracker"]:
            _same(link, options, workbook)
            return link, False
    named = {**options, "name": options.get("name") or _free_name(workbook, options, {link.name for link in links})}
    return read_links([*workbook.settings.links, named], workbook.trackers)[-1], True


def _same(link: Link, options: Mapping[str, Any], workbook: Workbook) -> None:
    """Raise where this sheet is linked already, but otherwise than asked for now."""
    asked = read_links([{**options, "name": link.name}], workbook.trackers)[0]
    for word in _WORDS:
        if word in options and options[word] != "both" and getattr(asked, word) != getattr(link, word):
            raise SettingsProblem(
                phrase(
                    "this sheet is already shared as {name}, {otherwise}.", name=link.name, otherwise=_OTHERWISE[word]
                ),
                next=phrase("Give the other slice a sheet of its own: add --sheet with a name."),
            )


def _free_name(workbook: Workbook, options: Mapping[str, Any], taken: set[str]) -> str:
    title = workbook.trackers[options["tracker"]].title
    who = ", ".join(map(show, options.get("only", {}).values()))
    name, number = f"{title}: {who}" if who else title, 1
    bare = name
    while name in taken:
        number += 1
        name = f"{bare} ({number})"
    return name


def _has_rows(workbook: Workbook, link: Link) -> None:
    """Raise where nothing has a slice's value: mostly a name that is written otherwise."""
    for path, wanted in link.only.items():
        column, _, further = path.partition(".")
        reference = str(workbook.trackers[link.tracker].columns[column].words.get("exists_in", ""))
        name, at = (reference.partition(".")[0], further) if further else (link.tracker, column)
        there = _distinct(workbook.tables[name], at, {}) if name in workbook.tables else []
        if not set(wanted) & set(there):
            raise Problem(
                phrase("no row has {wanted} as {path}.", wanted=", ".join(wanted), path=path),
                where=workbook.target,
                next=phrase("There are: {there}.", there=", ".join(there[:MOST_NAMED]) or "none"),
            )


def _values(workbook: Workbook, link: Link) -> dict[str, list[str]]:
    """What drop-downs and filter views offer: the values of other trackers, of a slice only its own."""
    tracker = workbook.trackers[link.tracker]
    found = {}
    for reference in references(tracker):
        name, _, column = reference.partition(".")
        if name in workbook.tables and column in workbook.tables[name].columns:
            found[reference] = _distinct(workbook.tables[name], column, _slice_of(link, tracker, reference))
    for column in PEOPLE:
        if column in tracker.columns and column not in link.only:
            found[f"{tracker.name}.{column}"] = _distinct(workbook.tables[tracker.name], column, {})
    return found


def _slice_of(link: Link, tracker: Tracker, reference: str) -> dict[str, Sequence[str]]:
    """The part of a slice that speaks of the other tracker: its column -> values."""
    return {
        further: wanted
        for path, wanted in link.only.items()
        for column, _, further in [path.partition(".")]
        if further and tracker.columns[column].words.get("exists_in") == reference
    }


def _distinct(table: Table, column: str, only: Mapping[str, Sequence[str]]) -> list[str]:
    rows = [
        index
        for index in range(len(table))
        if all(show(table.columns[name][index]) in wanted for name, wanted in only.items() if name in table.columns)
    ]
    shown = (show(table.columns[column][index]) for index in rows)
    return sorted({value for value in shown if value})


def with_link(text: str, link: Link, path: Path) -> str:
    """The settings file's text with one more link; the rest of it and its comments stay. Raises SettingsProblem."""
    import tomlkit

    if not isinstance(document_of(text, path).get("links"), tomlkit.items.AoT | None):
        raise SettingsProblem(
            phrase("links must be written as [[links]]."), where=str(path), next=phrase("Fix that first.")
        )
    entry = tomlkit.table()
    for word, value in link_entry(link).items():
        if isinstance(value, dict):
            only = tomlkit.inline_table()
            only.update(value)
            entry.add(word, only)
        else:
            entry.add(word, value)
    links = tomlkit.aot()
    links.append(entry)
    added = tomlkit.dumps({"links": links})
    return f"{text.rstrip()}\n\n{added}" if text.strip() else added


def link_entry(link: Link) -> dict[str, Any]:
    """A link as the settings file holds it; what is as usual is left out."""
    entry: dict[str, Any] = {word: getattr(link, word) for word in ("name", "target", "tracker", "sheet")}
    if link.only:
        entry["only"] = {path: values[0] if len(values) == 1 else list(values) for path, values in link.only.items()}
    direction = next(word for word, meaning in DIRECTIONS.items() if meaning == link.direction)
    if direction != "both":
        entry["direction"] = direction
    return entry | {word: True for word in ("private", "strict") if getattr(link, word)}
