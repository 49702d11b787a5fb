"""What people see is plain English: words of the old private idiom stay out of texts, TOML, VBA and Apps Script."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BANNED = re.compile(
    r"\b(mend(s|ed)?|parted by|unless you say so|written over|stands (more than once|twice|still|beside)"
    r"|told apart|so many \w+ at the most|stand-in for|not written as it should be)\b",
    re.IGNORECASE,
)


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module, without docstrings and other bare strings."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_no_banned_word_is_in_a_text_that_people_see() -> None:
    found = []
    for path in (ROOT / "addin").rglob("*.py"):
        found += [(path.name, line, text) for line, text in texts(path) if BANNED.search(text)]
    for folder, pattern in (
        ("sheets_templates", "*.toml"),
        ("addin", "*.bas"),
        ("addin", "*.html"),
        ("addin", "*.xml"),
    ):
        for path in (ROOT / folder).rglob(pattern):
            lines = enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
            found += [
                (path.name, n, line) for n, line in lines if BANNED.search(line) and not line.startswith("name =")
            ]
    for path in (ROOT / "README.md", ROOT / "sheets_templates" / "SETTINGS.md", ROOT / "SECURITY.md"):
        found += [(path.name, 0, match[0]) for match in BANNED.finditer(path.read_text("utf-8"))]
    assert found == []
