"""ib-trackers emulator: run a local emulator of Google Sheets, for trying things out and for tests."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "run a local emulator of Google Sheets, without account and network"
EXAMPLE = "ib-trackers emulator --port 8765 --state trial.json"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=0, metavar="P", help="where it listens; any free port otherwise")
    parser.add_argument("--state", type=Path, metavar="FILE", help="keep the spreadsheets in this file")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    from addin.errors import SettingsProblem

    try:
        from addin.google_emulator import serve
    except ImportError as missing:
        need = "Run: pip install 'ib-trackers[google]'"
        raise SettingsProblem(f"{missing.name} is not installed.", next=need) from None
    serve(arguments.port, arguments.state)
    return 0
