"""Python for the browser: Pyodide, from the npm package of that name. It is not ours and not in our package.

A person names its folder or archive, or npm fetches it once and it is kept in this computer's cache.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from addin.errors import FileProblem, Problem

PACKAGE, VERSION = "pyodide", "314.0.7"
"""The version that the tests run on."""
INTEGRITY = "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
"""Of the archive that npm fetches."""
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
"""What the page loads."""
LONGEST = 600
"""Seconds for npm."""


def runtime(source: Path | None, tell: Callable[[str], None]) -> tuple[str, dict[str, bytes]]:
    """The version and the files of Pyodide: of this folder or archive, else kept or fetched by npm. Raises Problem."""
    if source is not None:
        return _read(source)
    kept = _cache() / f"{PACKAGE}-{VERSION}.tgz"
    if not kept.exists():
        tell(f"Fetching {PACKAGE} {VERSION} with npm (6 MB, only this once)")
        _fetch(kept)
    return _read(kept)


def _read(source: Path) -> tuple[str, dict[str, bytes]]:
    files = _of_folder(source) if source.is_dir() else _of_archive(source)
    missing = [name for name in (*FILES, "package.json") if name not in files]
    if missing:
        raise FileProblem(
            f"is not the npm package {PACKAGE}: it has no {missing[0]}.",
            where=str(source),
            next=f"Name the folder node_modules/{PACKAGE}, or the file that `npm pack {PACKAGE}@{VERSION}` makes.",
        )
    try:
        version = str(json.loads(files.pop("package.json"))["version"])
    except (ValueError, KeyError, TypeError):
        raise FileProblem("has a package.json without a version.", where=str(source), next="Fetch it again.") from None
    return version, files


def _of_folder(folder: Path) -> dict[str, bytes]:
    try:
        return {name: (folder / name).read_bytes() for name in (*FILES, "package.json") if (folder / name).is_file()}
    except OSError as error:
        raise FileProblem(f"cannot be read: {error.strerror}.", where=str(folder), next="Check its rights.") from None


def _of_archive(path: Path) -> dict[str, bytes]:
    try:
        with tarfile.open(fileobj=BytesIO(path.read_bytes()), mode="r:gz") as archive:
            wanted = {f"package/{name}": name for name in (*FILES, "package.json")}
            found = {wanted[one.name]: archive.extractfile(one) for one in archive if one.name in wanted}
            return {name: file.read() for name, file in found.items() if file is not None}
    except FileNotFoundError:
        raise FileProblem("there is no such file or folder.", where=str(path), next="Check the name.") from None
    except (OSError, EOFError, tarfile.TarError):
        raise FileProblem(
            "cannot be read as an npm archive.", where=str(path), next=f"Make it anew: npm pack {PACKAGE}@{VERSION}"
        ) from None


def _fetch(kept: Path) -> None:
    """Let npm fetch the archive, check it, and keep it."""
    npm = shutil.which("npm")
    if npm is None:
        raise Problem(
            "The page runs on Pyodide, which npm fetches once; npm is not installed here.",
            next=f"Install Node.js, or add --pyodide FILE, made elsewhere with: npm pack {PACKAGE}@{VERSION}",
        )
    kept.parent.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", str(kept.parent)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)
        code = done.returncode
    except (OSError, subprocess.TimeoutExpired):
        code = 1
    if code or not kept.exists():
        raise Problem(
            f"npm could not fetch {PACKAGE} {VERSION}.",
            next="Check the network, or add --pyodide with the package from another computer.",
        )
    digest = base64.b64encode(hashlib.sha512(kept.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        kept.unlink()
        raise Problem(
            f"What npm fetched is not {PACKAGE} {VERSION} as its makers published it; it was not used.",
            next="Ask whoever looks after your network.",
        )


def _cache() -> Path:
    """Where this computer's programs keep what can be fetched again."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "ib-trackers"
