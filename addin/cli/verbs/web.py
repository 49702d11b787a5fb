"""ib-trackers web: make a page that checks workbooks in the browser, without installing anything there."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "make a page that checks, fixes and exports workbooks in the browser; no file leaves the computer"
EXAMPLE = "ib-trackers web check-my-workbook --serve"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", nargs="?", metavar="OUT", help="the folder to make: put it on any web server")
    parser.add_argument("--serve", action="store_true", help="show the page on this computer, until Ctrl-C")
    parser.add_argument("--port", type=int, default=0, metavar="P", help="with --serve: any free port otherwise")
    parser.add_argument(
        "--pyodide",
        type=Path,
        metavar="PATH",
        help="the npm package pyodide, as a folder or .tgz; otherwise npm fetches it once",
    )


def run(arguments: argparse.Namespace) -> int:
    from tempfile import TemporaryDirectory

    from addin.errors import Problem

    if arguments.out:
        return _made(Path(arguments.out), arguments)
    if not arguments.serve:
        raise Problem("Which folder?", next="Name one, or add --serve to see the page on this computer.")
    with TemporaryDirectory(prefix="ib-trackers-web-") as folder:
        return _made(Path(folder), arguments)


def _made(out: Path, arguments: argparse.Namespace) -> int:
    """Build the folder, say what it is, and serve it where that is asked for."""
    from addin.cli.terminal import say
    from addin.web.build import build
    from addin.web.serve import serve

    def tell(step: str) -> None:
        if "npm" in step:
            say(f"{step} …")

    made = build(out, arguments.pyodide, tell)
    for remark in made.remarks:
        say(f"Note: {remark}")
    if arguments.out:
        say(f"Made {out} ({made.size / 1e6:.0f} MB): a page that checks workbooks in the browser.")
    if arguments.serve:
        serve(out, arguments.port, say)
    else:
        say("Put the folder on any web server (https), or add --serve to see it here.")
    return 0
