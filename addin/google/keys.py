"""Where the key lives that lets this program into Google: the person's own settings folder, readable by them alone.

Never beside the workbook: that folder is often shared with colleagues or with the cloud, and whoever has the key has
every spreadsheet that was shared with it.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.core.language import joined, phrase
from addin.errors import SignInProblem
from addin.files import parsed_json, private

ACCOUNT_FILE = "google-account.json"
"""A service account's key, or what a person allowed in the browser. One of them at a time."""

SERVICE, PERSON, CLIENT = "service_account", "authorized_user", "installed"
LARGEST_KEY = 20_000
"""Bytes; a key file has some 2,400."""
CHANGES = "see_changes"
"""A kept key with this also asks for the permission to see names and dates of files."""
NEEDED = {
    SERVICE: ("client_email", "private_key", "token_uri"),
    PERSON: ("client_id", "client_secret", "refresh_token"),
    CLIENT: ("client_id", "client_secret", "auth_uri", "token_uri"),
}
"""What each kind of file must hold."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key file that was read: `kind` says whose it is, `info` is what it holds."""

    kind: str
    info: Mapping[str, Any]
    path: Path

    @property
    def emulator(self) -> str:
        """The address of the local emulator that made the key; empty for Google's own. Only this computer counts."""
        address = str(self.info.get("emulator") or "")
        return address if re.fullmatch(r"http://(127\.0\.0\.1|localhost):\d{1,5}", address) else ""

    @property
    def sees_changes(self) -> bool:
        """Whether the permission to see names and dates of files is asked for, too."""
        return self.info.get(CHANGES) is True

    @property
    def who(self) -> str:
        """The address to share spreadsheets with; empty for a person whose address Google did not tell."""
        return str(self.info.get("client_email") or self.info.get("account") or "")


def config_folder(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for this person's settings on this computer."""
    home = Path(environ["HOME"]) if "HOME" in environ else Path.home()
    if platform == "win32":
        return Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / "ib-trackers"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "ib-trackers"
    return Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "ib-trackers"


def read_key(path: Path) -> Key:
    """Read a key file of any of the three kinds. Raises SignInProblem."""
    try:
        info = parsed_json(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SignInProblem(phrase("There is no key file."), where=str(path), next=GET_A_KEY) from None
    except OSError as error:
        raise SignInProblem(
            phrase("The key file cannot be read: {strerror}.", strerror=error.strerror), where=str(path)
        ) from None
    except ValueError:
        raise SignInProblem(
            phrase("This is not a key file: it is not JSON."), where=str(path), next=GET_A_KEY
        ) from None
    if isinstance(info, dict) and isinstance(info.get("installed"), dict):
        info = {"type": CLIENT, **info["installed"]}
    kind = info.get("type") if isinstance(info, dict) else None
    if kind not in NEEDED:
        raise SignInProblem(
            phrase("This is not a key of a service account or a desktop client."), where=str(path), next=GET_A_KEY
        )
    if missing := [name for name in NEEDED[kind] if not info.get(name)]:
        raise SignInProblem(
            phrase("The key file lacks {missing}.", missing=", ".join(missing)), where=str(path), next=GET_A_KEY
        )
    return Key(kind, info, path)


def keep(info: Mapping[str, Any], folder: Path) -> Path:
    """Keep an account's key in the folder, readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / ACCOUNT_FILE
    with private(path, "utf-8") as file:
        json.dump(dict(info), file, indent=1)
    return path


def downloaded_keys(folders: Sequence[Path]) -> list[Path]:
    """The key files in these folders, the newest first: what a browser saved, and nobody has used yet."""
    found = []
    for folder in folders:
        with suppress(OSError):
            for path in folder.glob("*.json"):
                with suppress(OSError, SignInProblem):
                    if path.stat().st_size < LARGEST_KEY and read_key(path).kind != PERSON:
                        found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


SYNCED = {
    "OneDrive": r"OneDrive( ?-.*)?", "Google Drive": r"(My Drive|Google ?Drive.*|Meine Ablage|Mi unidad|Mon Drive)",
    "Dropbox": r"Dropbox( \(.*\))?", "iCloud Drive": r"(iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)",
    "Nextcloud": r"(Next|own)cloud.*", "Box": r"Box( Sync)?", "MEGA": r"MEGA(sync)?", "pCloud": r"pCloud ?Drive",
}  # fmt: skip
"""How the folders of programs are called that copy their contents to the internet (general knowledge, 2026-11)."""
_MARKERS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing"}


def synced_by(path: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The program that copies this file's folder to the internet; empty where none is recognised."""
    folders = path.expanduser().absolute().parents
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if environ.get(name) and Path(environ[name]) in folders:
            return "OneDrive"
    for folder in folders:
        for program, pattern in SYNCED.items():
            if re.fullmatch(pattern, folder.name, re.IGNORECASE):
                return program
        for marker, program in _MARKERS.items():
            if (folder / marker).exists():
                return program
    return ""


def readable_by_others(path: Path) -> bool:
    """Can other people on this computer read the file? (Windows keeps a person's folder closed by itself.)"""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


GET_A_KEY = phrase("Run ib-trackers google sign-in without a file: it says how to get one.")

MAKE_KEY = (
    "Once for the school, some ten minutes, without cost. In console.cloud.google.com, with a school account:\n"
    "1. Make a project: IB Trackers.\n"
    "2. APIs & Services > Library: find the Google Sheets API, press Enable.\n"
    "3. IAM & Admin > Service accounts: make one; it needs no role. Open it, Keys > Add key > JSON."
)
PRESS_SHARE = "4. Press Share here again: it finds the file in Downloads, and keeps the key for you alone."
RUN_SIGN_IN = (
    "4. Run: ib-trackers google sign-in FILE.json\n"
    "   The key is copied to your own settings, for you alone; then delete the downloaded file.\n"
    "5. In each spreadsheet press Share and add the address that the program names, as Editor.\n"
    "6. Run: ib-trackers google doctor ADDRESS"
)
FORBIDDEN = (
    "Where service accounts are forbidden: in step 3 choose APIs & Services > Credentials > Create OAuth client ID > "
    "Desktop app, and download its file."
)


def how_to_get_a_key(then: str) -> str:
    """The steps to a key of the school's own; `then` is what follows them, PRESS_SHARE or RUN_SIGN_IN."""
    return joined("\n", [phrase(MAKE_KEY), phrase(then), phrase(FORBIDDEN)])
