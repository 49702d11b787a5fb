"""`ib-trackers emulator`: run the emulator for a person, until Ctrl-C."""

from __future__ import annotations

import ipaddress
import sys
import tempfile
import threading
from pathlib import Path
from typing import TextIO

from addin.errors import ServiceProblem, SettingsProblem
from addin.google_emulator.accounts import BOT
from addin.google_emulator.emulator import Emulator


def serve(
    port: int = 0,
    state: Path | None = None,
    *,
    host: str = "127.0.0.1",
    out: TextIO | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Say where it is, and serve until Ctrl-C (or `stop`). Only loopback: whoever reaches it can edit everything."""
    if not _loopback(host):
        raise SettingsProblem(
            "the emulator listens on this machine only: anyone who reaches it can read and change everything.",
            where=host,
            next="Leave the host out, or use 127.0.0.1.",
        )
    with tempfile.TemporaryDirectory(prefix="ib-trackers-emulator-") as folder:
        keys = state.resolve().parent if state else Path(folder)
        try:
            emulator = Emulator(state, port=port, strict=False)
        except OSError as error:
            raise ServiceProblem(
                f"port {port} cannot be used ({error.strerror}).", next="Name another with --port, or leave it out."
            ) from error
        with emulator:
            print(_said(emulator, emulator.key_file(keys), state), file=out or sys.stdout, flush=True)
            try:
                (stop or threading.Event()).wait()
            except KeyboardInterrupt:
                pass


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _said(emulator: Emulator, key: Path, state: Path | None) -> str:
    kept = f"kept in {state}" if state else "kept in memory only (name a file with --state to keep it)"
    return (
        f"Local emulator, not Google.\n"
        f"  address    {emulator.url}\n"
        f"  page       {emulator.url}/   play the teacher here\n"
        f"  key file   {key}\n"
        f"  account    {BOT}\n"
        f"  contents   {kept}\n"
        f"Ctrl-C ends it."
    )
