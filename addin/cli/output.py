"""Options and files that verbs have in common: `--json`, `--overwrite`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from addin.core.language import phrase

TARGET = "a workbook, excel:[NAME], gsheet:KEY or a Google Sheets address"


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """The option `--json`, and `--overwrite` for its file."""
    parser.add_argument("--json", metavar="FILE", help=f"write {what} as JSON (- for the screen)")
    add_overwrite(parser)


def add_overwrite(parser: argparse.ArgumentParser) -> None:
    """The option `--overwrite`."""
    parser.add_argument(
        "--overwrite", action="store_true", help="replace a file of yours (never a workbook or settings file)"
    )


def add_purpose(parser: argparse.ArgumentParser) -> None:
    """The options `--for` and `--why`, which the disclosure log keeps."""
    parser.add_argument(
        "--for", dest="recipient", metavar="WHO", default="", help="who gets it; kept in the log of disclosures"
    )
    parser.add_argument("--why", metavar="TEXT", default="", help="what for; kept in the log of disclosures")


def check_json(arguments: argparse.Namespace, *inputs: str) -> None:
    """Refuse a file for `--json` that must not be written, before any work is done. Raises FileProblem."""
    if getattr(arguments, "json", None) not in (None, "-"):
        from pathlib import Path

        from addin.errors import FileProblem
        from addin.workspace.outputs import outputs_of

        path = Path(arguments.json)
        outputs_of(*inputs, overwrite=getattr(arguments, "overwrite", False)).check(path)
        if not path.parent.is_dir():
            raise FileProblem(
                phrase("there is no such folder."), where=str(path.parent), next=phrase("Make it, or choose another.")
            )


def write_json(to: str, data: Any, *, inputs: Sequence[str], overwrite: bool = False) -> None:
    """Data as JSON, to a file or (-) to the screen. Raises FileProblem."""
    import json

    from addin.core.tables.values import show

    text = json.dumps(data, ensure_ascii=False, indent=1, default=show)
    if to == "-":
        from addin.cli.terminal import say

        say(text)
        return
    from pathlib import Path

    from addin.workspace.outputs import outputs_of

    outputs_of(*inputs, overwrite=overwrite).write(Path(to), text.encode("utf-8", "surrogatepass"))
