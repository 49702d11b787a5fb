"""Files that hold personal data: readable by their owner alone, whole or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def private(path: Path, encoding: str) -> Iterator[TextIO]:
    """A text file for its owner alone (0600) that appears whole, or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding=encoding, newline="") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)  # the name that a person knows
        raise
    finally:
        temporary.unlink(missing_ok=True)


def private_bytes(path: Path, data: bytes) -> None:
    """As `private`, for bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with private(path, "latin-1") as file:
        file.buffer.write(data)
