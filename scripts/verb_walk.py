"""Run an installed ib-trackers as a person does, in a folder of its own, and note what is wrong with what comes out."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LONGEST = 900
"""Seconds for one run."""
STARTS = 120
"""Seconds within which a program that goes on running says where it is."""
FAULTS = ("Traceback", "Unexpected error")
CRONTAB = """#!/bin/sh
table="$HOME/crontab.txt"
if [ "$1" = -l ]; then cat "$table" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }; else cat > "$table"; fi
"""
"""Keeps its table in the person's folder: no job of this computer is touched."""


class Walk:
    """One person with a home of their own, and a folder to work in; `problems` says what was wrong."""

    def __init__(self, program: Path, place: Path, pyodide: Path | None = None) -> None:
        self.program, self.folder, self.home, self.pyodide = (
            program,
            place / "a folder of mine",
            place / "home",
            pyodide,
        )
        self.problems: list[str] = []
        self.runs: list[str] = []
        for folder in (self.folder, self.home, self.home / "bin"):
            folder.mkdir()
        crontab = self.home / "bin" / "crontab"
        crontab.write_text(CRONTAB)
        crontab.chmod(0o755)
        (self.folder / "addin").mkdir()  # a person may call a folder so
        signal.signal(
            signal.SIGINT, signal.default_int_handler
        )  # else what is started in the background hears no Ctrl-C

    @property
    def environment(self) -> dict[str, str]:
        """That of this computer, without what belongs to the person who runs the script."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "IB_TRACKERS", "XDG_", "LC_"))}
        own = {"HOME": str(self.home), "USERPROFILE": str(self.home), "APPDATA": str(self.home), "LC_ALL": "C.UTF-8"}
        password = {"IB_TRACKERS_HANDOVER_PASSWORD": "0123 456789 abcdef"}
        return {**kept, **own, **password, "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def run(self, line: str, code: int, says: str = "") -> str:
        """Run a command line; its answer. It has to end with this code, and to say what the pattern asks for."""
        self.runs.append(line)
        try:
            done = subprocess.run(
                [self.program, *shlex.split(line)],
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
                timeout=LONGEST,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            self.check(False, f"not over after {LONGEST} seconds")
            return ""
        text = done.stdout + done.stderr
        self._judge(text, done.returncode, code)
        self.check(bool(re.search(says, text, re.MULTILINE)), f"does not say {says!r}: {_short(text)}")
        return text

    @contextmanager
    def running(self, line: str, ready: str) -> Iterator[re.Match[str] | None]:
        """Start what runs until Ctrl-C, wait until it says that it is ready, and end it afterwards."""
        self.runs.append(line)
        said = self.home / "said.txt"
        with said.open("w") as out:
            process = subprocess.Popen(
                [self.program, *shlex.split(line)],
                cwd=self.folder,
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )
        try:
            found = None
            until = time.monotonic() + STARTS
            while not found and process.poll() is None and time.monotonic() < until:
                time.sleep(0.2)
                found = re.search(ready, said.read_text("utf-8"))
            self.check(found is not None, f"is not ready: {_short(said.read_text('utf-8'))}")
            yield found
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._judge(said.read_text("utf-8"), process.returncode, 0, line)

    def check(self, good: bool, what: str, line: str = "") -> None:
        """Note what is wrong with the last run, or with `line`."""
        if not good:
            self.problems.append(f"{line or self.runs[-1]}: {what}")

    def text(self, name: str, *parts: str) -> str:
        """What a text file holds; these parts have to be in it."""
        path = self.folder / name
        self.check(path.is_file(), f"{name} is not there")
        text = path.read_text("utf-8-sig") if path.is_file() else ""
        for part in parts:
            self.check(part in text, f"{name} does not hold {part!r}")
        return text

    def bytes(self, name: str, begins: bytes = b"", ends: bytes = b"") -> bytes:
        """What a file holds; it has to begin and end so."""
        path = self.folder / name
        data = path.read_bytes() if path.is_file() else b""
        self.check(bool(data), f"{name} is not there, or empty")
        self.check(data.startswith(begins) and data.rstrip().endswith(ends), f"{name} is no such file")
        return data

    def rows(self, name: str, sheet: str, key: str) -> list[dict[str, Any]]:
        """The rows of a workbook's sheet below its headers, the line that has `key`, by another reader than ours."""
        lines = self.sheets(name, sheet).get(sheet, [])
        header = next((n for n, line in enumerate(lines) if key in line), None)
        self.check(header is not None, f"{name} has no {key} on its sheet {sheet}")
        if header is None:
            return []
        found = [dict(zip(lines[header], line, strict=False)) for line in lines[header + 1 :]]
        return [row for row in found if row[key] is not None]

    def sheets(self, name: str, *only: str) -> dict[str, list[tuple[Any, ...]]]:
        """The cells of each sheet of a workbook, or of some; empty where openpyxl cannot open it."""
        import openpyxl

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it knows no print areas that grow
                book = openpyxl.load_workbook(self.folder / name, data_only=True, read_only=True)
            found = {one: list(book[one].iter_rows(values_only=True)) for one in only or book.sheetnames}
            book.close()
        except Exception as error:
            self.check(False, f"{name} cannot be opened: {error!r}")
            return {}
        return found

    def own_python(self, code: str) -> str:
        """Run Python code where the program is installed; what it prints."""
        python = self.program.with_name("python")
        done = subprocess.run(
            [python, "-P", "-c", code],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.check(done.returncode == 0, f"Python: {_short(done.stderr)}")
        return done.stdout.strip()

    def unvisited(self) -> list[str]:
        """The verbs, and their steps, that the program itself lists, and that were not run."""
        asked = list(self.runs)
        everything = []
        for verb in listed(self.run("--help", 0), "verbs"):
            steps = listed(self.run(f"{verb} --help", 0), "steps")
            everything += [f"{verb} {step}" for step in steps] or [verb]
        self.check(len(everything) > len({line.split()[0] for line in everything}) > 20, "lists few verbs")
        return missing(everything, asked)

    def _judge(self, text: str, code: int, wanted: int, line: str = "") -> None:
        if code != wanted or any(fault in text for fault in FAULTS):
            self.check(False, f"ended with {code}, not {wanted}: {_short(text)}", line)


def listed(text: str, title: str) -> list[str]:
    """The names that argparse lists below a title: lines that begin with four blanks."""
    _, _, below = text.partition(f"\n{title}:\n")
    return re.findall(r"^ {4}([a-z][a-z-]*)(?: |$)", below, re.MULTILINE)


def missing(everything: Sequence[str], runs: Sequence[str]) -> list[str]:
    """The verbs and steps of which no run is; asking for help is none."""
    real = [f"{line} " for line in runs if not re.search(r"(^| )(--help|-h)( |$)", line)]
    return [one for one in everything if not any(line.startswith(f"{one} ") for line in real)]


def _short(text: str) -> str:
    return " / ".join(text.strip().splitlines()[-3:])[:300] or "said nothing"
