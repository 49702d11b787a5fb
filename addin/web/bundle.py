"""Our package and the pure-Python packages that it needs, as wheels made from what is installed on this computer.

The same versions run in the browser as here. Compiled parts are left out: the packages chosen work without them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path

import addin
from addin.core.regex import regex
from addin.errors import Problem
from addin.workspace.tracker_files import TEMPLATES

NEEDED = ("openpyxl", "defusedxml", "XlsxWriter", "Jinja2", "icalendar", "tomli", "tomlkit", "xlrd")
"""What reading, marking, exporting and reporting need; PDF and encrypted archives are not made in the browser."""
ENDINGS_LEFT_OUT = (".so", ".pyd", ".dylib", ".pyc", ".po")
"""Compiled for another machine, or the text that a catalogue of translations was compiled from."""
LEFT_OUT = {"__pycache__", "built", "pictures", "tests"}
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DAY = (2020, 1, 1, 0, 0, 0)
"""The date of each file in a wheel, so that the same packages give the same bytes."""


def wheels() -> dict[str, bytes]:
    """File name -> content of each wheel, ours first. Raises Problem where a package is missing."""
    made = {f"ib_trackers-{addin.__version__}-py3-none-any.whl": _zipped(_ours())}
    for one in _closure(NEEDED):
        made[f"{re.sub(r'[-.]+', '_', one.name)}-{one.version}-py3-none-any.whl"] = _zipped(_theirs(one))
    return made


def licences() -> str:
    """Each bundled package with its version and licence."""
    lines = [f"ib-trackers {addin.__version__}: MIT"]
    for one in _closure(NEEDED):
        said = one.metadata.json.get("license_expression") or one.metadata.json.get("license") or "see its wheel"
        lines.append(f"{one.name} {one.version}: {str(said).strip().splitlines()[0]}")
    return "\n".join(lines)


def _ours() -> Iterator[tuple[str, Path]]:
    for top in (Path(addin.__file__).parent, TEMPLATES):
        for path in sorted(top.rglob("*")):
            inner = path.relative_to(top.parent)
            if path.is_file() and not LEFT_OUT & set(inner.parts) and path.suffix not in ENDINGS_LEFT_OUT:
                yield inner.as_posix(), path


def _theirs(one: Distribution) -> Iterator[tuple[str, Path]]:
    for file in sorted(one.files or (), key=str):
        name = file.as_posix()
        if name.startswith("..") or name.endswith(ENDINGS_LEFT_OUT) or LEFT_OUT & set(file.parts):
            continue
        path = Path(str(one.locate_file(file)))
        if path.is_file():
            yield name, path


def _closure(names: tuple[str, ...]) -> list[Distribution]:
    """These packages and what they need, by name; what is not installed here is not needed on this Python."""
    found: dict[str, Distribution] = {}
    todo = list(names)
    while todo:
        name = todo.pop()
        try:
            one = distribution(name)
        except PackageNotFoundError:
            if name in names:
                raise Problem(
                    f"The page needs the package {name}.", next="Install IB Trackers again: pip install ib-trackers."
                ) from None
            continue
        if one.name.casefold() in found:
            continue
        found[one.name.casefold()] = one
        for wanted in one.requires or ():
            match = _NAME.match(wanted)
            if match and "extra" not in wanted.partition(";")[2]:
                todo.append(match[0])
    return [found[name] for name in sorted(found)]


def _zipped(files: Iterator[tuple[str, Path]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files:
            archive.writestr(zipfile.ZipInfo(name, _DAY), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
