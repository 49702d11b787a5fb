"""The answer of a button: a small file that the macro shows and deletes. First line the exit code, then the message.

VBA reads files in the system's own code page. On Windows that is known; elsewhere only ASCII is safe, so accents are
taken off there (the cells keep them: only the message box is plain).
"""

import contextlib
import os
import time
import unicodedata
from pathlib import Path

PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "·": "-", "…": "..."})
LONGEST = 900  # a message box of VBA shows about 1,024 characters
FORGOTTEN_AFTER = 24 * 3600.0


def write_answer(path: Path, code: int, message: str, platform: str) -> None:
    """Write the answer in one step, so that a macro never reads half of it; readable by this person only."""
    text = shortened(message.strip() or "Done.")
    data = encoded(f"{code}\n{text}\n".replace("\n", "\r\n"), platform)
    half_done = path.with_name(path.name + ".part")
    with open(half_done, "wb", opener=_private) as file:
        file.write(data)
    half_done.replace(path)


def shortened(text: str) -> str:
    """What fits into a message box, cut at a line where possible."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    return (kept[: kept.rfind("\n")] if "\n" in kept else kept) + "\n..."


def encoded(text: str, platform: str) -> bytes:
    """The bytes that VBA on this platform reads as this text."""
    if platform == "windows":
        return text.encode("mbcs" if os.name == "nt" else "cp1252", errors="replace")
    return unicodedata.normalize("NFKD", text.translate(PLAIN)).encode("ascii", errors="ignore")


def forget_old_answers(folder: Path) -> None:
    """Delete answers that no macro ever read, such as after a crash of Excel: they may name people."""
    for left_over in folder.glob("answer-*.txt*"):
        with contextlib.suppress(OSError):
            if time.time() - left_over.stat().st_mtime > FORGOTTEN_AFTER:
                left_over.unlink()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
