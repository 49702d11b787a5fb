"""The page's folder: what a person opens through `web --serve`, or puts on any web server that serves plain files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import addin
from addin.errors import FileProblem, file_problem
from addin.files import read_json, temporary_folder
from addin.web.bundle import licences, wheels
from addin.web.runtime import VERSION, runtime

PAGE = Path(__file__).parent / "page"
MANIFEST = "files.json"
ABOUT = "ib-trackers web"


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """The folder, the bytes in it, and what a person should know about it."""

    folder: Path
    size: int
    remarks: tuple[str, ...] = ()


def build(out: Path, pyodide: Path | None, tell: Callable[[str], None]) -> BuiltPage:
    """Make the folder, or make it again where it is one of ours. Raises Problem."""
    _check_place(out)
    tell("Packing")
    packages = {f"packages/{name}": data for name, data in wheels().items()}
    version, files = runtime(pyodide, tell)
    static = {path.name: path.read_bytes() for path in sorted(PAGE.iterdir()) if path.is_file()}
    static["LICENCES.txt"] = f"{licences()}\nPyodide {version}: MPL-2.0; Python: PSF-2.0\n".encode()
    content = {**static, **packages, **{f"pyodide/{name}": data for name, data in files.items()}}
    mark = hashlib.sha256(b"".join(name.encode() + content[name] for name in sorted(content))).hexdigest()[:16]
    content["sw.js"] = content["sw.js"].replace(b"VERSION_OF_THE_FILES", mark.encode())
    about = {"about": ABOUT, "ib-trackers": addin.__version__, "pyodide": version, "version": mark}
    listed = {"files": {name: len(data) for name, data in sorted(content.items())}, "packages": list(packages)}
    content[MANIFEST] = json.dumps({**about, **listed}, indent=1).encode()
    tell("Writing")
    _write(out, content)
    remarks = () if version == VERSION else (f"This is Pyodide {version}; the page was tested with {VERSION}.",)
    return BuiltPage(out, sum(map(len, content.values())), remarks)


def _check_place(out: Path) -> None:
    """Raise FileProblem where the folder holds something that we did not put there."""
    if out.exists() and not out.is_dir():
        raise FileProblem("is a file.", where=str(out), next="Name a folder.")
    if out.is_dir() and any(out.iterdir()) and not _manifest(out):
        raise FileProblem("is not empty.", where=str(out), next="Name a new folder.")


def _write(out: Path, content: Mapping[str, bytes]) -> None:
    """Write the files, all or none; those of an earlier version that are not listed any more go."""
    try:
        old = _listed(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder(out.absolute()) as made:
            made.chmod(0o755)  # a web server reads it
            for name, data in content.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(data)
            if not out.exists():
                made.rename(out)
                return
            for name in content:
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).replace(out / name)
        for name in old - set(content):
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise file_problem(error, out, next="Choose another place.") from None


def _listed(out: Path) -> set[str]:
    """The files of an earlier version, all inside the folder."""
    return {name for name in _manifest(out).get("files", ()) if out.resolve() in (out / name).resolve().parents}


def _manifest(out: Path) -> dict[str, Any]:
    """What an earlier version of the page says of itself; empty where the folder holds none of ours."""
    try:
        return read_json(out / MANIFEST, lambda found: found["about"] == ABOUT and set(found["files"]), next="") or {}
    except FileProblem:
        return {}
