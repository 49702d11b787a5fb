"""Build the workbooks in sheets_templates/built from the trackers' TOML.

python scripts/build_templates.py             build them
python scripts/build_templates.py --check     exit with 1 where a built workbook differs
python scripts/build_templates.py --pictures  also render them (needs LibreOffice and pdftoppm)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from addin.sample import DAY, school  # noqa: E402 (found only with the line above)
from addin.settings import Settings, load_lists  # noqa: E402
from addin.templates import build  # noqa: E402
from addin.trackers import TEMPLATES, load_all  # noqa: E402

BUILT = TEMPLATES / "built"
EMPTY, MACROS, SAMPLE = "IB Trackers.xlsx", "IB Trackers.xlsm", "Sample school.xlsx"


def built(folder: Path) -> list[Path]:
    """The workbooks that come with the product, built into a folder."""
    trackers, lists = load_all(), load_lists()
    empty = Settings(lists=lists, today=DAY)
    sample, settings = school(), Settings({"session": "M27"}, lists, DAY, {"name": "Riverside International School"})
    build(folder / EMPTY, trackers, empty)
    build(folder / MACROS, trackers, empty)
    build(folder / SAMPLE, trackers, settings, sample.rows, sample.ids)
    return [folder / name for name in (EMPTY, MACROS, SAMPLE)]


def check() -> int:
    """Say which built workbooks are not what the trackers make of them now."""
    with tempfile.TemporaryDirectory() as folder:
        stale = [p.name for p in built(Path(folder)) if not _same(p, BUILT / p.name)]
    for name in stale:
        print(f"{name} is not up to date: run python scripts/build_templates.py")
    return 1 if stale else 0


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def main(arguments: list[str]) -> int:
    """Do what was asked."""
    if "--check" in arguments:
        return check()
    BUILT.mkdir(exist_ok=True)
    for path in built(BUILT):
        path.chmod(0o644)
        print(f"{path.relative_to(HERE)}  {path.stat().st_size // 1024} kB")
    if "--pictures" in arguments:
        from template_pictures import render

        for picture in render(TEMPLATES / "pictures"):
            print(f"{picture.relative_to(HERE)}  {picture.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
