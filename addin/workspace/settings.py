"""What a school has set: session, programme, values that rules ask for, lists, and where its trackers are.

Everything that the IB may change or that could not be verified is a setting: its default, source and date are in
the tracker's TOML file, the school's own value in `ib-trackers.toml` beside the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from addin.core.language import phrase
from addin.core.regex import regex
from addin.core.settings import FILE, Settings
from addin.core.tables.values import read_date
from addin.errors import SettingsProblem
from addin.workspace.lists import load_lists as load_lists
from addin.workspace.settings_file import document_of
from addin.workspace.settings_file import read_file as read_file

DATES = ("first_exam",)
"""Settings that are dates, and that no tracker declares."""
ISO = regex(r"\d{4}-\d{2}-\d{2}")


def load(folder: Path, *, today: date, book: str = "") -> Settings:
    """The settings beside a workbook; defaults where there is no `ib-trackers.toml`. Raises SettingsProblem.

    `book` is the workbook's file name: where several lie in one folder, each has its own layouts.
    """
    path = folder / FILE
    data = read_file(folder)
    values = {name: _value(name, value, path) for name, value in data.get("settings", {}).items()}
    for name in ("session", "programme"):
        if name in data:
            values[name] = data[name]
    return Settings(
        values=values,
        lists=load_lists(folder / "lists"),
        today=today,
        school=data.get("school", {}),
        layouts=layouts_of(data.get("layout", {}), folder, book),
        links=tuple(data.get("links", ())),
        trackers=tuple(data.get("trackers", ())),
    )


def _value(name: str, value: Any, path: Path) -> Any:
    """A setting as the rules want it: a date may be in quotes. Raises SettingsProblem."""
    day, odd = read_date(value) if isinstance(value, str) else (None, None)
    if ISO.fullmatch(str(value).strip()) and day:
        return day
    if day or (odd and odd.rule == "date-two-ways") or (name in DATES and not isinstance(value, date)):
        raise SettingsProblem(
            phrase("{name} is {value}, which is not a date.", name=name, value=f"{value!r}"),
            where=str(path),
            next=phrase("Write it as year, month and day, such as {name} = 2027-04-24", name=name),
        )
    return value


def layouts_of(layouts: Mapping[str, Any], folder: Path, book: str) -> dict[str, Any]:
    """The layouts of one workbook: those with its name, with none, or with that of a file that is no longer there."""
    mine = {tracker: [one for one in sheets if _of(one, folder, book)] for tracker, sheets in layouts.items()}
    return {tracker: sheets for tracker, sheets in mine.items() if sheets}


def _of(layout: Mapping[str, Any], folder: Path, book: str) -> bool:
    name = str(layout.get("book", ""))
    return not (name and book) or name.casefold() == book.casefold() or not (folder / name).exists()


def settings_for(path: Path, book: str, *, name: str = "") -> bytes:
    """The settings file for a workbook that leaves its folder, and is called `name` there.

    Layouts of the other workbooks stay behind: where these are missing, their layouts would count as its own.
    """
    data = path.read_bytes()
    if b"layout" not in data:
        return data
    document = document_of(data.decode("utf-8-sig"), path)
    layouts = document.get("layout", {})
    for tracker, sheets in list(layouts.items()):
        for number in reversed(range(len(sheets))):
            if not _of(sheets[number], path.parent, book):
                del sheets[number]
            elif name and str(sheets[number].get("book", "")).casefold() == book.casefold():
                sheets[number]["book"] = name
        if not len(sheets):
            del layouts[tracker]
    return document.as_string().encode()


def layouts_text(folder: Path, layouts: Mapping[str, list[dict[str, Any]]], book: str = "") -> str:
    """The settings file with which sheet of a workbook holds which tracker, and the rest of it as it is: its comments,
    and what it says of other workbooks in the folder."""
    import tomlkit

    path = folder / FILE
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    document = document_of(text, path)
    if not path.exists():
        document.add(tomlkit.comment("IB Trackers: settings of the workbooks in this folder."))
    old = document.get("layout", {})
    table = tomlkit.table(is_super_table=True)
    for tracker in dict.fromkeys((*old, *layouts)):
        array = tomlkit.aot()
        new = {one["sheet"]: ({"book": book} if book else {}) | one for one in layouts.get(tracker, ())}
        for one in old.get(tracker, ()):
            if not _of(one, folder, book):
                array.append(one)
            elif one["sheet"] in new:
                array.append(tomlkit.item(new.pop(one["sheet"])))
        for one in new.values():
            array.append(tomlkit.item(one))
        if len(array):
            table.add(tracker, array)
    if path.exists() and table.unwrap() == (old.unwrap() if old else {}):
        return text
    document["layout"] = table
    return str(tomlkit.dumps(document))
