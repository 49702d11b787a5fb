"""Small pieces of sentences: numbers with their noun, file names as they are typed."""

from __future__ import annotations


def typed(name: str) -> str:
    """A file's name as it is typed into a command: in quotes where it has blanks or other signs of its own."""
    return name if all(sign.isalnum() or sign in "._-/\\:~+" for sign in name) and name else f'"{name}"'


def counted(number: int, thing: str, things: str = "") -> str:
    """`1 error`, `2 errors`, `no errors`, `1,204 rows`."""
    word = thing if number == 1 else things or f"{thing}s"
    return f"{number:,} {word}" if number else f"no {word}"
