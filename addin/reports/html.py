"""A page as one HTML file: no script, nothing from elsewhere, every value escaped; good on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from addin.reports.page import Bar, Item, Link, Page, Pill
from addin.reports.scripts import east_of, is_right

HERE = Path(__file__).parent


def html(page: Page) -> bytes:
    """The file's bytes, UTF-8."""
    return next(htmls([page]))


def htmls(pages: Iterable[Page]) -> Iterator[bytes]:
    """A file for each page: the template is read once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["said"] = said
    template, style = made.get_template("page.html"), (HERE / "page.css").read_text("utf-8")
    for page in pages:
        yield template.render(page=page, kind=kind, style=style).encode("utf-8", "replace")


def said(text: object) -> object:
    """A text with the direction and language that its letters need: browsers choose the fonts of Han letters by it."""
    words = str(text)
    east = east_of(words)
    if not east and not is_right(words):
        return text
    from markupsafe import Markup

    language = f' lang="{east}"' if east else ""
    return Markup(f'<bdi dir="auto"{language}>{{}}</bdi>').format(words)


def kind(thing: object) -> str:
    """What the template draws: `pill`, `bar`, `link`, `number` or `text` for a cell, a block's name for a block."""
    if isinstance(thing, (Pill, Bar, Link)):
        return type(thing).__name__.lower()
    if isinstance(thing, Item):
        return "number" if isinstance(thing, (int, float)) else "text"
    return type(thing).__name__.lower()
