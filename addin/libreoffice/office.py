"""The LibreOffice process: start one that listens on a pipe, connect to one, end one.

soffice is a starter that forks the real program, so what can be ended reliably is its process group. A pipe belongs
to the user who made it: no port is opened.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.errors import ServiceProblem
from addin.libreoffice.bridge import address_of, load_uno

DEFAULT_PIPE = "ib-trackers"
ENDS_WITHIN = 5.0  # seconds a soffice gets to end by itself


@dataclass
class Office:
    """A headless soffice of our own, with its own profile folder."""

    pipe: str
    profile: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the whole process group and take the profile away. Calling it twice does no harm."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(ENDS_WITHIN)
        shutil.rmtree(self.profile, ignore_errors=True)


def accept_option(pipe: str) -> str:
    """What soffice must be started with, so that a program of the same user can reach it."""
    return f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"


def with_its_python(env: Mapping[str, str]) -> dict[str, str]:
    """The environment in which soffice finds the Python that it was built with: it takes the first python3 on the path
    for its own, and another one (of pyenv, of a virtual environment) knows no UNO."""
    return {**env, "PATH": os.pathsep.join([os.defpath, env["PATH"]])} if env.get("PATH") else dict(env)


def launch(pipe: str = "", env: Mapping[str, str] | None = None) -> Office:
    """Start a headless soffice that listens on this pipe (or on one nobody else has)."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ServiceProblem("LibreOffice is not installed here.", next="Install libreoffice-calc and python3-uno.")
    name = pipe or f"ib-{uuid.uuid4().hex[:12]}"
    profile = Path(tempfile.mkdtemp(prefix="ib-office-"))
    process = subprocess.Popen(
        [
            program,
            f"-env:UserInstallation={address_of(profile)}",
            "--headless",
            "--invisible",
            "--norestore",
            "--nologo",
            "--nodefault",
            accept_option(name),
        ],
        env=with_its_python(os.environ if env is None else env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return Office(name, profile, process)


def connect(pipe: str, seconds: float = 60.0) -> Any:
    """The component context of the soffice that listens on this pipe; waits up to so many seconds for it."""
    uno = load_uno()
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    not_yet = (
        uno.getClass("com.sun.star.connection.NoConnectException"),
        uno.getClass("com.sun.star.lang.DisposedException"),  # it began to answer and let go: still starting, or ending
    )
    end = time.monotonic() + seconds
    while time.monotonic() <= end:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except not_yet:
            time.sleep(0.05)
    # Raised outside the handler: a UNO exception in its chain breaks every context manager that it passes through.
    raise ServiceProblem("LibreOffice cannot be reached.", next=f'Start it as: soffice "{accept_option(pipe)}"')
