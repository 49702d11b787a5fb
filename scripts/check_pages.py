"""python scripts/check_pages.py [--axe FILE]: every kind of page in headless Chromium, at 1280, 390 and on paper.

axe-core (from npm, installed into a temporary folder; nothing of it is committed) looks for what keys, screen readers
and weak eyes stumble over; console errors, requests that leave the page and text wider than the page are counted, too.
Ends with 1 where anything serious is found.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WIDTHS = {"1280": 1280, "390": 390, "print": 794}
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
SCRIPT = """
window.addEventListener("load", () => axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const said = found.violations.map(one => [one.impact, one.id, one.nodes.length, one.nodes[0].html.slice(0, 120)]);
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const asked = performance.getEntriesByType("resource").map(one => one.name);
  const out = document.createElement("pre");
  out.id = "found"; out.textContent = JSON.stringify({said, wide, asked, width: window.innerWidth});
  document.body.append(out);
}));
"""


def pages(folder: Path) -> list[Path]:
    """The sample school's pages of every kind: one or two of each pack."""
    from addin.cli.main import main

    book = folder / "School.xlsx"
    main(["new", str(book), "--sample", "--session", "M27", "--trackers", "all", "--quiet"])
    out = folder / "out"
    out.mkdir()
    main(["report", str(book), "--out", str(out / "school.html"), "--quiet"])
    main(["privacy", "held", str(book), "000431", "--out", str(out / "held.html")])
    for pack in ("candidates", "charts", "subjects", "colleagues", "registration", "requests", "travel", "shopping"):
        main(["report", str(book), "--pack", pack, "--out", str(out / pack), "--quiet"])
    found = sorted(out.glob("*.html"))
    for place in sorted(path for path in out.iterdir() if path.is_dir()):
        found += [place / "index.html", *sorted(set(place.glob("*.html")) - {place / "index.html"})[:1]]
    return found


def look(page: Path, kind: str, axe: str, folder: Path) -> list[str]:
    """What is wrong with a page at a width, one line each."""
    text = page.read_text("utf-8")
    if kind == "print":
        text = text.replace("@media print", "@media all").replace("@media screen", "@media not all")
    given = POLICY.sub("", text).replace("</body>", f"<script>{axe}</script><script>{SCRIPT}</script></body>")
    copy = folder / "page.html"
    copy.write_text(given, "utf-8")
    frame = folder / "frame.html"
    frame.write_text(
        f'<!doctype html><html lang="en"><title>f</title><body style="margin:0"><iframe title="page" src="page.html" '
        f'style="border:0;width:{WIDTHS[kind]}px;height:2000px"></iframe><script>'
        "const look = () => { const pre = frames[0].document.getElementById('found');"
        " if (pre) document.body.append(pre.cloneNode(true)); else setTimeout(look, 50); }; look();</script></body>",
        "utf-8",
    )
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         "--enable-logging=stderr", f"--user-data-dir={folder / 'profile'}", "--disable-background-networking",
         "--window-size=1400,2100", "--virtual-time-budget=20000", "--dump-dom", frame.as_uri()],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    match = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.S)
    if not match:
        return [f"{page.name} at {kind}: the browser gave no answer"]
    found = json.loads(html.unescape(match[1]))
    said = [f"{impact} {rule} x{number}: {where}" for impact, rule, number, where in found["said"]]
    said += [f"wider than the page by {found['wide']} pixels"] if found["wide"] > 0 else []
    said += [f"asked for {one}" for one in found["asked"]]
    said += [f"not shown at {WIDTHS[kind]}"] if found["width"] != WIDTHS[kind] else []
    said += [line for line in done.stderr.splitlines() if "CONSOLE" in line and "error" in line.casefold()]
    return [f"{page.parent.name}/{page.name} at {kind}: {line}" for line in said]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--axe", type=Path, help="axe.min.js, where it is installed already")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.axe is None:
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "axe-core"], cwd=folder, check=True)
        axe = (given.axe or folder / "node_modules/axe-core/axe.min.js").read_text("utf-8")
        every = pages(folder)
        found = [line for page in every for kind in WIDTHS for line in look(page, kind, axe, folder)]
    serious = [line for line in found if not re.search(r": (?:minor|moderate) ", line)]
    print("\n".join(dict.fromkeys(found)))
    others = len(found) - len(serious)
    print(f"{len(every)} pages at {', '.join(WIDTHS)}: {len(serious)} serious findings, {others} others.")
    sys.exit(1 if serious else 0)


if __name__ == "__main__":
    main()
