"""ib-trackers.toml read and checked once, at the edge: whoever asks for it gets parts of the shape they expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from addin.core.language import phrase
from addin.core.names import SETTINGS_FILE
from addin.errors import SettingsProblem, file_problem

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

NAMES = ("session", "programme", "trackers", "school", "settings", "layout", "links", "mail", "people")
"""What the file may hold on its outermost level."""
FILE_LIMIT = 5_000_000
"""Bytes; a settings file has a few thousand."""


def read_file(folder: Path) -> dict[str, Any]:
    """What `ib-trackers.toml` in this folder says, checked; empty where there is none. Raises SettingsProblem."""
    path = folder / SETTINGS_FILE
    if not path.exists():
        return {}
    data = _parsed(path)
    _check_names(data, path)
    for name, (is_right, example) in SHAPES.items():
        if name in data and not is_right(data[name]):
            raise SettingsProblem(
                phrase("{part} is not written correctly.", part=_part(name, data[name])),
                where=str(path),
                next=phrase("Write {example}", example=example),
            )
    _check_session(data, path)
    return data


def _parsed(path: Path) -> dict[str, Any]:
    where = str(path)
    try:
        if not path.is_file():
            raise SettingsProblem(phrase("is not a file."), where=where, next=phrase("Rename or remove it."))
        if path.stat().st_size > FILE_LIMIT:
            raise SettingsProblem(
                phrase("is too large for a settings file."), where=where, next=phrase("Rename or remove it.")
            )
        return tomli.loads(path.read_bytes().decode("utf-8-sig"))
    except tomli.TOMLDecodeError as error:
        raise SettingsProblem(
            phrase("is not valid TOML: {error}.", error=error),
            where=where,
            next=phrase('Fix that line; a text has quotes, as in session = "M27".'),
        ) from None
    except UnicodeDecodeError:
        raise SettingsProblem(phrase("is not UTF-8 text."), where=where, next=phrase("Save it as UTF-8.")) from None
    except (RecursionError, ValueError, OverflowError) as error:
        raise SettingsProblem(
            phrase("cannot be understood ({name}).", name=type(error).__name__),
            where=where,
            next=phrase("Fix or remove it."),
        ) from None
    except OSError as error:
        raise SettingsProblem(
            phrase("cannot be read ({strerror}).", strerror=error.strerror),
            where=where,
            next=phrase("Check your permissions."),
        ) from file_problem(error, path, doing="read")


def document_of(text: str, path: Path) -> TOMLDocument:
    """The settings file for a change that keeps its comments. Raises SettingsProblem."""
    import tomlkit

    try:
        return tomlkit.parse(text)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise SettingsProblem(
            phrase("cannot be changed ({name}).", name=type(error).__name__),
            where=str(path),
            next=phrase("Fix or simplify it, then run again."),
        ) from None


def _check_names(data: Mapping[str, Any], path: Path) -> None:
    """Raise SettingsProblem for an unknown name: it would do nothing."""
    for name in sorted(data.keys() - NAMES):
        from difflib import get_close_matches

        near = get_close_matches(name, NAMES, 1)
        raise SettingsProblem(
            phrase("{name} is not a setting.", name=f"{name!r}"),
            where=str(path),
            next=phrase("Did you mean {near}?", near=near[0])
            if near
            else phrase("There are: {names}.", names=", ".join(NAMES)),
        )


def _part(name: str, value: Any) -> str:
    """A part of the file under the name that it has there."""
    if name == "layout" and isinstance(value, dict):
        wrong = next((tracker for tracker, sheets in value.items() if not _are_layouts({tracker: sheets})), "NAME")
        return f"[[layout.{wrong}]]"
    return {"links": "[[links]]"}.get(name, name if SHAPES[name][0] in (_is_text, _are_texts) else f"[{name}]")


def _check_session(data: Mapping[str, Any], path: Path) -> None:
    session = data.get("session", "")
    if session == "":
        return
    from addin.core.ib import session as sessions

    if not (isinstance(session, str) and sessions.parse(session)):
        raise SettingsProblem(
            phrase("{session} is not an exam session.", session=f"{session!r}"),
            where=str(path),
            next=phrase('Write session = "M27" for May 2027 or "N27" for November 2027.'),
        )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_plain_table(value: Any) -> bool:
    return isinstance(value, dict) and not any(isinstance(one, dict) for one in value.values())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_links(value: Any) -> bool:
    texts = ("name", "target", "tracker", "sheet", "direction")
    return isinstance(value, list) and all(
        isinstance(one, dict)
        and all(isinstance(one.get(name, ""), str) for name in texts)
        and isinstance(one.get("only", {}), dict)
        for one in value
    )


def _are_layouts(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(sheets, list) and all(_is_layout(one) for one in sheets) for sheets in value.values()
    )


def _is_layout(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("sheet"), str)
        and type(one.get("header_row", 1)) is int
        and 0 < one.get("header_row", 1) <= 1_048_576
        and isinstance(one.get("book", ""), str)
        and isinstance(one.get("columns", {}), dict)
        and all(isinstance(name, str) for name in one.get("columns", {}).values())
    )


SHAPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "session": (lambda value: True, ""),  # _check_session says more
    "programme": (_is_text, 'programme = "dp"'),
    "trackers": (_are_texts, 'trackers = ["candidates", "cas"]'),
    "school": (_is_plain_table, '[school] and below it name = "Riverside School"'),
    "settings": (_is_table, "[settings] and below it one line for each setting."),
    "layout": (_are_layouts, '[[layout.NAME]] (two brackets) with sheet = "…" and header_row = 1.'),
    "links": (_are_links, '[[links]] (two brackets) with name = "…", target = "…" and tracker = "…".'),
    "mail": (_is_plain_table, "[mail] and below it one line for each setting."),
    "people": (_is_plain_table, '[people] and below it "A. Kamau" = "a.kamau@school.org"'),
}
"""name -> whether a value has its shape, and how it is written"""
