"""Files that a verb writes for a person (`--json`, `--out`): never over something that we did not write.

Inputs, workbooks, settings and tracker files are never overwritten. Any other file only with `--overwrite`, or when it
is one of ours and nobody has changed it since: `.ib-trackers/outputs` beside the workbook remembers which those are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from addin.backends.backup import fingerprint
from addin.core import target as targets
from addin.core.language import phrase
from addin.core.names import SETTINGS_FILE, STATE_FOLDER
from addin.core.records import record
from addin.errors import FileProblem, file_problem
from addin.files import private, private_bytes, temporary_name

KNOWN, MOST = "outputs", 2000
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".xlam", ".ods"}


@record
class Outputs:
    """Where a verb may write: `home` is the folder that remembers what we wrote."""

    home: Path
    inputs: Sequence[Path] = ()
    overwrite: bool = False

    def check(self, path: Path) -> None:
        """Raise FileProblem where this file must not be written. Called before any work is done, and before writing."""
        where = str(path)
        if path.is_symlink():
            raise FileProblem(phrase("is a link to another file."), where=where, next=phrase("Name the file itself."))
        if path.is_dir():
            raise FileProblem(phrase("is a folder."), where=where, next=phrase("Name a file in it."))
        if STATE_FOLDER in path.resolve().parts:
            raise FileProblem(
                phrase("belongs to what IB Trackers remembers."), where=where, next=phrase("Choose another place.")
            )
        if not path.exists():
            return
        if any(_same_file(path, one) for one in self.inputs):
            raise FileProblem(
                phrase("is the workbook or list that is read."), where=where, next=phrase("Choose another name.")
            )
        if self.is_ours(path):
            return
        if path.suffix.lower() in WORKBOOKS or path.name == SETTINGS_FILE or path.suffix.lower() == ".toml":
            kind = phrase("a workbook") if path.suffix.lower() in WORKBOOKS else phrase("a settings file")
            raise FileProblem(
                phrase("is {kind} already; not overwritten.", kind=kind),
                where=where,
                next=phrase("Choose another name."),
            )
        if not self.overwrite:
            raise FileProblem(
                phrase("already exists and is not a file that IB Trackers wrote; not overwritten."),
                where=where,
                next=phrase("Choose another name, or add --overwrite."),
            )

    def write(self, path: Path, data: bytes) -> None:
        """Write a file for its owner alone, and remember it as ours. Raises FileProblem."""
        self.write_all({path: data})

    def write_all(self, files: Mapping[Path, bytes]) -> None:
        """Write files for their owner alone, all or none, after all have been checked. Raises FileProblem."""
        for path in files:
            self.check(path)
        written: dict[Path, Path] = {}
        try:
            for path, data in files.items():
                written[path] = temporary_name(path)
                private_bytes(written[path], data)
            for path, temporary in written.items():
                temporary.replace(path)
        except OSError as error:
            raise file_problem(error, path, next=phrase("Choose another place.")) from None
        finally:
            for temporary in written.values():
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        self.note(files)

    def is_ours(self, path: Path) -> bool:
        """Whether we wrote this file, and nobody has changed it since."""
        with suppress(OSError):
            return fingerprint(path.read_bytes()) == self._known().get(str(path.resolve()))
        return False

    def note(self, paths: Iterable[Path]) -> None:
        """Remember files as ours."""
        known = self._known()
        for path in paths:
            with suppress(OSError):
                known.pop(str(path.resolve()), None)
                known[str(path.resolve())] = fingerprint(path.read_bytes())
        with suppress(OSError):  # then the next run asks for --overwrite
            file = self.home / STATE_FOLDER / KNOWN
            file.parent.mkdir(mode=0o700, exist_ok=True)
            with private(file, "utf-8") as out:
                out.writelines(f"{mark}\t{name}\n" for name, mark in list(known.items())[-MOST:] if "\n" not in name)

    def _known(self) -> dict[str, str]:
        with suppress(OSError, UnicodeDecodeError):
            lines = (self.home / STATE_FOLDER / KNOWN).read_text(encoding="utf-8").splitlines()
            return {name: mark for mark, tab, name in (line.partition("\t") for line in lines) if tab}
        return {}


def outputs_of(*inputs: str, overwrite: bool = False) -> Outputs:
    """Where a verb with these inputs may write; the first is its workbook."""
    files = [named.path for text in inputs if isinstance(named := targets.parse(text), targets.FileTarget)]
    paths = [Path(one).expanduser() for one in files]
    home = paths[0].resolve().parent if paths and targets.is_file(inputs[0]) else Path.cwd()
    return Outputs(home, tuple(paths), overwrite)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
