"""Build the workbooks in sheets_templates/built from the trackers' TOML.

python scripts/build_templates.py             build them
python scripts/build_templates.py --check     exit with 1 where a built workbook differs, is missing or has no source
python scripts/build_templates.py --pictures  also render the README's pictures (needs LibreOffice and pdftoppm)

dp.xlsx, cp.xlsx, myp.xlsx, pyp.xlsx  what `ib-trackers new --programme …` makes: the trackers to start with
dp.xlsm                               the same with buttons
everything.xlsx                       all trackers of all programmes, to look at and to copy sheets from
sample.xlsx                           the made-up school, with its planted mistakes
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from addin.actions.new import choose, with_session  # noqa: E402 (found only with the line above)
from addin.core.settings import Settings  # noqa: E402
from addin.demo.sample import DAY, school_of  # noqa: E402
from addin.templates import build  # noqa: E402
from addin.workspace.settings import load_lists  # noqa: E402
from addin.workspace.tracker_files import TEMPLATES, heads, load_all  # noqa: E402

BUILT = TEMPLATES / "built"
PROGRAMMES = ("dp", "cp", "myp", "pyp")


def built(folder: Path) -> list[Path]:
    """The workbooks that come with the product, built into a folder."""
    known, plain = heads(), Settings(lists=load_lists(), today=DAY)
    for programme in PROGRAMMES:
        settings = with_session(plain, "", programme)
        build(folder / f"{programme}.xlsx", choose(known, programme, []), settings)
    dp = choose(known, "dp", [])
    build(folder / "dp.xlsm", dp, with_session(plain, "", "dp"))
    build(folder / "everything.xlsx", load_all(), with_session(plain, "", "dp"))
    named = Settings({"session": "M27"}, plain.lists, DAY, {"name": "Riverside International School"})
    sample = school_of(named, dp)
    build(folder / "sample.xlsx", dp, named, sample.rows, sample.ids)
    return sorted(folder.glob("*.xls?"))


def stale(folder: Path = BUILT) -> list[str]:
    """The names of built workbooks that are not what the trackers make of them now."""
    with tempfile.TemporaryDirectory() as temporary:
        new = {path.name: path.read_bytes() for path in built(Path(temporary))}
    old = {path.name: path.read_bytes() for path in folder.glob("*.xls?")}
    return sorted(name for name in new.keys() | old.keys() if new.get(name) != old.get(name))


def main(arguments: list[str]) -> int:
    """Do what was asked."""
    if "--check" in arguments:
        names = stale()
        for name in names:
            print(f"{name} is not up to date: run python scripts/build_templates.py")
        return 1 if names else 0
    BUILT.mkdir(exist_ok=True)
    for path in BUILT.glob("*.xls?"):
        path.unlink()
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
