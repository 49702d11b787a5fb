"""A Python environment of our own beside the sources: made once, used offline afterwards. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def python(extras: str) -> Path:
    """The environment's interpreter, with the package and these extras (`google,pandas`) installed.

    Exits with one sentence where that cannot be.
    """
    if sys.version_info < OLDEST:
        sys.exit(f"IB Trackers needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    interpreter = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installed = VENV / f"installed-{extras.replace(',', '-') or 'plain'}"
    wanted = fingerprint()
    if interpreter.exists() and installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return interpreter
    if not interpreter.exists() or not works(interpreter, "-m", "pip", "--version"):
        make()
    print("Installing (once; it needs the network) ...", flush=True)
    command = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt")]
    done = subprocess.run([interpreter, *command, "-e", f"{ROOT}[{extras}]" if extras else str(ROOT)], check=False)
    if done.returncode:
        sys.exit("The packages could not be installed. Is there a network? Run this command again when there is.")
    installed.write_text(wanted, encoding="utf-8")
    return interpreter


def make() -> None:
    """A fresh environment in .venv."""
    print(f"Making a Python environment in {VENV} ...", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode and "ensurepip" in done.stdout + done.stderr and apt("python3-venv"):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(
            f"Python could not make an environment: {(done.stderr or done.stdout).strip().splitlines()[-1]}\n"
            "On Debian or Ubuntu: sudo apt-get install python3-venv. Then run this command again."
        )


def apt(*packages: str) -> bool:
    """Install Debian packages where that is ours to do: as root, with apt-get. True when they are there now."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def works(*command: object) -> bool:
    """True when a command can be run and ends well."""
    try:
        return subprocess.run([str(c) for c in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def fingerprint() -> str:
    """Changes when what must be installed changes."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()
